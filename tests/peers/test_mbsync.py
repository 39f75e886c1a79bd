"""mbsync (isync) both ways: after two runs nothing differs. It shows its person what the server says."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corneille.access.app_password import create_app_password
from corneille.kernel.ids import MailboxId, Uid
from corneille.mail.fetch import list_flags
from corneille.mail.mailbox import find_mailbox
from corneille.mail.values import MailAccount
from corneille.run.ground import Ground
from tests.doors.imap.conversation import Door, message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.maildir import contents, local
from tests.peers.program import run
from tests.positions import UAI, deliver_to, found_positions
from tests.transport.school import NOW

pytestmark = pytest.mark.slow


def configure(folder: Path, door: Door, authority: Path) -> Path:
    (folder / "mail").mkdir()
    configuration = folder / "mbsyncrc"
    configuration.write_text(f"""
IMAPAccount corneille
Host localhost
Port {door.tls_port}
User {door.identifier}
Pass {door.secret}
SSLType IMAPS
CertificateFile {authority}

IMAPStore far
Account corneille

MaildirStore near
Path {folder}/mail/
Inbox {folder}/mail/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns *
Create Both
Expunge Both
Remove None
SyncState *
CopyArrivalDate yes
""")
    return configuration


def test_mbsync_agrees_after_two_runs(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        client.append(message("premier"), flags=b"(\\Seen)")
        client.append(message("second"))
        client.ok(b'CREATE "&AMk-l&AOg-ves/3e A"')
        client.append(message("troisieme"), b'"&AMk-l&AOg-ves/3e A"')
        configuration = configure(tmp_path, door, ground.data / "tls" / "ca.pem")
        command = ["mbsync", "-c", str(configuration), "all"]

        first = run(command, folder=tmp_path)
        assert first.returncode == 0, first.stderr.decode()
        assert local(tmp_path / "mail/INBOX") == {b"premier": "S", b"second": ""}
        nested = [path for path in (tmp_path / "mail").rglob("cur/*") if b"troisieme" in path.read_bytes()]
        nested += [path for path in (tmp_path / "mail").rglob("new/*") if b"troisieme" in path.read_bytes()]
        assert len(nested) == 1

        # Each side changes: a flag and a message far, a flag, a removal and a message near.
        client.ok(b"SELECT INBOX")
        client.ok(b"STORE 2 +FLAGS (\\Flagged)")
        client.append(message("quatrieme"))
        near = next((tmp_path / "mail/INBOX/cur").glob("*"))
        near.rename(near.with_name(near.name.partition(":2,")[0] + ":2,ST"))
        (tmp_path / "mail/INBOX/new/1700000000.1_1.local").write_bytes(message("cinquieme").replace(b"\r\n", b"\n"))
        second = run(command, folder=tmp_path)
        assert second.returncode == 0, second.stderr.decode()

        far_now = dict(contents(client, b"INBOX"))
        assert far_now == {b"second": b"\\Flagged", b"quatrieme": b"", b"cinquieme": b""}
        assert local(tmp_path / "mail/INBOX") == {b"second": "F", b"quatrieme": "", b"cinquieme": ""}

        before = sorted(str(path) for path in (tmp_path / "mail").rglob("*") if path.is_file())
        third = run(command, folder=tmp_path)
        assert third.returncode == 0, third.stderr.decode()
        assert sorted(str(path) for path in (tmp_path / "mail").rglob("*") if path.is_file()) == before
        assert dict(contents(client, b"INBOX")) == far_now


def test_mbsync_sees_the_mail_of_a_position_and_each_reader_syncs_their_own_seen(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _):
        school = found_positions("ac-ecole.test")
        opened = school.open(school.head, school.direction)
        deliver_to(opened, "effectifs")
        _, secret = create_app_password(school.head.account, "mbsync", frozenset({"imap"}), NOW)
        door = replace(door, identifier=school.head.person.identifier, secret=secret)
        command = ["mbsync", "-c", str(configure(tmp_path, door, ground.data / "tls" / "ca.pem")), "all"]
        first = run(command, folder=tmp_path)
        assert first.returncode == 0, first.stderr.decode()
        folder = next(
            path.parent.parent for path in (tmp_path / "mail").rglob("new/*") if b"effectifs" in path.read_bytes()
        )
        assert f"direction {UAI}" in str(folder)

        # Read, answered and filed near; the reading is the head's alone, the rest is everybody's.
        near = next(folder.glob("new/*"))
        near.rename(folder / "cur" / f"{near.name.partition(':2,')[0]}:2,RS")
        (folder / "new/1700000000.2_1.local").write_bytes(message("compte rendu").replace(b"\r\n", b"\n"))
        second = run(command, folder=tmp_path)
        assert second.returncode == 0, second.stderr.decode()
        inbox = find_mailbox(opened.mail, "INBOX")
        assert inbox is not None
        other = school.open(school.secretary, school.direction).mail
        assert flags(opened.mail, inbox.id) == ["\\Answered \\Seen", ""]
        assert flags(other, inbox.id) == ["\\Answered", ""]


def flags(account: MailAccount, mailbox: MailboxId) -> list[str]:
    return [told for rows in list_flags(account, mailbox, [(Uid(1), Uid(2**32 - 1))]) for _, _, told in rows]


def test_mbsync_shows_why_it_was_refused_and_where_that_is_explained(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _):
        configuration = configure(tmp_path, replace(door, secret="wrong"), ground.data / "tls" / "ca.pem")
        done = run(["mbsync", "-c", str(configuration), "all"], folder=tmp_path)
    told = done.stderr.decode()
    assert done.returncode != 0, told
    assert re.search(r"(AUTH-\w{4}-\w{4}) https://localhost/depannage/\1", told), told
