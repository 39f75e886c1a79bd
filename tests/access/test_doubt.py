"""While somebody else may have the password, a mail program with it goes on where it signed in before, and nowhere else."""

from datetime import timedelta

import pytest

from corneille.access.app_password import create_app_password
from corneille.access.attempt import Outcome
from corneille.access.containment import GUARD, OWNER, contain, let_go
from corneille.access.decide import Granted, NeedsFactor, Refused
from corneille.access.device import find_device, note_second_proof
from corneille.access.doubt import is_owners
from corneille.access.facts import Containment
from corneille.access.hold import still_holds
from corneille.access.password import set_password
from corneille.access.reason import Reason, Why
from corneille.access.unusual import Assessment, Found, Sign
from corneille.access.unusual_sign_in import Origin, note_unusual, say_it_was_me
from corneille.people.find import Person

from .conftest import ELSEWHERE, HOME, NOW, PASSWORD, Try

NEW = "panier-orage-kayak-27"
REFERENCE = "AUTH-7F3K-92MX"
THIRD = "203.0.113.77"


def suspect(person: Person, attempt: Try, step: Containment = Containment.ASK_FACTOR) -> Outcome:
    """Its owner's program at home; a day later somebody else's, which does not look like the owner's."""
    assert isinstance(attempt(PASSWORD, door="imap").decision, Granted)
    at = attempt.later(days=1).now
    theirs = attempt(PASSWORD, door="imap", address=ELSEWHERE, now=at)
    assert isinstance(theirs.decision, Granted)
    found = Assessment((Found(Sign.FIRST_PROGRAM, 60),), score=60, is_told=True, step=step)
    told = note_unusual(person.id, Origin(REFERENCE, at, ELSEWHERE, "", ""), found)
    assert told is not None
    contain(person.id, step, "unusual", told, at + timedelta(seconds=3), by=GUARD)
    return theirs


@pytest.mark.parametrize("step", [Containment.ASK_FACTOR, Containment.HOLD_SENDING])
@pytest.mark.parametrize("door", ["imap", "submission", "dav"])
def test_a_thief_reads_and_sends_no_longer_and_the_owners_program_goes_on(
    zoe: Person, attempt: Try, door: str, step: Containment
) -> None:
    suspect(zoe, attempt, step)
    at = attempt.later(days=1, hours=1)
    for address in (ELSEWHERE, THIRD):
        refused = at(PASSWORD, door=door, address=address).decision
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.FACTOR_NEEDED
    assert isinstance(at(PASSWORD, door=door, address=HOME).decision, Granted)
    _id, secret = create_app_password(zoe.id, "téléphone", frozenset({"imap", "smtp", "dav"}), at.now)
    assert isinstance(at(secret, door=door, address=THIRD).decision, Granted), "app passwords go on anywhere"


@pytest.mark.parametrize("address", [ELSEWHERE, THIRD])
def test_it_was_not_me_counts_although_sending_was_held_already(zoe: Person, attempt: Try, address: str) -> None:
    """A burst says nothing of the password; its owner does, and the thief's own network is none of before."""
    assert isinstance(attempt(PASSWORD, door="imap", now=NOW - timedelta(days=9)).decision, Granted)
    assert isinstance(attempt(PASSWORD, door="imap", address=ELSEWHERE).decision, Granted)
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {}, attempt.later(hours=1).now, by=GUARD)
    contain(zoe.id, Containment.HOLD_SENDING, "not-me", {}, attempt.later(hours=2).now, by=OWNER)
    at = attempt.later(hours=3)
    refused = at(PASSWORD, door="imap", address=address).decision
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.FACTOR_NEEDED
    assert isinstance(at(PASSWORD, door="imap", address=HOME).decision, Granted)


def test_a_program_that_is_connected_is_let_go_where_it_would_be_refused(zoe: Person, attempt: Try) -> None:
    mine = attempt(PASSWORD, door="imap").hold
    theirs = suspect(zoe, attempt).hold
    assert mine is not None
    assert theirs is not None
    now = attempt.later(days=1, minutes=1).now
    assert still_holds(mine, None, now)
    assert not still_holds(theirs, None, now)
    let_go(zoe.id, now, by=GUARD)
    assert still_holds(theirs, None, now)


def test_nobody_doubts_a_password_that_was_set_since(zoe: Person, attempt: Try) -> None:
    suspect(zoe, attempt)
    at = attempt.later(days=1, hours=1)
    set_password(zoe.id, NEW, at.now)
    let_in = at(NEW, door="imap", address=THIRD)
    assert isinstance(let_in.decision, Granted)
    assert let_in.hold is not None
    assert still_holds(let_in.hold, None, at.now)


@pytest.mark.parametrize("is_proved", [False, True])
def test_a_change_by_the_old_password_alone_leaves_the_doubt(zoe: Person, attempt: Try, is_proved: bool) -> None:
    suspect(zoe, attempt)
    at = attempt.later(days=1, hours=1)
    set_password(zoe.id, NEW, at.now, old=PASSWORD, is_proved=is_proved)
    assert isinstance(at(NEW, door="imap", address=THIRD).decision, Granted) is is_proved
    mine = at(NEW, door="imap", address=HOME)
    assert isinstance(mine.decision, Granted)
    set_password(zoe.id, "violon-lucarne-hamac-53", at.now, old=NEW)
    third = at("violon-lucarne-hamac-53", door="imap", address=THIRD)
    assert isinstance(third.decision, Granted) is is_proved, "nor does another change"


def test_where_the_owner_says_that_it_was_them_it_counts_again(zoe: Person, attempt: Try) -> None:
    suspect(zoe, attempt)
    at = attempt.later(days=1, hours=1)
    say_it_was_me(zoe.id, REFERENCE, at.now)
    assert isinstance(at(PASSWORD, door="imap", address=ELSEWHERE).decision, Granted)
    contain(zoe.id, Containment.ASK_FACTOR, "unusual", {}, at.now, by=GUARD)
    assert isinstance(at.later(minutes=1)(PASSWORD, door="imap", address=ELSEWHERE).decision, Granted)


def test_much_sending_is_no_doubt_about_who_reads(zoe: Person, attempt: Try) -> None:
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {}, NOW, by=GUARD)
    assert isinstance(attempt.later(minutes=1)(PASSWORD, door="imap", address=THIRD).decision, Granted)


@pytest.mark.parametrize(("days", "is_let_in"), [(8, True), (6.9, False), (0.1, False)])
def test_who_has_no_second_proof_stands_before_no_wall_on_a_device_of_before(
    zoe: Person, attempt: Try, days: float, is_let_in: bool
) -> None:
    """One of an hour may be a thief's, whose sign-in showed nothing."""
    device = attempt(PASSWORD).device
    contain(zoe.id, Containment.HOLD_SENDING, "burst", {}, attempt.later(days=days).now, by=GUARD)
    since = attempt.later(days=days, hours=1)
    assert isinstance(since(PASSWORD, device=device).decision, Granted) is is_let_in
    assert since(PASSWORD, address=THIRD).decision == NeedsFactor(("support-code",), Why.CONTAINED)


@pytest.mark.parametrize(("days", "is_theirs"), [(8, True), (1, False)])
def test_a_device_of_before_or_one_with_a_second_proof_says_more_than_the_password(
    zoe: Person, attempt: Try, days: float, is_theirs: bool
) -> None:
    cookie, later = attempt(PASSWORD).device, attempt.later(days=days).now
    device = find_device(cookie, zoe.id, later)
    assert not is_owners(zoe.id, None, later)
    assert not is_owners(zoe.id, device, later), "nothing contains the account"
    contain(zoe.id, Containment.ASK_FACTOR, "unusual", {}, later, by=GUARD)
    assert is_owners(zoe.id, device, later) is is_theirs
    assert cookie is not None
    note_second_proof(cookie, zoe.id, later)
    assert is_owners(zoe.id, find_device(cookie, zoe.id, later), later)


def test_a_device_that_came_with_what_was_seen_is_none_of_before(zoe: Person, attempt: Try) -> None:
    attempt(PASSWORD)
    at = attempt.later(days=1)
    theirs = at(PASSWORD, address=ELSEWHERE).device
    found = Assessment((Found(Sign.NEW_COUNTRY, 60),), score=60, is_told=True, step=Containment.ASK_FACTOR)
    told = note_unusual(zoe.id, Origin(REFERENCE, at.now, ELSEWHERE, "", ""), found)
    assert told is not None
    contain(zoe.id, Containment.ASK_FACTOR, "unusual", told, at.now + timedelta(seconds=3), by=GUARD)
    assert isinstance(at.later(minutes=5)(PASSWORD, address=ELSEWHERE, device=theirs).decision, NeedsFactor)
