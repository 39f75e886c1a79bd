"""Signs somebody in, at whatever door: facts, one decision, one attempt row, durable before the answer.

Blocking (a hash, the database): doors call it through their bridge.
"""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime

from corneille.access import hasher, queries
from corneille.access.app_password import Proved, note_use, prove_app_password
from corneille.access.attempt_log import log
from corneille.access.decide import (
    MAIL_DOORS,
    Decision,
    Facts,
    Granted,
    NeedsFactor,
    Policy,
    Proof,
    Refused,
    count_allowed,
    decide,
)
from corneille.access.device import Known, find_device, renew_device
from corneille.access.hash_budget import Rank
from corneille.access.models import SignInAttempt, WrongSecret
from corneille.access.network import format_address, is_declared
from corneille.access.password_cache import cache
from corneille.access.reference import make_reference
from corneille.access.secret import encode_secret, is_sound
from corneille.access.settings import Access, current_policy
from corneille.access.wrong_secret import (
    Pair,
    digest_secret,
    hash_unknown,
    name_source,
    name_subject,
    under_check,
)
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Busy
from corneille.kernel.settings import of
from corneille.people.account_type import is_person
from corneille.people.find import Standing, find_standing


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try.

    door             "web", "imap", "submission", "dav"
    identifier       as typed: identifier, address or NUMEN
    network_address  of the person, never of our own caller
    device           the device cookie as it came
    program          what the program says of itself: User-Agent, IMAP ID, EHLO
    """

    door: str
    identifier: str = field(repr=False)
    secret: str = field(repr=False)
    network_address: str
    device: str | None = field(repr=False)
    program: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the door does next.

    account    only when granted
    reference  what a refused person reads to the support; also in the attempt row
    scopes     {"web"}, or what the app password (or the main password at a mail door) opens
    device     the device cookie to set, on the web
    """

    decision: Decision
    account: AccountId | None
    reference: str
    scopes: frozenset[str] = frozenset()
    device: str | None = field(default=None, repr=False)


@dataclass(slots=True)
class _Case:
    """What the guard has gathered about one try."""

    attempt: Attempt
    policy: Policy
    facts: Facts
    standing: Standing | None = None
    device: Known | None = None
    app_password: Proved | None = None
    pair: Pair | None = None
    argon2: str | None = None
    serial: int = 0
    digest: bytes = b""
    known_wrong: frozenset[bytes] = frozenset()
    wrong: WrongSecret | None = None


def sign_in(attempt: Attempt) -> Outcome:
    """Decides about one try and leaves its row; never raises for anything typed."""
    case = _Case(attempt, current_policy(), Facts(attempt.door, Proof.PENDING))
    with ExitStack() as held:  # the secret stays under check until its row is on disk
        decision = _judge(case, held)
        reference = make_reference()
        log.write(_format_row(case, decision, reference), case.wrong)
    if not isinstance(decision, Granted) or case.standing is None:
        return Outcome(decision, None, reference)
    scopes, device = _let_in(case)
    return Outcome(decision, case.standing.account, reference, scopes, device)


def _judge(case: _Case, held: ExitStack) -> Decision:
    attempt = case.attempt
    if not is_sound(attempt.identifier, attempt.secret):
        case.facts = replace(case.facts, is_input_sound=False)
        return decide(case.facts, case.policy, attempt.now)
    _gather(case, held)
    decision = decide(case.facts, case.policy, attempt.now)
    if not isinstance(decision, NeedsFactor):
        return decision
    _check_password(case)
    return decide(case.facts, case.policy, attempt.now)


def _gather(case: _Case, held: ExitStack) -> None:
    """Resolves who is meant before anything is counted, then reads what is known of this place."""
    attempt = case.attempt
    standing = case.standing = find_standing(attempt.identifier)
    if standing is not None:
        case.app_password = prove_app_password(standing.account, attempt.secret)
        case.device = find_device(attempt.device, standing.account, attempt.now)
        case.facts = replace(case.facts, is_known=True, is_person=is_person(standing.type), state=standing.state.value)
    if case.app_password is not None:
        case.facts = replace(
            case.facts,
            proof=Proof.APP_PASSWORD,
            scopes=case.app_password.scopes,
            is_app_password_revoked=case.app_password.is_revoked,
            app_password_expires_at=case.app_password.expires_at,
        )
        return
    if standing is not None:
        case.argon2, case.serial = queries.find_password(standing.account) or (None, 0)
    subject = name_subject(standing.account if standing else None, attempt.identifier)
    case.pair = Pair(subject, name_source(attempt.network_address, case.device.id if case.device else None))
    case.digest = digest_secret(subject, encode_secret(attempt.secret))
    before = held.enter_context(under_check.hold(case.pair, case.digest))
    counted = queries.list_wrong_secrets(subject, case.pair.source, case.serial, since=attempt.now - case.policy.memory)
    case.known_wrong = frozenset(digest for digest, _ in counted)
    wrong_at = tuple(at for _, at in counted)
    case.facts = replace(case.facts, is_known_device=case.device is not None, wrong_at=wrong_at)
    others = (before | case.known_wrong) - {case.digest}
    if len(others) >= count_allowed(wrong_at, case.policy, attempt.now):
        case.facts = replace(case.facts, is_busy=True)


def _check_password(case: _Case) -> None:
    """Finds out whether the secret is the main password, at the cost of one hash at most."""
    assert case.pair is not None
    if case.digest in case.known_wrong:  # a phone that repeats an old password costs nothing and counts once
        case.facts = replace(case.facts, proof=Proof.WRONG)
        return
    secret = encode_secret(case.attempt.secret)
    is_mail = case.attempt.door in MAIL_DOORS
    account = case.standing.account if case.standing else None
    if is_mail and account is not None and case.argon2 and cache.has(account, case.serial, secret):
        case.facts = replace(case.facts, proof=Proof.PASSWORD)
        return
    try:
        is_right = hasher.current().is_right(case.argon2, secret, _rank(case))
    except Busy:
        case.facts = replace(case.facts, is_busy=True)
        return
    if not is_right:
        case.facts = replace(case.facts, proof=Proof.WRONG)
        case.wrong = WrongSecret(
            subject=case.pair.subject,
            source=case.pair.source,
            digest=case.digest,
            serial=case.serial,
            at=case.attempt.now,
        )
        return
    case.facts = replace(case.facts, proof=Proof.PASSWORD)
    if is_mail and account is not None:
        cache.add(account, case.serial, secret, of(Access).password_cache_s)


def _rank(case: _Case) -> Rank:
    if case.standing is None:
        return Rank.STRANGER
    if case.device is not None:
        return Rank.KNOWN_DEVICE
    if is_declared(case.attempt.network_address, of(Access).declared_networks):
        return Rank.DECLARED_NETWORK
    return Rank.STRANGER


def _let_in(case: _Case) -> tuple[frozenset[str], str | None]:
    attempt, standing = case.attempt, case.standing
    assert standing is not None
    if case.app_password is not None:
        note_use(case.app_password, attempt.network_address, attempt.program, attempt.now)
        return case.app_password.scopes, None
    if attempt.door != "web":
        return frozenset({"imap", "smtp", "dav"}), None
    # Only here is the count forgotten: a mail program that signs in by itself every few minutes would
    # otherwise give whoever guesses behind the same NAT a fresh start each time.
    assert case.pair is not None
    queries.drop_wrong_secrets(case.pair.subject, case.pair.source)
    if case.argon2 is not None and hasher.current().is_outdated(case.argon2):
        queries.set_argon2(standing.account, case.serial, hasher.current().hash(encode_secret(attempt.secret)))
    cookie = renew_device(attempt.device, standing.account, case.device, attempt.program, attempt.now)
    return frozenset({"web"}), cookie


def _format_row(case: _Case, decision: Decision, reference: str) -> SignInAttempt:
    attempt = case.attempt
    is_input_sound = case.facts.is_input_sound
    match decision:
        case Granted():
            decided, reason = "granted", ""
        case NeedsFactor():
            decided, reason = "needs-factor", decision.why
        case Refused():
            decided, reason = "refused", decision.exact.value
    return SignInAttempt(
        at=attempt.now,
        reference=reference,
        account_id=case.standing.account if case.standing else None,
        unknown=hash_unknown(attempt.identifier) if case.standing is None and is_input_sound else "",
        door=attempt.door,
        network_address=format_address(attempt.network_address),
        program=_printable(attempt.program),
        device_id=case.device.id if case.device else None,
        method="" if case.facts.proof in {Proof.PENDING, Proof.WRONG} else case.facts.proof.value,
        decision=decided,
        reason=reason,
    )


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text[:200])
