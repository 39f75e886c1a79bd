"""curl reads, lists, searches and files over IMAP."""

import re
from pathlib import Path

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import Door, message, signed_in
from tests.doors.imap.serving import make_door
from tests.peers.program import run

pytestmark = pytest.mark.slow


def test_curl_is_told_why_it_was_refused_and_where_that_is_explained(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _):
        command = [
            "curl", "--verbose", "--cacert", str(ground.data / "tls" / "ca.pem"), "--login-options", "AUTH=PLAIN",
            "--user", f"{door.identifier}:wrong", f"imaps://localhost:{door.tls_port}/",
        ]  # fmt: skip
        done = run(command, folder=tmp_path)
    told = done.stderr.decode()
    assert done.returncode == 67, told
    address = r"https://localhost/depannage/(AUTH-\w{4}-\w{4})"
    found = re.search(r"NO \[AUTHENTICATIONFAILED\] .* (AUTH-\w{4}-\w{4}) " + address, told)
    assert found is not None, told
    assert found[1] == found[2]


def test_curl_is_told_that_the_mailbox_is_full_and_where_that_is_explained(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data, quota_bytes=1000) as (door, _, _):
        (tmp_path / "message.eml").write_bytes(message("trop grand", "x" * 2000))
        command = [
            "curl", "--verbose", "--cacert", str(ground.data / "tls" / "ca.pem"),
            "--user", f"{door.identifier}:{door.secret}",
            f"imaps://localhost:{door.tls_port}/INBOX", "--upload-file", "message.eml",
        ]  # fmt: skip
        done = run(command, folder=tmp_path)
    told = done.stderr.decode()
    assert done.returncode != 0, told
    assert re.search(r"NO \[OVERQUOTA\] .* https://localhost/depannage/cause/quota", told), told


def curl(door: Door, folder: Path, authority: Path, path: str, *options: str, starttls: bool = False) -> bytes:
    scheme, port = ("imap", door.starttls_port) if starttls else ("imaps", door.tls_port)
    command = [
        "curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", str(authority),
        "--user", f"{door.identifier}:{door.secret}", f"{scheme}://localhost:{port}/{path}", *options,
    ]
    done = run(command, folder=folder)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def test_curl_files_and_reads_a_message_by_tls_and_by_starttls(ground: Ground, tmp_path: Path) -> None:
    with make_door(ground.data) as (door, _, _), signed_in(door) as client:
        authority = ground.data / "tls" / "ca.pem"
        content = message("par curl", "x" * 20_000 + "\r\n")
        (tmp_path / "message.eml").write_bytes(content)
        curl(door, tmp_path, authority, "INBOX", "--upload-file", "message.eml")
        assert curl(door, tmp_path, authority, "INBOX;MAILINDEX=1") == content
        assert curl(door, tmp_path, authority, "INBOX;UID=1", starttls=True) == content
        assert b'"/" INBOX' in curl(door, tmp_path, authority, "")
        assert curl(door, tmp_path, authority, "INBOX?SUBJECT%20curl").strip() == b"* SEARCH 1"
        assert b"1 EXISTS" in b"\n".join(client.ok(b"SELECT INBOX").untagged)
