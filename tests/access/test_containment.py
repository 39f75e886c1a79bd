"""Containment: graduated, told at once, with a way out; reading goes on; nothing is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from corneille.access.app_password import create_app_password, list_app_passwords
from corneille.access.burst import choose_divisor, find_burst
from corneille.access.burst_settings import UsualSending, find_usual
from corneille.access.containment import contain, find_step, let_go, list_contained
from corneille.access.decide import Granted, NeedsFactor, Refused
from corneille.access.device import list_devices
from corneille.access.disowned_letter import Fate
from corneille.access.facts import Containment
from corneille.access.not_me import SECOND, Link, disown, make_link, read_link
from corneille.access.password import set_password
from corneille.access.reason import Reason, Restriction, Why
from corneille.kernel.outbox import list_notices
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import SettingsRefused
from corneille.people.find import Person

from .conftest import NOW, PASSWORD, Try

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def codes(person: Person) -> list[str]:
    return [notice.code for notice in list_notices(person.id, NOW + timedelta(hours=1))]


def test_each_step_does_what_it_says_and_no_more(zoe: Person, attempt: Try) -> None:
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {"count": 900}, NOW, by="guard")
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted), "reading goes on"
    web = attempt(PASSWORD).decision
    assert isinstance(web, NeedsFactor)
    assert web.why is Why.CONTAINED
    sending = attempt(PASSWORD, door="submission").decision
    assert isinstance(sending, Granted)
    assert sending.restrictions >= {Restriction.SENDING_HELD}, "sending is taken, and waits"
    assert codes(zoe) == ["sending-held"]
    contain(zoe.id, Containment.SUSPEND, "prise de contrôle", {}, NOW, by="Nadia Benali")
    refused = attempt(PASSWORD, door="imap").decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.SUSPENDED
    assert let_go(zoe.id, NOW, by="Nadia Benali")
    assert find_step(zoe.id) is Containment.NONE
    assert isinstance(attempt(PASSWORD).decision, Granted)
    assert [(each.step, each.by) for each in list_contained(zoe.id)] == [
        (Containment.SUSPEND, "Nadia Benali"), (Containment.HOLD_SENDING, "guard")
    ]  # fmt: skip


def test_what_is_contained_further_already_is_told_no_second_time(zoe: Person) -> None:
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {}, NOW, by="guard")
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {}, NOW, by="guard")
    contain(zoe.id, Containment.ASK_FACTOR, "burst", {}, NOW, by="guard")
    assert codes(zoe) == ["sending-held"]


@pytest.mark.parametrize(
    ("local", "divisor"),
    [
        (datetime(2026, 9, 1, 12), 1), (datetime(2026, 9, 1, 19, 59), 1), (datetime(2026, 9, 1, 20), 4),
        (datetime(2026, 9, 2, 6, 59), 4), (datetime(2026, 9, 2, 7), 1), (datetime(2026, 9, 5, 12), 2),
        (datetime(2026, 9, 6, 23), 4),
    ],
)  # fmt: skip
def test_less_is_usual_at_night_and_at_week_ends(local: datetime, divisor: int) -> None:
    assert choose_divisor(local, find_usual()) == divisor


@pytest.mark.parametrize(
    ("sent", "adding", "is_burst"),
    [
        ([], 500, False), ([], 501, True),
        ([(timedelta(seconds=30), 400)], 101, True), ([(timedelta(seconds=61), 400)], 101, False),
        ([(timedelta(minutes=5), 500)], 301, True), ([(timedelta(minutes=30), 500)] * 4, 1, True),
        ([(timedelta(hours=2), 500)] * 9, 500, False), ([(timedelta(hours=2), 500)] * 10, 1, True),
        ([(timedelta(hours=11), 500)] * 20, 1, False),
    ],
)  # fmt: skip
def test_a_class_or_a_school_is_no_burst_and_a_robot_is(
    sent: list[tuple[timedelta, int]], adding: int, is_burst: bool
) -> None:
    before = [(NOON - ago, count) for ago, count in sent]
    assert (find_burst(before, adding, NOON, NOON, find_usual()) is not None) == is_burst


@pytest.mark.parametrize(
    "burst",
    [
        UsualSending(limits=("60",)), UsualSending(limits=("60=0",)), UsualSending(limits=("1441=10",)),
        UsualSending(limits=()), UsualSending(night_from_hour=25), UsualSending(night_from_hour=5),
        UsualSending(night_divisor=0), UsualSending(week_end_divisor=0),
    ],
)  # fmt: skip
def test_limits_that_cannot_be_meant_are_refused_before_the_start(burst: UsualSending) -> None:
    with pytest.raises(SettingsRefused, match=r"\[burst\].* want"):
        burst.check()


def test_it_was_not_me_throws_out_whoever_is_in_and_begins_the_repair(zoe: Person, attempt: Try) -> None:
    _id, secret = create_app_password(zoe.id, "thief", frozenset({"imap"}), NOW)
    device = attempt(PASSWORD).device
    ticket = make_link(zoe.id, NOW).rpartition("/")[2]
    assert read_link(ticket, NOW + timedelta(days=6)) == Link(zoe.id, False, NOW + SECOND, Fate.NONE)
    disown(ticket, NOW)
    assert list_app_passwords(zoe.id) == []
    assert list_devices(zoe.id, NOW, current=None) == []
    assert isinstance(attempt(secret, door="imap").decision, Refused)
    assert find_step(zoe.id) is Containment.HOLD_SENDING
    assert isinstance(attempt(PASSWORD, device=device).decision, NeedsFactor)


def test_the_link_is_good_for_a_week_and_for_the_password_of_then(zoe: Person) -> None:
    ticket = make_link(zoe.id, NOW).rpartition("/")[2]
    with pytest.raises(Gone):
        disown(ticket, NOW + timedelta(days=8))
    set_password(zoe.id, "panier-orage-kayak-27", NOW)
    with pytest.raises(Gone):
        disown(ticket, NOW)
    with pytest.raises(Gone):
        disown("1.1.1.00", NOW)


def test_a_new_device_is_told_and_the_first_one_and_known_ones_are_not(zoe: Person, attempt: Try) -> None:
    first = attempt(PASSWORD).device
    attempt(PASSWORD, device=first)
    assert "new-device" not in codes(zoe)
    attempt(PASSWORD, address="198.51.100.7")
    assert codes(zoe).count("new-device") == 1
