"""IDLE: told without asking."""

import pytest

from tests.doors.imap.conversation import Client, message


@pytest.fixture
def idling(client: Client) -> Client:
    client.append(message("a"))
    client.ok(b"SELECT INBOX")
    client.send(b"i IDLE\r\n")
    assert client.read().startswith(b"+")
    return client


def test_new_mail_flags_and_expunges_are_told_at_once(idling: Client, other: Client) -> None:
    other.append(message("b"))
    assert idling.read() == b"* 2 EXISTS"
    other.ok(b"SELECT INBOX")
    other.ok(b"STORE 1 +FLAGS (\\Deleted)")
    assert idling.read() == b"* 1 FETCH (UID 1 FLAGS (\\Deleted))"
    other.ok(b"EXPUNGE")
    assert idling.read() == b"* 1 EXPUNGE"
    idling.send(b"DONE\r\n")
    assert idling.read_end(b"i").status == "OK"
    assert idling.ok(b"FETCH 1 UID").untagged == [b"* 1 FETCH (UID 2)"]


def test_idle_ends_with_done_and_nothing_else(idling: Client) -> None:
    idling.send(b"b NOOP\r\n")
    assert idling.read_end(b"i").status == "BAD"
    idling.ok(b"NOOP")


def test_commands_sent_with_done_are_obeyed_after_it(idling: Client) -> None:
    idling.send(b"done\r\nb NOOP\r\n")
    assert idling.read_end(b"i").status == "OK"
    assert idling.read_end(b"b").status == "OK"


def test_idle_without_a_mailbox_waits(client: Client) -> None:
    client.send(b"i IDLE\r\nDONE\r\n")
    assert client.read_end(b"i").status == "OK"


def test_a_mailbox_deleted_meanwhile_ends_idle(client: Client, other: Client) -> None:
    client.ok(b"CREATE short")
    client.ok(b"SELECT short")
    client.send(b"i IDLE\r\n")
    client.read()
    other.ok(b"DELETE short")
    assert client.read().startswith(b"* BYE")
