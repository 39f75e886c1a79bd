"""A suspension: told with who, why and how to answer; the guard's own is undone by a strong proof, an officer's never."""

from dataclasses import replace
from datetime import timedelta

import pytest

from corneille.access.announced import announce_suspension, find_announced
from corneille.access.attempt import Attempt, Outcome
from corneille.access.containment import GUARD, OWNER, contain, find_contained_now, find_step, let_go
from corneille.access.decide import Granted, Refused
from corneille.access.factor import make_sheet
from corneille.access.facts import Containment
from corneille.access.open_account import open_account
from corneille.access.passkey import add_passkey, offer_passkey
from corneille.access.passkey_sign_in import offer_sign_in, sign_in_with_passkey
from corneille.access.password import set_password
from corneille.access.reason import Reason, Restriction, WayOut
from corneille.access.reset import finish_reset, prove_reset
from corneille.access.restriction import list_restrictions
from corneille.kernel.outbox import list_notices
from corneille.notices.words import format_words
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import decide_state, find_state_decided

from .authenticator import Authenticator
from .conftest import HOME, NOW, PASSWORD, Try

NEW = "panier-orage-kayak-27"
LATER = NOW + timedelta(hours=1)
LONG_AGO = NOW - timedelta(days=8)
ORIGIN = "https://localhost:8443"
BY = "Nadia Benali"


def refusal(outcome: Outcome) -> Refused:
    assert isinstance(outcome.decision, Refused)
    return outcome.decision


def prove(person: Person, code: str) -> Outcome:
    return prove_reset(Attempt("reset", person.identifier, code, HOME, None, "Firefox", LATER))


@pytest.mark.parametrize(
    ("state", "code", "subject"),
    [
        (AccountState.SUSPENDED, "suspended", "Votre compte est suspendu"),
        (AccountState.ENDED, "account-ended", "Votre compte est fermé"),
        (AccountState.MOVED, "account-moved", "Votre compte a rejoint une autre académie"),
        (AccountState.ACTIVE, "account-opened", "Votre compte est ouvert"),
    ],
)
def test_whatever_somebody_decides_of_an_account_its_person_is_told(
    zoe: Person, state: AccountState, code: str, subject: str
) -> None:
    decide_state(zoe.id, state, NOW, by=BY, reason="enquête", actor="cli")
    told = list_notices(zoe.id, NOW)
    assert [each.code for each in told] == [code]
    words = format_words(code, told[0].data, "fr")
    assert words.subject == subject
    assert f"{BY} (enquête)" in words.text


@pytest.mark.parametrize(
    ("step", "by", "said"),
    [
        (Containment.SUSPEND, BY, "il est suspendu"),
        (Containment.HOLD_SENDING, BY, "l’envoi est retenu"),
        (Containment.SUSPEND, GUARD, "il est suspendu"),
    ],
)  # fmt: skip
def test_who_opens_an_account_that_something_still_contains_says_both(
    zoe: Person, attempt: Try, step: Containment, by: str, said: str
) -> None:
    contain(zoe.id, step, "enquête", {}, NOW, by=by)
    decide_state(zoe.id, AccountState.SUSPENDED, NOW, by=BY, reason="absence", actor="cli")
    assert [each.step for each in open_account(zoe.id, LATER, by="Paul Roux", reason="retour", actor="cli")] == [step]
    told = list_notices(zoe.id, LATER)[0]
    words = format_words(told.code, told.data, "fr")
    assert said in words.subject
    assert "Paul Roux (retour)" in words.text
    assert "(enquête)" in words.text
    let_go(zoe.id, LATER, by=BY)
    assert open_account(zoe.id, LATER + timedelta(minutes=1), by="Paul Roux", reason="retour", actor="cli") == []
    assert "account-opened" in [each.code for each in list_notices(zoe.id, LATER + timedelta(minutes=1))]


def test_the_journal_says_who_decided_the_state_of_now_and_of_no_other(zoe: Person) -> None:
    decide_state(zoe.id, AccountState.SUSPENDED, NOW, by=BY, reason="enquête", actor="cli")
    found = find_state_decided(zoe.id, AccountState.SUSPENDED)
    assert found is not None
    assert (found.by, found.reason, found.at) == (BY, "enquête", NOW)
    decide_state(zoe.id, AccountState.ACTIVE, LATER, by=BY, reason="fin", actor="cli")
    assert find_state_decided(zoe.id, AccountState.SUSPENDED) is None


def test_the_password_of_then_opens_nothing_and_says_the_way_out(zoe: Person, attempt: Try) -> None:
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    for door in ("web", "imap", "submission", "dav", "step-up"):
        refused = refusal(attempt(PASSWORD, door=door, now=LATER))
        assert refused.reason is Reason.SUSPENDED_BY_GUARD
        assert refused.way_out[0] is WayOut.RECOVER
    assert [each.code for each in list_notices(zoe.id, NOW)] == ["suspended-by-guard"]


def test_a_code_and_a_new_password_lead_to_the_repair_and_to_nothing_else(zoe: Person, attempt: Try) -> None:
    codes = make_sheet(zoe.id, "recovery-code", LONG_AGO)
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    ticket = prove(zoe, codes[0]).ticket
    assert ticket is not None
    finish_reset(ticket, NEW, LATER)
    granted = attempt(NEW, now=LATER).decision
    assert isinstance(granted, Granted)
    assert granted.restrictions >= {Restriction.REPAIR_FIRST, Restriction.SENDING_HELD}
    assert Restriction.REPAIR_FIRST in list_restrictions(zoe.id, LATER)
    for door in ("imap", "submission", "dav"):
        assert refusal(attempt(NEW, door=door, now=LATER)).reason is Reason.SUSPENDED_BY_GUARD
    assert refusal(attempt("wrong", now=LATER)).exact is Reason.WRONG
    assert let_go(zoe.id, LATER, by=OWNER)
    assert isinstance(attempt(NEW, door="imap", now=LATER).decision, Granted)
    assert Restriction.REPAIR_FIRST not in list_restrictions(zoe.id, LATER)


def test_a_proof_that_was_added_lately_undoes_nothing(zoe: Person, attempt: Try) -> None:
    """Whoever was in the account may have added it while only sending was held."""
    codes = make_sheet(zoe.id, "recovery-code", NOW - timedelta(days=1))
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    refused = refusal(prove(zoe, codes[0]))
    assert (refused.reason, refused.way_out) == (Reason.SUSPENDED_FOR_SUPPORT, (WayOut.SUPPORT,))
    assert refusal(attempt(PASSWORD, now=LATER)).reason is Reason.SUSPENDED_FOR_SUPPORT
    told = list_notices(zoe.id, LATER)[0]
    words = format_words(told.code, told.data, "fr")
    assert "l’assistance" in words.subject
    assert "Aucun responsable" in words.text
    assert words.path == "/depannage/cause/suspended-for-support"
    contain(zoe.id, Containment.SUSPEND, "enquête", {}, LATER, by=BY)
    assert refusal(attempt(PASSWORD, now=LATER)).reason is Reason.SUSPENDED


def test_a_wrong_code_is_said_to_be_wrong(zoe: Person) -> None:
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    assert refusal(prove(zoe, "AAAA-AAAA")).exact is Reason.WRONG


@pytest.mark.parametrize(("by", "is_let_in"), [(GUARD, True), (BY, False)])
def test_a_passkey_leads_to_the_repair_of_what_the_guard_alone_suspended(zoe: Person, by: str, is_let_in: bool) -> None:
    key = Authenticator(ORIGIN)
    options = offer_passkey(ORIGIN, zoe.id, zoe.identifier, zoe.display_name, LONG_AGO)
    assert options is not None
    add_passkey(ORIGIN, zoe.id, key.create(options), "", LONG_AGO)
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=by)
    knock = Attempt("web", "", "", HOME, None, "Firefox", LATER, ORIGIN)
    asked = offer_sign_in(knock)
    assert asked is not None
    decision = sign_in_with_passkey(replace(knock, secret=key.get(asked))).decision
    assert isinstance(decision, Granted) is is_let_in
    if isinstance(decision, Granted):
        assert Restriction.REPAIR_FIRST in decision.restrictions


def test_what_an_officer_suspended_no_proof_undoes(zoe: Person, attempt: Try) -> None:
    codes = make_sheet(zoe.id, "recovery-code", NOW)
    contain(zoe.id, Containment.SUSPEND, "enquête", {}, NOW, by=BY)
    assert refusal(prove(zoe, codes[0])).reason is Reason.SUSPENDED
    set_password(zoe.id, NEW, LATER)
    refused = refusal(attempt(NEW, now=LATER + timedelta(minutes=1)))
    assert (refused.reason, refused.way_out) == (Reason.SUSPENDED, (WayOut.SUPPORT,))
    assert not let_go(zoe.id, LATER, by=OWNER)
    assert find_step(zoe.id) is Containment.SUSPEND


def test_an_officer_suspends_by_name_what_the_guard_has_suspended_too(zoe: Person, attempt: Try) -> None:
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    contain(zoe.id, Containment.SUSPEND, "enquête", {}, LATER, by=BY)
    contain(zoe.id, Containment.SUSPEND, "encore", {}, LATER, by=BY)
    assert [each.code for each in list_notices(zoe.id, LATER)] == ["suspended", "suspended-by-guard"]
    set_password(zoe.id, NEW, LATER + timedelta(minutes=1))
    assert let_go(zoe.id, LATER + timedelta(minutes=2), by=OWNER), "the guard's alone"
    assert not find_contained_now(zoe.id).is_undoable
    assert refusal(attempt(NEW, now=LATER + timedelta(minutes=3))).reason is Reason.SUSPENDED


def test_a_state_that_somebody_decided_is_no_guards_suspension(zoe: Person, attempt: Try) -> None:
    contain(zoe.id, Containment.SUSPEND, "unusual", {}, NOW, by=GUARD)
    set_password(zoe.id, NEW, LATER)
    decide_state(zoe.id, AccountState.SUSPENDED, LATER, by=BY, reason="enquête", actor="cli")
    assert refusal(attempt(NEW, now=LATER + timedelta(minutes=1))).reason is Reason.SUSPENDED
    old = refusal(attempt(PASSWORD, now=LATER + timedelta(minutes=1)))
    assert (old.reason, old.exact) == (Reason.WRONG, Reason.SUSPENDED), "of the old password a stranger is told nothing"


def test_the_repair_ends_what_the_guard_announced_and_leaves_what_an_officer_did(zoe: Person) -> None:
    at = NOW + timedelta(days=2)
    announce_suspension(zoe.id, at, "unusual", {}, NOW, by=GUARD)
    assert announce_suspension(zoe.id, at, "enquête", {}, NOW, by=BY)
    assert let_go(zoe.id, LATER, by=OWNER)
    found = find_announced(zoe.id)
    assert found is not None
    assert not found.is_undoable
    unread = {each.code for each in list_notices(zoe.id, LATER) if each.seen_at is None}
    assert unread == {"suspension-announced"}, "nobody reads that they are free"
