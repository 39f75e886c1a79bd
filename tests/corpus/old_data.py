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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corneille.kernel.ids import AccountId
    from corneille.mail.values import MailAccount
    from tests.transport.school import Member

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
    from tests.positions import deliver_to, found_positions
    from tests.transport.school import found_school

    school = found_school()
    positions = found_positions("ac-ecole.test")
    _fill_mail(school.marie)
    for number in range(3):
        deliver_to(positions.open(positions.head, positions.direction), f"Carte scolaire {number}")
    _send_outside(school.marie)
    _fill_agenda(positions.teacher)
    members = (school.marie, school.paul, school.tiny, positions.head, positions.secretary, positions.teacher)
    identifiers = [each.person.identifier for each in members]
    told: dict[str, object] = {"identifiers": identifiers, "mail": describe(identifiers[0])}
    told |= {"position": [positions.head.person.identifier, positions.direction]}
    told |= {"position_mail": describe_position(*told["position"])}  # type: ignore[misc]
    told |= {"queue": describe_queue()}
    return told | {"agenda_of": identifiers[-1], "agenda": describe_agenda(identifiers[-1])}


def _fill_mail(member: "Member") -> None:
    from corneille.kernel.ids import Uid
    from corneille.mail.append import append
    from corneille.mail.flag import FlagChange, flag
    from corneille.mail.mailbox import create_mailbox, find_mailbox
    from corneille.mail.move import copy, expunge
    from corneille.mail.values import NewMessage
    from tests.corpus.wellformed import WELLFORMED
    from tests.transport.school import NOW

    mail = member.mail
    inbox = find_mailbox(mail, "INBOX")
    assert inbox is not None
    classe = create_mailbox(mail, "Classe/élèves").result(10)
    for number, content in enumerate(WELLFORMED.values()):
        append(mail, inbox.id, [NewMessage(content, NOW + timedelta(minutes=number))]).result(10)
    flag(mail, inbox.id, [Uid(1), Uid(2)], FlagChange.ADD, frozenset({"\\Seen", "Devoir"})).result(10)
    copy(mail, inbox.id, [Uid(2), Uid(3)], classe.id).result(10)
    flag(mail, inbox.id, [Uid(4)], FlagChange.ADD, frozenset({"\\Deleted"})).result(10)
    expunge(mail, inbox.id).result(10)


def _send_outside(member: "Member") -> None:
    """Nobody drains the queue: they wait."""
    from corneille.transport.submit import submit
    from corneille.transport.values import Envelope
    from tests.transport.school import NOW, letter

    for number in range(2):
        envelope = Envelope(member.address, (f"ami{number}@example.net", "autre@example.org"))
        submit(member.account, envelope, letter(f"Dehors {number}"), NOW).result(10)


def _fill_agenda(member: "Member") -> None:
    from corneille.calendar.level import Level
    from corneille.calendar.make_calendar import begin_agenda
    from corneille.calendar.open_calendar import open_named
    from corneille.calendar.put_object import put_object
    from tests.transport.school import NOW

    begin_agenda(member.account, NOW)
    for name, start in (("conseil", "20261103T080000"), ("réunion", "20261104T140000")):
        lines = (
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//FR", "BEGIN:VEVENT", f"UID:{name}",
            "DTSTAMP:20261101T000000Z", f"DTSTART;TZID=Europe/Paris:{start}", "DURATION:PT1H", f"SUMMARY:{name}",
            "END:VEVENT", "END:VCALENDAR", "",
        )  # fmt: skip
        agenda = open_named(member.account, "agenda", Level.MANAGE, NOW)
        put_object(agenda, f"{name}.ics", "\r\n".join(lines).encode(), NOW)


def describe(identifier: str) -> dict[str, object]:
    """What somebody's mail holds: per mailbox its UIDVALIDITY and next UID, per message UID, flags and digest."""
    from corneille.mail.open_mail_account import open_mail_account

    return _describe_mail(open_mail_account(_find(identifier)))


def describe_position(reader: str, position: int) -> dict[str, object]:
    """The same of a position, as one of its readers sees it."""
    from corneille.kernel.ids import AccountId
    from corneille.mail.open_position import open_position
    from tests.transport.school import NOW

    return _describe_mail(open_position(_find(reader), AccountId(position), NOW).mail)


def describe_queue() -> list[list[str]]:
    """What waits for whom."""
    from corneille.transport.queue import list_queue

    return sorted([each.reference, each.recipient] for each in list_queue())


def describe_agenda(identifier: str) -> dict[str, str]:
    """The objects of somebody's agenda, by name, and their digests."""
    from corneille.calendar.level import Level
    from corneille.calendar.list_objects import list_objects
    from corneille.calendar.open_calendar import open_named
    from tests.transport.school import NOW

    agenda = open_named(_find(identifier), "agenda", Level.MANAGE, NOW)
    return {each.name: hashlib.sha256(each.content).hexdigest() for each in list_objects(agenda)}


def _find(identifier: str) -> "AccountId":
    from corneille.people.find import find_account

    person = find_account(identifier)
    assert person is not None
    return person.id


def _describe_mail(mail: "MailAccount") -> dict[str, object]:
    from corneille.kernel.ids import Uid
    from corneille.mail.fetch import fetch, read_content
    from corneille.mail.mailbox import list_mailboxes

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
