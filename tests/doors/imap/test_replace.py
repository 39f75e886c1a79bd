"""REPLACE (RFC 8508)."""

import pytest

from corneille.run.ground import Ground
from tests.doors.imap.conversation import Client, message
from tests.doors.imap.serving import make_door


@pytest.fixture
def mailbox(client: Client) -> Client:
    client.append(message("a"))
    client.append(message("b"))
    client.ok(b"SELECT INBOX")
    return client


def test_the_new_message_is_there_and_the_old_one_is_not(mailbox: Client) -> None:
    reply = mailbox.ok(b"REPLACE 1 INBOX (\\Draft) {}", message("c"))
    assert reply.untagged[0].startswith(b"* OK [APPENDUID ")
    assert reply.untagged[1:] == [b"* 1 EXPUNGE", b"* 2 EXISTS"]
    assert mailbox.ok(b"FETCH 1:2 (UID FLAGS)").untagged == [
        b"* 1 FETCH (UID 2 FLAGS ())", b"* 2 FETCH (UID 3 FLAGS (\\Draft))"
    ]


def test_by_uid_and_into_another_mailbox(mailbox: Client) -> None:
    assert mailbox.ok(b"UID REPLACE 2 Drafts {}", message("c")).untagged[1:] == [b"* 2 EXPUNGE"]
    assert b"MESSAGES 1" in mailbox.ok(b"STATUS Drafts (MESSAGES)").one(b"STATUS")


def test_what_is_not_there_is_not_replaced(mailbox: Client, other: Client) -> None:
    assert mailbox.command(b"UID REPLACE 9 INBOX {}", message("c")).text.startswith("[NONEXISTENT]")
    assert mailbox.command(b"REPLACE 9 INBOX {}", message("c")).status == "BAD"
    assert mailbox.command(b"REPLACE 1 Nowhere {}", message("c")).text.startswith("[TRYCREATE]")
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1 +FLAGS.SILENT (\\Deleted)")
    other.ok(b"EXPUNGE")
    assert mailbox.command(b"REPLACE 1 INBOX {}", message("c")).text.startswith("[NONEXISTENT]")
    assert b"MESSAGES 1" in mailbox.ok(b"STATUS INBOX (MESSAGES)").one(b"STATUS")


@pytest.mark.parametrize("numbers", [b"1:2", b"1,2", b"$"])
def test_one_message_is_replaced(mailbox: Client, numbers: bytes) -> None:
    mailbox.send(b"a REPLACE " + numbers + b" INBOX {1+}\r\nx\r\n")
    assert mailbox.read_end(b"a").status == "BAD"


def test_after_examine_nothing_is(mailbox: Client) -> None:
    mailbox.ok(b"EXAMINE INBOX")
    assert mailbox.command(b"REPLACE 1 INBOX {}", message("c")).text.startswith("[READ-ONLY]")


def test_a_message_of_many_octets_may_come(mailbox: Client) -> None:
    mailbox.ok(b"UID REPLACE 1 INBOX {}", message("c", "x" * 200_000))


def test_a_draft_is_saved_again_in_a_full_mail_account(ground: Ground) -> None:
    with make_door(ground.data, quota_bytes=3000) as (door, _, _):
        client = Client(door).log_in()
        client.append(message("a", "x" * 2500))
        client.ok(b"SELECT INBOX")
        client.ok(b"REPLACE 1 INBOX {}", message("b", "x" * 2400))
        assert client.command(b"REPLACE 1 INBOX {}", message("c", "x" * 3500)).text.startswith("[OVERQUOTA]")
        assert b"Subject: b" in b"".join(client.ok(b"FETCH 1 (BODY.PEEK[HEADER])").untagged)
        client.close()
