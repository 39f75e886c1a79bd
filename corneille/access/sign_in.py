"""Signs somebody in, at whatever door: facts, one decision, one attempt row, durable before the answer.

Blocking (a hash, the database): doors call it through their bridge.
"""

from contextlib import ExitStack
from dataclasses import replace

from corneille.access import hasher, queries
from corneille.access.app_password import note_use
from corneille.access.attempt import Attempt, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.connection import Hold
from corneille.access.decide import Decision, Granted, NeedsFactor, decide
from corneille.access.device import renew_device
from corneille.access.facts import MAIL_DOORS, Facts, Proof, SecondProof
from corneille.access.flood import is_flooded, refuse_flooded
from corneille.access.gather import NOBODY, Case, gather, gather_proved
from corneille.access.hash_budget import Rank
from corneille.access.network import format_address
from corneille.access.password_cache import cache
from corneille.access.program import describe_program
from corneille.access.recognise import recogniser, tell_old_password
from corneille.access.reference import make_reference
from corneille.access.secret import encode_secret, is_sound
from corneille.access.settings import Access, current_policy
from corneille.access.ticket import SECOND_STEP, make_ticket
from corneille.access.wrong_secret import name_source, name_subject
from corneille.kernel import outbox
from corneille.kernel.refusal import Busy
from corneille.kernel.settings import of


def sign_in(attempt: Attempt) -> Outcome:
    """Decides about one try and leaves its row; never raises for anything typed."""
    is_typed = is_sound(attempt.identifier, attempt.secret)
    if is_typed and is_flooded(attempt):
        return refuse_flooded([attempt])[0]
    case = Case(attempt, current_policy(), Facts(attempt.door, Proof.PENDING, is_input_sound=is_typed))
    with ExitStack() as held:  # the secret stays under check until its row is on disk
        decision = _judge(case, held)
        reference = make_reference()
        log.write(format_row(attempt, case.judged(decision, reference)), case.wrong)
    if not isinstance(decision, Granted) or case.account is None:
        _note_old_password(case)
        return Outcome(decision, None, reference, ticket=_make_ticket(case, decision))
    scopes, device = let_in(case)
    by = case.app_password.id if case.app_password else None
    hold = Hold(case.account, by, case.serial, attempt.door, format_address(attempt.network_address), attempt.now)
    return Outcome(decision, case.account, reference, scopes, device, hold=hold)


def _judge(case: Case, held: ExitStack) -> Decision:
    if case.facts.is_input_sound:
        gather(case, held)
    decision = decide(case.facts, case.policy, case.attempt.now)
    if case.facts.proof is not Proof.PENDING or not isinstance(decision, NeedsFactor):
        return decision
    _check_password(case)
    return _decide_checked(case)


def _decide_checked(case: Case) -> Decision:
    if case.facts.proof is Proof.PASSWORD:
        gather_proved(case)
    return decide(case.facts, case.policy, case.attempt.now)


def _check_password(case: Case) -> None:
    """Finds out whether the secret is the main password, at the cost of one hash at most."""
    if case.digest in case.former:
        case.facts = replace(case.facts, proof=Proof.OLD_PASSWORD)
        return
    if case.digest in case.known_wrong:  # a phone that repeats an old password costs nothing and counts once
        case.facts = replace(case.facts, proof=Proof.WRONG)
        return
    secret = encode_secret(case.attempt.secret)
    is_mail, account = case.attempt.door in MAIL_DOORS, case.account or NOBODY
    if is_mail and cache.has(account, case.serial, secret):
        case.facts = replace(case.facts, proof=Proof.PASSWORD)
        return
    try:
        is_right = hasher.current().is_right(case.argon2, secret, _rank(case))
    except Busy:
        case.facts = replace(case.facts, is_busy=True)
        return
    if not is_right:
        case.note_wrong()
        return
    case.facts = replace(case.facts, proof=Proof.PASSWORD)
    if is_mail:
        cache.add(account, case.serial, secret, of(Access).password_cache_s)


def _note_old_password(case: Case) -> None:
    """The password of before: its owner is told once where it is still used; one that is not known yet is compared."""
    if case.facts.proof is Proof.WRONG:
        recogniser.offer(case)
    if case.facts.proof is Proof.OLD_PASSWORD and case.account is not None:
        tell_old_password(case.account, case.serial, case.attempt)


def _rank(case: Case) -> Rank:
    """By what is known of the device and of the network, never by whether the identifier is somebody's."""
    if case.device is not None:
        return Rank.KNOWN_DEVICE
    return Rank.DECLARED_NETWORK if case.facts.is_declared_network else Rank.STRANGER


def _make_ticket(case: Case, decision: Decision) -> str | None:
    """With a right password, where a second proof is asked for."""
    if isinstance(decision, NeedsFactor) and case.facts.proof is Proof.PASSWORD and case.account is not None:
        return make_ticket(SECOND_STEP, case.account, case.serial, case.attempt.now)
    return None


def let_in(case: Case) -> tuple[frozenset[str], str | None]:
    """What opens for somebody who is granted, and the device cookie to set; on the web, typing errors are forgotten."""
    attempt, account = case.attempt, case.account
    assert account is not None
    if case.app_password is not None:
        used = case.app_password
        note_use(used.id, used.last_used_at, attempt.network_address, attempt.program, attempt.now)
        return case.app_password.scopes, None
    if attempt.door != "web":
        return frozenset({"imap", "smtp", "dav"}), None
    # Only here is the count forgotten: a mail program that signs in by itself every few minutes would
    # otherwise give whoever guesses behind the same NAT a fresh start each time.
    source = name_source(attempt.network_address, case.device.id if case.device else None)
    queries.drop_wrong_secrets(name_subject(account, ""), source)
    is_typed = case.facts.proof is Proof.PASSWORD and case.facts.factors.second is SecondProof.NONE
    if is_typed and case.argon2 is not None and hasher.current().is_outdated(case.argon2):
        queries.set_argon2(account, case.serial, hasher.current().hash(encode_secret(attempt.secret)))
    is_new = case.device is None and queries.has_device(account)
    cookie = renew_device(attempt.device, account, case.device, attempt.program, attempt.now)
    if is_new:  # the very first is the person's own
        told: dict[str, outbox.Told] = {
            "program": str(describe_program(attempt.program)), "network": attempt.network_address,
            "at": attempt.now.isoformat(),
        }  # fmt: skip
        outbox.add_notice(account, "new-device", told, attempt.now, key=f"new-device/{account}/{attempt.now.timestamp()}")
    return frozenset({"web"}), cookie
