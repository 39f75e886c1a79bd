"""The states of a request: what fits, what does not, what time does."""

from datetime import UTC, datetime, timedelta

import pytest

from corneille.support.decide import Act, State, find_usual, is_expired, is_owed, move

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
N, T, W, S, C = State


@pytest.mark.parametrize(
    ("act", "before", "after"),
    [
        (Act.TAKE, N, T), (Act.TAKE, T, T), (Act.TAKE, W, T), (Act.TAKE, S, None), (Act.TAKE, C, None),
        (Act.ANSWER, N, T), (Act.ANSWER, W, T), (Act.ANSWER, S, None),
        (Act.ASK, T, W), (Act.ASK, C, None),
        (Act.SOLVE, N, S), (Act.SOLVE, W, S), (Act.SOLVE, S, None),
        (Act.ESCALATE, T, N), (Act.ESCALATE, S, None),
        (Act.REPLY, N, N), (Act.REPLY, T, T), (Act.REPLY, W, T), (Act.REPLY, S, None), (Act.REPLY, C, None),
        (Act.WITHDRAW, N, C), (Act.WITHDRAW, W, C), (Act.WITHDRAW, S, None),
        (Act.RATE, S, C), (Act.RATE, C, C), (Act.RATE, T, None),
        (Act.REOPEN, S, T), (Act.REOPEN, C, T), (Act.REOPEN, T, None),
        (Act.EXPIRE, W, C), (Act.EXPIRE, S, C), (Act.EXPIRE, N, None),
    ],
)  # fmt: skip
def test_what_leads_where(act: Act, before: State, after: State | None) -> None:
    assert move(act, before, is_taken=True, over_at=NOW, now=NOW) is after


@pytest.mark.parametrize(("act", "before"), [(Act.REPLY, W), (Act.REOPEN, S)])
def test_what_nobody_looks_after_is_new_again(act: Act, before: State) -> None:
    assert move(act, before, is_taken=False, over_at=NOW, now=NOW) is N


def test_it_opens_again_for_seven_days_and_no_longer() -> None:
    week = timedelta(days=7)
    assert move(Act.REOPEN, C, is_taken=True, over_at=NOW - week, now=NOW) is T
    assert move(Act.REOPEN, C, is_taken=True, over_at=NOW - week - timedelta(seconds=1), now=NOW) is None


def test_what_nobody_goes_on_with_ends_by_itself() -> None:
    assert [is_expired(each, NOW - timedelta(days=7), NOW) for each in State] == [False, False, False, True, False]
    assert [is_expired(each, NOW - timedelta(days=30), NOW) for each in State] == [False, False, True, True, False]


def test_usual_is_the_middle_and_nothing_when_there_are_too_few() -> None:
    hours = [timedelta(hours=each) for each in (1, 4, 90)]
    assert find_usual(hours) == timedelta(hours=4)
    assert find_usual(hours[:2]) is None


@pytest.mark.parametrize(
    ("act", "owed", "after"),
    [
        (Act.TAKE, True, True), (Act.TAKE, False, False), (Act.ANSWER, True, False), (Act.ASK, True, False),
        (Act.SOLVE, True, False), (Act.ESCALATE, False, True), (Act.REPLY, False, True), (Act.REOPEN, False, True),
        (Act.WITHDRAW, True, False), (Act.RATE, True, False), (Act.EXPIRE, True, False),
    ],
)  # fmt: skip
def test_when_an_answer_is_owed(act: Act, owed: bool, after: bool) -> None:
    assert is_owed(act, is_owed_now=owed) is after
