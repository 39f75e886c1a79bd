"""fetchmail takes what is unseen, by TLS and by STARTTLS, and what it takes is marked or removed."""

from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import Door, message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.program import run

pytestmark = pytest.mark.slow

def fetch(door: Door, folder: Path, authority: Path, port: int, options: str) -> bytes:
    """Runs it once; gives what it took."""
    taken = folder / "taken"
    taken.write_bytes(b"")
    (folder / "fetchmailrc").write_text(
        f'poll localhost protocol imap port {port} user "{door.identifier}" password "{door.secret}" {options}'
        f' sslcertck sslcertfile "{authority}" mda "/bin/cat >> {taken}"\n'
    )
    (folder / "fetchmailrc").chmod(0o600)
    done = run(["fetchmail", "-f", str(folder / "fetchmailrc"), "--nosyslog", "-v"], folder=folder)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return taken.read_bytes()


def test_fetchmail_takes_what_is_unseen_then_what_it_is_told_to_remove(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        authority = ground.data / "tls" / "ca.pem"
        client.append(message("deja lu"), flags=b"(\\Seen)")
        client.append(message("par fetchmail"))
        taken = fetch(door, tmp_path, authority, door.tls_port, "ssl keep")
        assert b"Subject: par fetchmail" in taken
        assert b"deja lu" not in taken
        client.ok(b"SELECT INBOX")
        assert client.ok(b"SEARCH UNSEEN").untagged == [b"* SEARCH"]
        client.append(message("par starttls"))
        taken = fetch(door, tmp_path, authority, door.starttls_port, 'sslproto "TLS1.2+" fetchall nokeep')
        assert [taken.count(subject) for subject in (b"deja lu", b"par fetchmail", b"par starttls")] == [1, 1, 1]
        assert b"* 3 EXPUNGE" in client.ok(b"NOOP").untagged or client.ok(b"STATUS INBOX (MESSAGES)").find(b"MESSAGES 0")
