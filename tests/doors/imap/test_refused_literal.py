"""A literal that is refused before it is sent: what that costs, and what is told all the same."""

import threading

import pytest

from corneille.doors.frame.limits import Pace
from corneille.doors.imap import admission, dispatch
from corneille.doors.imap.replies import Bad, No
from corneille.doors.imap.session import Session
from corneille.kernel.refusal import Busy
from corneille.mail.values import MailAccount, Quota
from corneille.wire.imap.splitter import LiteralAsked
from tests.doors.imap.conversation import Client, message


def test_it_counts_as_a_command(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[float] = []
    spend = Pace.spend

    def count(pace: Pace, at_s: float) -> float:
        counted.append(at_s)
        return spend(pace, at_s)

    monkeypatch.setattr(Pace, "spend", count)
    for _ in range(3):
        client.send(b"a APPEND INBOX {60000000}\r\n")
        assert client.read().startswith(b"a NO [TOOBIG]")
    assert len(counted) == 3
    client.append(message())
    assert len(counted) == 4


def test_a_refusal_on_the_way_is_told_as_such(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(account: MailAccount) -> Quota:
        raise Busy

    monkeypatch.setattr(admission, "get_quota", refuse)
    client.send(b"a APPEND INBOX {100}\r\n")
    assert client.read().startswith(b"a NO [UNAVAILABLE] The server is busy")
    assert caplog.text == ""
    client.ok(b"NOOP")


@pytest.mark.parametrize("verdict", [No("There is no room"), None])
def test_what_happens_while_it_is_judged_is_told_after(
    client: Client, other: Client, monkeypatch: pytest.MonkeyPatch, verdict: No | None
) -> None:
    client.ok(b"SELECT INBOX")
    client.ok(b"NOTIFY SET (SELECTED (MessageNew MessageExpunge))")
    begun, may_end, judge = threading.Event(), threading.Event(), admission.judge_literal

    async def judge_long(asked: LiteralAsked, session: Session) -> No | Bad | None:
        if not asked.head.startswith(b"a "):
            return await judge(asked, session)
        begun.set()
        while not may_end.is_set():
            await session.breathe()
        return verdict

    monkeypatch.setattr(dispatch, "judge_literal", judge_long)
    client.send(b"a APPEND INBOX {100}\r\n")
    assert begun.wait(10)
    other.append(message())
    may_end.set()
    assert client.read().startswith(b"+ OK" if verdict is None else b"a NO There is no room")
    assert client.read() == b"* 1 EXISTS"
