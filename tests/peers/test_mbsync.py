"""mbsync (isync) both ways: after two runs nothing differs."""

from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import Door, message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.maildir import contents, local
from tests.peers.program import run

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
