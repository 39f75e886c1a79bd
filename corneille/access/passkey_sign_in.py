"""Signing in with a passkey alone: two factors in one, which nobody guesses, and which no counter of failures refuses."""

from corneille.access import queries
from corneille.access.assertion import check_assertion, offer_assertion
from corneille.access.attempt import Attempt, Judged, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.decide import Decision, Granted, decide
from corneille.access.device import note_second_proof
from corneille.access.facts import Facts
from corneille.access.gather import Case, open_case
from corneille.access.reference import make_reference
from corneille.access.settings import current_policy
from corneille.access.sign_in import let_in
from corneille.access.wrong_secret import name_seconds, name_source
from corneille.kernel.ids import AccountId


def offer_sign_in(attempt: Attempt, owner: AccountId | None = None) -> str | None:
    """What the browser needs to ask for a passkey at this door, as JSON; None where there is none to ask for."""
    return offer_assertion(attempt.origin, _name_purpose(attempt, owner), attempt.now, owner=owner)


def sign_in_with_passkey(attempt: Attempt) -> Outcome:
    """Decides about one answer (`attempt.secret`) on the sign-in page and leaves its row; never raises for an answer."""
    case, decision, reference = judge_passkey(attempt)
    if not isinstance(decision, Granted) or case.account is None:
        return Outcome(decision, None, reference)
    # Second proofs are no longer slowed here; what is wrong in other places goes on counting there, or whoever guesses
    # would be given a fresh start each time the owner comes in.
    source = name_source(attempt.network_address, case.device.id if case.device else None)
    for subject in name_seconds(case.account):
        queries.drop_wrong_secrets(subject, source)
    scopes, cookie = let_in(case)
    if cookie is not None:
        note_second_proof(cookie, case.account, attempt.now)
    return Outcome(decision, case.account, reference, scopes, cookie)


def confirm_with_passkey(attempt: Attempt, owner: AccountId) -> Outcome:
    """The same for somebody who is signed in and proves it again, with a passkey of their own."""
    case, decision, reference = judge_passkey(attempt, owner)
    return Outcome(decision, case.account if isinstance(decision, Granted) else None, reference)


def judge_passkey(attempt: Attempt, owner: AccountId | None = None) -> tuple[Case, Decision, str]:
    """What is decided, with the row on disk, and its reference code."""
    asserted = check_assertion(
        attempt.origin, _name_purpose(attempt, owner), attempt.secret, attempt.now, owner=owner
    )
    known = open_case(asserted.account, attempt, asserted.proof) if asserted.account is not None else None
    case = known or Case(attempt, current_policy(), Facts(attempt.door, asserted.proof))
    decision, reference = decide(case.facts, case.policy, attempt.now), make_reference()
    log.write(format_row(attempt, _judged(case, decision, reference)), None)
    return case, decision, reference


def _judged(case: Case, decision: Decision, reference: str) -> Judged:
    """Nothing was typed: there is no name to keep of a passkey that is nobody's."""
    if case.standing is not None:
        return case.judged(decision, reference)
    return Judged(decision, reference, method="")


def _name_purpose(attempt: Attempt, owner: AccountId | None) -> str:
    return attempt.door if owner is None else f"{attempt.door}/{owner}"
