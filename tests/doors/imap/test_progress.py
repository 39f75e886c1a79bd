"""INPROGRESS (RFC 9585): who waits long hears that it goes on."""

import threading

import pytest

from corneille.doors.imap import dispatch
from corneille.mail import store
from tests.doors.imap.conversation import Client, message


def test_a_copy_that_takes_long_says_so_until_it_ends(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.append(message("a"))
    client.ok(b"SELECT INBOX")
    monkeypatch.setattr(dispatch, "PROGRESS_S", 0.01)
    is_free = threading.Event()
    store.current().shard(0).submit(lambda turn: is_free.wait(10))
    client.send(b"c COPY 1 Sent\r\n")
    assert client.read() == b'* OK [INPROGRESS ("c" NIL NIL)] Still at it'
    is_free.set()
    assert client.read_end(b"c").status == "OK"
    monkeypatch.setattr(dispatch, "PROGRESS_S", 10.0)
    assert client.ok(b"NOOP").untagged == []


def test_what_is_quick_says_nothing(client: Client) -> None:
    client.append(message("a"))
    client.ok(b"SELECT INBOX")
    assert client.ok(b"SEARCH ALL").untagged == [b"* SEARCH 1"]
