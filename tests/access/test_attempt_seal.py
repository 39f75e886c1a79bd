from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from corneille.access.attempt_log import AttemptLog
from corneille.access.attempt_seal import list_altered
from corneille.access.forget import forget_attempts
from corneille.access.models import SignInAttempt
from corneille.kernel.journal_seal import drop_old_months, seal_months
from corneille.kernel.journal_verify import verify_journal
from corneille.run.ground import Ground

from .conftest import NOW, PASSWORD, Try

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
MIDNIGHT = datetime(2026, 10, 1, tzinfo=UTC)


def make_row(at: datetime) -> SignInAttempt:
    return SignInAttempt(at=at, reference="AUTH-7F3K-92MX", door="web", network_address="192.0.2.7", decision="refused")


def test_attempts_that_are_whole_are_not_complained_of(attempt: Try) -> None:
    attempt("wrong")
    attempt(PASSWORD)
    assert list(list_altered()) == []
    assert list(verify_journal(NOW)) == []


def test_an_attempt_that_was_changed_or_taken_away_shows(attempt: Try) -> None:
    attempt("wrong")
    attempt(PASSWORD)
    first, second = SignInAttempt.objects.order_by("pk")
    SignInAttempt.objects.filter(pk=first.pk).update(network_address="203.0.113.1")
    assert list(list_altered()) == [f"{first.pk}-{first.pk}"]
    second.delete()
    assert len(list(list_altered())) == 2


@pytest.mark.parametrize(
    "groups",
    [
        [[-2 * SECOND], [SECOND], [-SECOND], [2 * SECOND]],  # one that began before midnight is written after another's
        [[-2 * SECOND], [-SECOND, SECOND], [2 * SECOND]],  # one group on both sides
    ],
)
def test_a_year_later_nothing_that_stood_at_the_end_of_a_month_is_complained_of(
    ground: Ground, groups: list[list[timedelta]]
) -> None:
    log = AttemptLog()
    for group in groups:
        log.write_all(make_row(MIDNIGHT + each) for each in group)
    left = []
    for days in range(20, 430, 30):
        now = MIDNIGHT + days * DAY
        log.write(make_row(now))  # so that each month has its line
        seal_months(now)
        for forget in (forget_attempts, drop_old_months, forget_attempts):  # whichever comes first
            forget(now)
            assert list(list_altered()) == [], now
        assert list(verify_journal(now)) == []
        left.append(SignInAttempt.objects.filter(at__lt=MIDNIGHT + 3 * SECOND).count())
    assert left[0] == 4
    assert left[-1] == 0
    assert all(before >= after for before, after in pairwise(left))
