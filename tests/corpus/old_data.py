"""A small data directory as a released version left it, packed: `python -m tests.corpus.old_data v1.0.0` makes one.

Make it when a version is tagged, from its code, and commit the archive: `test_old_data` opens each with today's code.
"""

import hashlib
import json
import sys
import tarfile
import tempfile
from datetime import timedelta
from pathlib import Path

ARCHIVES = Path(__file__).parent / "old_data"
TOLD_NAME = "told.json"
SUFFIX = ".tar.xz"


def make(data: Path) -> None:
    """Fills a new data directory, and tells what is in it."""
    from corneille.run.ground import migrate, open_ground

    ground = open_ground(data)
    migrate()
    told = _fill()
    ground.close()
    (data / TOLD_NAME).write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")


def _fill() -> dict[str, object]:
    from corneille.kernel.ids import Uid
    from corneille.mail.append import append
    from corneille.mail.flag import FlagChange, flag
    from corneille.mail.mailbox import create_mailbox, find_mailbox
    from corneille.mail.move import copy, expunge
    from corneille.mail.values import NewMessage
    from tests.corpus.wellformed import WELLFORMED
    from tests.transport.school import NOW, found_school

    school = found_school()
    mail = school.marie.mail
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    classe = create_mailbox(mail, "Classe/élèves").result(10)
    for number, content in enumerate(WELLFORMED.values()):
        append(mail, inbox.id, [NewMessage(content, NOW + timedelta(minutes=number))]).result(10)
    flag(mail, inbox.id, [Uid(1), Uid(2)], FlagChange.ADD, frozenset({"\\Seen", "Devoir"})).result(10)
    copy(mail, inbox.id, [Uid(2), Uid(3)], classe.id).result(10)
    flag(mail, inbox.id, [Uid(4)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(mail, inbox.id).result(10)
    identifiers = [each.person.identifier for each in (school.marie, school.paul, school.tiny)]
    return {"identifiers": identifiers, "mail": describe(identifiers[0])}


def describe(identifier: str) -> dict[str, object]:
    """What somebody's mail holds: per mailbox its UIDVALIDITY and next UID, per message UID, flags and digest."""
    from corneille.kernel.ids import Uid
    from corneille.mail.fetch import fetch, read_content
    from corneille.mail.mailbox import list_mailboxes
    from corneille.mail.open_mail_account import open_mail_account
    from corneille.people.find import find_account

    person = find_account(identifier)
    assert person is not None
    mail = open_mail_account(person.id)
    told: dict[str, object] = {}
    for mailbox in list_mailboxes(mail):
        rows = [row for rows in fetch(mail, mailbox.id, [(Uid(1), Uid(2**32 - 1))]) for row in rows]
        told[mailbox.name] = {
            "uid_validity": mailbox.uid_validity,
            "uid_next": mailbox.uid_next,
            "messages": [
                [row.uid, row.flags, hashlib.sha256(read_content(mail, row.id)).hexdigest()] for row in rows
            ],
        }
    return told


def pack(data: Path, archive: Path) -> None:
    """Everything but sockets."""
    archive.parent.mkdir(exist_ok=True)
    with tarfile.open(archive, "w:xz", preset=9) as packed:
        for path in sorted(path for path in data.rglob("*") if path.is_file() or path.is_dir()):
            packed.add(path, str(path.relative_to(data)), recursive=False)


def unpack(archive: Path, data: Path) -> None:
    """The data directory as it was."""
    with tarfile.open(archive) as packed:
        packed.extractall(data, filter="data")


def main() -> None:
    """Makes the archive of the version that is named."""
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "var")
        archive = ARCHIVES / (sys.argv[1] + SUFFIX)
        pack(Path(folder) / "var", archive)
    sys.stdout.write(f"{archive} ({archive.stat().st_size} octets)\n")


if __name__ == "__main__":
    main()
