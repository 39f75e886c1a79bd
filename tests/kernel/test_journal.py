"""The journal shows what was changed, taken out, put in or cut off by somebody who has the database but not the keys."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal_seal import drop_old_months, seal_months
from corneille.kernel.journal_verify import End, Fault, find_end, verify_journal
from corneille.kernel.models import JournalEntry, JournalHead, JournalSeal
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
ZOE, PAUL = AccountId(1), AccountId(2)


def write(count: int, at: datetime = NOW) -> None:
    for number in range(count):
        journal.append("password-changed", actor=journal.name_actor(ZOE), subject=ZOE, data={"n": number}, now=at)


def kinds(now: datetime = NOW, since: End | None = None) -> list[str]:
    return [fault.kind for fault in verify_journal(now, since)]


def test_lines_are_numbered_without_a_gap_and_read_by_whom_they_concern(ground: Ground) -> None:
    first = journal.append("password-changed", actor=journal.name_actor(ZOE), subject=ZOE, data={}, now=NOW)
    second = journal.append("account-suspended", actor="cli", subject=PAUL, data={"why": "test"}, now=NOW)
    assert second == first + 1
    assert [line.action for line in journal.list_lines(ZOE, 10)] == ["password-changed"]
    assert [line.number for line in journal.list_entries()] == [first, second]
    assert kinds() == []


def _change_data() -> None:
    JournalEntry.objects.filter(number=3).update(data={"n": 99})


def _change_time() -> None:
    JournalEntry.objects.filter(number=3).update(at=NOW - timedelta(seconds=1))


def _change_subject() -> None:
    JournalEntry.objects.filter(number=3).update(subject=PAUL)


def _take_out() -> None:
    JournalEntry.objects.filter(number=3).delete()


def _take_out_and_close_the_gap() -> None:
    JournalEntry.objects.filter(number=3).delete()
    for number in (4, 5):
        JournalEntry.objects.filter(number=number).update(number=number - 1)
    JournalHead.objects.update(last_number=F("last_number") - 1)


def _cut_off() -> None:
    JournalEntry.objects.filter(number__gt=3).delete()


@pytest.mark.parametrize(
    ("crime", "seen"),
    [
        (_change_data, {"altered"}),
        (_change_time, {"altered"}),
        (_change_subject, {"altered"}),
        (_take_out, {"missing"}),
        (_take_out_and_close_the_gap, {"altered"}),
        (_cut_off, {"end"}),
    ],
)
def test_what_was_done_to_it_shows(ground: Ground, crime: Callable[[], None], seen: set[str]) -> None:
    write(5)
    assert kinds() == []
    crime()
    assert seen <= set(kinds())


def test_a_cut_with_a_mended_end_shows_against_an_end_that_was_noted_elsewhere(ground: Ground) -> None:
    write(5)
    noted = find_end()
    JournalEntry.objects.filter(number__gt=3).delete()
    JournalHead.objects.update(last_number=3, last_mac=JournalEntry.objects.get(number=3).mac)
    assert kinds() == []
    assert kinds(since=noted) == ["end"]


def test_a_month_that_is_over_is_sealed_once_and_the_current_one_is_not(ground: Ground) -> None:
    write(2, datetime(2026, 8, 31, 23, 0, tzinfo=UTC))
    write(3)
    assert seal_months(NOW) == ["2026-08"]
    assert seal_months(NOW) == []
    assert kinds() == []


def test_a_clock_that_goes_back_over_midnight_leaves_months_whole(ground: Ground) -> None:
    write(1, NOW)
    write(1, datetime(2026, 8, 31, 23, 59, tzinfo=UTC))
    assert list(JournalEntry.objects.order_by("number").values_list("month", flat=True)) == ["2026-09", "2026-09"]
    assert kinds() == []


def test_what_is_older_than_twelve_months_goes_whole_and_the_rest_is_still_proved(ground: Ground) -> None:
    write(2, datetime(2025, 8, 3, tzinfo=UTC))
    write(2, datetime(2025, 9, 3, tzinfo=UTC))
    seal_months(NOW)
    assert drop_old_months(NOW) == 2
    assert sorted(JournalEntry.objects.values_list("number", flat=True)) == [3, 4]
    assert kinds() == []
    write(1)
    JournalEntry.objects.filter(number=3).update(action="nothing")
    assert "altered" in kinds()


def test_a_month_that_goes_too_early_shows(ground: Ground) -> None:
    write(2, datetime(2026, 7, 3, tzinfo=UTC))
    write(2, NOW)
    seal_months(NOW)
    JournalEntry.objects.filter(month="2026-07").delete()
    JournalSeal.objects.update(dropped_at=NOW)
    assert list(verify_journal(NOW)) == [Fault("dropped-too-early", "2026-07")]


def test_a_seal_that_was_changed_shows(ground: Ground) -> None:
    write(2, datetime(2026, 7, 3, tzinfo=UTC))
    seal_months(NOW)
    JournalSeal.objects.update(last_number=1)
    assert "seal" in kinds()
