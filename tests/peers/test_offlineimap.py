"""offlineimap synchronises both ways; afterwards it has nothing left to do."""

from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import Door, message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.maildir import contents, local
from tests.peers.program import run

pytestmark = pytest.mark.slow


def configure(door: Door, folder: Path, authority: Path) -> list[str]:
    (folder / "offlineimaprc").write_text(f"""
[general]
accounts = Marie
metadata = {folder}/metadata
[Account Marie]
localrepository = near
remoterepository = far
utf8foldernames = yes
[Repository near]
type = Maildir
localfolders = {folder}/mail
[Repository far]
type = IMAP
remotehost = localhost
remoteport = {door.tls_port}
ssl = yes
sslcacertfile = {authority}
remoteuser = {door.identifier}
remotepass = {door.secret}
""")
    return ["offlineimap", "-c", str(folder / "offlineimaprc"), "-o", "-u", "basic"]


def sync(command: list[str], folder: Path) -> str:
    done = run(command, folder=folder)
    told = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, told
    return told


def test_offlineimap_agrees_after_two_runs(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        client.append(message("premier"), flags=b"(\\Seen)")
        client.append(message("second"))
        client.ok(b'CREATE "&AMk-l&AOg-ves/3e A"')
        client.append(message("troisieme"), b'"&AMk-l&AOg-ves/3e A"')
        command = configure(door, tmp_path, ground.data / "tls" / "ca.pem")
        mail = tmp_path / "mail"

        sync(command, tmp_path)
        assert local(mail / "INBOX") == {b"premier": "S", b"second": ""}
        assert local(mail / "Élèves.3e A") == {b"troisieme": ""}

        # Each side changes: a flag and a message far, a removal and a message near.
        client.ok(b"SELECT INBOX")
        client.ok(b"STORE 2 +FLAGS (\\Flagged)")
        client.append(message("quatrieme"))
        next(path for path in (mail / "INBOX").rglob("*:2,S")).unlink()
        (mail / "INBOX/new/1700000000.1_1.local").write_bytes(message("cinquieme").replace(b"\r\n", b"\n"))
        sync(command, tmp_path)
        far_now = contents(client, b"INBOX")
        assert far_now == {(b"second", b"\\Flagged"), (b"quatrieme", b""), (b"cinquieme", b"")}
        assert local(mail / "INBOX") == {b"second": "F", b"quatrieme": "", b"cinquieme": ""}

        before = sorted(str(path) for path in mail.rglob("*") if path.is_file())
        assert "Copy message" not in sync(command, tmp_path)
        assert sorted(str(path) for path in mail.rglob("*") if path.is_file()) == before
        assert contents(client, b"INBOX") == far_now
