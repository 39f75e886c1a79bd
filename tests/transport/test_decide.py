"""What becomes of a recipient after a try."""

from datetime import UTC, datetime, timedelta

import pytest

from corneille.transport.decide import Delivered, GiveUp, Retry, Schedule, Tried, Why, decide
from corneille.wire.smtp.reply import Reply, reply

QUEUED = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
SCHEDULE = Schedule((60, 300, 900), warn_after_s=3600, give_up_after_s=86400)
GREYLIST = reply(451, "4.7.1", "come back later")


def after(
    reply_: Reply | None, attempt: int, *, minutes: int, is_warned: bool = False
) -> Delivered | Retry | GiveUp:
    now = QUEUED + timedelta(minutes=minutes)
    return decide(Tried(reply_, "no answer", attempt, QUEUED, now, is_warned), SCHEDULE)


@pytest.mark.parametrize(
    ("answer", "attempt", "minutes", "wait_s"),
    [(GREYLIST, 1, 0, 60), (None, 1, 0, 60), (GREYLIST, 2, 1, 300), (None, 3, 6, 900), (None, 50, 60, 900)],
)
def test_a_temporary_no_or_silence_is_tried_again_ever_later(
    answer: Reply | None, attempt: int, minutes: int, wait_s: int
) -> None:
    found = after(answer, attempt, minutes=minutes, is_warned=True)
    assert found == Retry(QUEUED + timedelta(minutes=minutes, seconds=wait_s), is_warning=False)


def test_taken_is_done_and_refused_is_told() -> None:
    assert after(reply(250, "2.0.0", "queued"), 1, minutes=0) == Delivered()
    assert after(reply(550, "5.1.1", "unknown"), 1, minutes=0) == GiveUp(Why.REFUSED)


def test_the_writer_is_warned_once() -> None:
    assert after(None, 5, minutes=59) == Retry(QUEUED + timedelta(minutes=74), is_warning=False)
    assert after(None, 6, minutes=60) == Retry(QUEUED + timedelta(minutes=75), is_warning=True)
    assert after(None, 7, minutes=75, is_warned=True) == Retry(
        QUEUED + timedelta(minutes=90), is_warning=False
    )


def test_the_last_try_is_at_the_deadline_and_then_it_is_over() -> None:
    assert after(GREYLIST, 90, minutes=1439, is_warned=True) == Retry(
        QUEUED + timedelta(days=1), is_warning=False
    )
    assert after(GREYLIST, 91, minutes=1440, is_warned=True) == GiveUp(Why.TOO_LONG)


def test_a_clock_that_was_set_back_by_months_lets_nothing_wait_for_ever() -> None:
    """The instant of queueing lies ahead: the waits between the tries are what is known of the age."""
    months = -90 * 24 * 60
    assert after(None, 1, minutes=months) == Retry(QUEUED + timedelta(minutes=months + 1), is_warning=False)
    assert after(None, 7, minutes=months) == Retry(QUEUED + timedelta(minutes=months + 15), is_warning=True)
    assert after(None, 200, minutes=months, is_warned=True) == GiveUp(Why.TOO_LONG)
