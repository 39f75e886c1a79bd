"""An announced suspension: 24 h of notice, reading goes on until then, and its person can still undo it."""

from datetime import timedelta

import pytest

from corneille.access.announced import Announced, TooSoon, announce_suspension, find_announced, suspend_announced
from corneille.access.containment import GUARD, ContainedNow, contain, find_contained_now, find_step, let_go, list_contained
from corneille.access.decide import Granted, Refused
from corneille.access.facts import Containment
from corneille.access.reason import Reason, Restriction
from corneille.kernel.outbox import list_notices
from corneille.notices.words import format_words
from corneille.people.find import Person

from .conftest import NOW, PASSWORD, Try

DAY = timedelta(hours=24)


def test_reading_goes_on_until_the_hour_that_was_told(zoe: Person, attempt: Try) -> None:
    assert announce_suspension(zoe.id, NOW + DAY, "enquête", {}, NOW, by="Nadia Benali")
    notice = next(each for each in list_notices(zoe.id, NOW) if each.code == "suspension-announced")
    words = format_words(notice.code, notice.data, "fr")
    assert "2 septembre 2026" in words.subject
    assert "Nadia Benali (enquête)" in words.text
    assert suspend_announced(NOW + DAY - timedelta(seconds=1)) == 0
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    assert suspend_announced(NOW + DAY) == 1
    refused = attempt(PASSWORD, door="imap", now=NOW + DAY).decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.SUSPENDED
    assert suspend_announced(NOW + DAY) == 0, "once"
    assert [each.code for each in list_notices(zoe.id, NOW + DAY)].count("suspended") == 1


def test_until_it_begins_the_sign_in_says_that_it_is_announced_and_nothing_else(zoe: Person, attempt: Try) -> None:
    assert find_contained_now(zoe.id) == ContainedNow()
    announce_suspension(zoe.id, NOW + DAY, "enquête", {}, NOW, by="Nadia Benali")
    assert find_contained_now(zoe.id) == ContainedNow(is_announced=True)
    granted = attempt(PASSWORD, door="imap").decision
    assert isinstance(granted, Granted)
    assert granted.restrictions == {Restriction.SUSPENSION_ANNOUNCED, Restriction.ENROL_FACTOR}
    suspend_announced(NOW + DAY)
    found = find_contained_now(zoe.id)
    assert (found.step, found.is_announced, found.is_undoable) == (Containment.SUSPEND, False, False)


def test_who_is_let_go_in_time_is_never_suspended(zoe: Person) -> None:
    announce_suspension(zoe.id, NOW + DAY, "enquête", {}, NOW, by="Nadia Benali")
    assert let_go(zoe.id, NOW + DAY / 2, by="Nadia Benali")
    assert find_announced(zoe.id) is None
    assert suspend_announced(NOW + 2 * DAY) == 0
    assert find_step(zoe.id) is Containment.NONE


def test_less_notice_is_refused_and_a_second_announcement_changes_nothing(zoe: Person) -> None:
    with pytest.raises(TooSoon):
        announce_suspension(zoe.id, NOW + DAY - timedelta(minutes=1), "enquête", {}, NOW, by="Nadia Benali")
    assert find_announced(zoe.id) is None
    assert announce_suspension(zoe.id, NOW + 2 * DAY, "enquête", {}, NOW, by="Nadia Benali")
    assert not announce_suspension(zoe.id, NOW + DAY, "autre", {}, NOW, by="Nadia Benali")
    assert find_announced(zoe.id) == Announced(NOW + 2 * DAY, is_undoable=False)


@pytest.mark.parametrize(("reason", "by"), [("burst", GUARD), ("unusual", "Nadia Benali")])
def test_the_guard_announces_for_nothing_but_unusual_sign_ins(zoe: Person, reason: str, by: str) -> None:
    contain(zoe.id, Containment.HOLD_SENDING, reason, {}, NOW, by=by)
    suspend_announced(NOW + timedelta(days=30))
    assert find_announced(zoe.id) is None


def test_what_the_guard_held_and_nobody_repaired_is_announced_then_suspended(zoe: Person) -> None:
    contain(zoe.id, Containment.HOLD_SENDING, "unusual", {}, NOW, by=GUARD)
    later = NOW + timedelta(hours=72)
    suspend_announced(later - timedelta(minutes=1))
    assert find_announced(zoe.id) is None
    suspend_announced(later)
    suspend_announced(later + timedelta(hours=1))
    assert find_announced(zoe.id) == Announced(later + DAY, is_undoable=True)
    assert find_step(zoe.id) is Containment.HOLD_SENDING
    suspend_announced(later + DAY)
    assert find_step(zoe.id) is Containment.SUSPEND
    assert list_contained(zoe.id)[0].evidence["announced_at"] == later.isoformat()
