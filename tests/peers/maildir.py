"""What stands on either side of a program that synchronises: a mailbox of the server, a Maildir."""

from pathlib import Path

from tests.doors.imap.conversation import Client


def contents(client: Client, mailbox: bytes) -> set[tuple[bytes, bytes]]:
    """(Subject, flags) of each message."""
    client.ok(b"SELECT " + mailbox)
    told = client.ok(b"FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])").find(b"FETCH")
    return {
        (each.split(b"Subject: ")[1].split(b"\r\n")[0], each.split(b"FLAGS (")[1].split(b")")[0]) for each in told
    }


def local(folder: Path) -> dict[bytes, str]:
    """Subject → Maildir flags."""
    found = {}
    for path in (*folder.glob("cur/*"), *folder.glob("new/*")):
        subject = path.read_bytes().split(b"Subject: ")[1].split(b"\n")[0].strip()
        found[subject] = path.name.partition(":2,")[2]
    return found
