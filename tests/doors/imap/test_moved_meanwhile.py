"""Two sessions move, or one moves what the other expunges: a message is in one place, and never comes back."""

import threading
from contextlib import closing
from typing import Any

import pytest

from corneille.doors.imap.commands import copy
from corneille.mail.carry import carry
from tests.doors.imap.conversation import Client, Door, message
from tests.doors.imap.shared import SENT, enter
from tests.positions import Positions


def count(client: Client, name: bytes) -> bytes:
    return client.ok(b"STATUS " + name + b" (MESSAGES)").untagged[0]


def test_two_that_move_one_message_to_shared_mail_file_it_once(
    head: Client, door: Door, school: Positions, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_read = threading.Barrier(2)

    def wait_for_the_other(*args: Any, **more: Any) -> Any:
        both_have_read.wait(10)
        return carry(*args, **more)

    monkeypatch.setattr(copy, "carry", wait_for_the_other)
    head.append(message("à moi"))
    with closing(enter(door, school.head)) as second:
        for each in (head, second):
            each.ok(b"SELECT INBOX")
        for each in (head, second):
            each.send(b"m MOVE 1 " + SENT + b"\r\n")
        assert sorted(each.read_end(b"m").status for each in (head, second)) == ["NO", "OK"]
    assert count(head, SENT) == b"* STATUS " + SENT + b" (MESSAGES 1)"


def test_what_is_expunged_while_it_is_on_its_way_does_not_arrive(
    head: Client, door: Door, school: Positions, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_read, may_go = threading.Event(), threading.Event()

    def wait(*args: Any, **more: Any) -> Any:
        has_read.set()
        assert may_go.wait(10)
        return carry(*args, **more)

    monkeypatch.setattr(copy, "carry", wait)
    head.append(message("à moi"))
    with closing(enter(door, school.head)) as second:
        for each in (head, second):
            each.ok(b"SELECT INBOX")
        head.send(b"m MOVE 1 " + SENT + b"\r\n")
        assert has_read.wait(10)
        second.ok(b"STORE 1 +FLAGS (\\Deleted)")
        second.ok(b"EXPUNGE")
        may_go.set()
        refused = head.read_end(b"m")
    assert (refused.status, refused.text[:1]) == ("NO", "[")
    assert count(head, SENT) == b"* STATUS " + SENT + b" (MESSAGES 0)"
