"""The second proof: what follows a right password where one is asked for. Everything is read again: it may have changed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from corneille.access import queries
from corneille.access.assertion import check_assertion, offer_assertion
from corneille.access.attempt import Attempt, Judged, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.decide import Granted, NeedsFactor, decide
from corneille.access.device import find_device, note_second_proof
from corneille.access.factor import prove_factor
from corneille.access.facts import Counted, Proof, SecondProof
from corneille.access.gather import Case, open_case
from corneille.access.models import WrongSecret
from corneille.access.network import format_address
from corneille.access.one_time_code import SECOND, use_code
from corneille.access.reference import make_reference
from corneille.access.secret import encode_secret
from corneille.access.sent_code import Asker, send_code_asked
from corneille.access.sign_in import let_in
from corneille.access.ticket import SECOND_STEP, read_ticket
from corneille.access.totp import STEP_S
from corneille.access.wrong_secret import TOTP, digest_secret, name_second, name_source
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId

TICKET_LASTS = timedelta(minutes=10)
CODE_LASTS = timedelta(minutes=15)
CODED = (SECOND, "support-code")
SECOND_OF = {
    Proof.PASSKEY: SecondProof.RIGHT,
    Proof.PASSKEY_LATE: SecondProof.LATE,
    Proof.PASSKEY_WRONG: SecondProof.WRONG_KEY,
    Proof.PASSKEY_UNKNOWN: SecondProof.WRONG_KEY,
}
TYPED_LENGTH = 100


class Turns:
    """One lock for each account that somebody is proving a second time; forgotten when nobody waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[AccountId, tuple[threading.Lock, int]] = {}

    @contextmanager
    def take(self, account: AccountId) -> Iterator[None]:
        with self._lock:
            turn, count = self._held.get(account, (threading.Lock(), 0))
            self._held[account] = (turn, count + 1)
        try:
            with turn:
                yield
        finally:
            with self._lock:
                count = self._held[account][1] - 1
                if count:
                    self._held[account] = (turn, count)
                else:
                    del self._held[account]


turns = Turns()
"""This process's."""


def prove_second(ticket: str, kind: str, attempt: Attempt) -> Outcome | None:
    """Decides about one second proof (`attempt.secret`); None: the ticket is good no more, the password comes first.

    attempt  from the same door; its identifier is not read
    """
    account = read_ticket(SECOND_STEP, ticket, attempt.now, TICKET_LASTS)
    if account is None:
        return None
    with turns.take(account):  # one at a time: a hundred codes at one instant must not all be looked at before one counts
        return _prove_in_turn(account, ticket, kind, attempt)


def _prove_in_turn(account: AccountId, ticket: str, kind: str, attempt: Attempt) -> Outcome | None:
    case = _open_case(account, attempt)
    if case is None:
        return None
    case.facts = replace(
        case.facts, factors=replace(case.facts.factors, second=SecondProof.PENDING, second_kind=kind),
        counted=_find_counted(case, account, kind),
    )  # fmt: skip
    decision, is_wrong = decide(case.facts, case.policy, attempt.now), False
    if isinstance(decision, NeedsFactor) and kind in decision.kinds:
        proof = _prove(account, kind, attempt)
        case.facts = replace(case.facts, factors=replace(case.facts.factors, second=proof))
        is_wrong = proof is not SecondProof.RIGHT
        if is_wrong and kind != "webauthn":  # nobody guesses a key
            _count(case, account, kind)
        decision = decide(case.facts, case.policy, attempt.now)
    reference = make_reference()
    device = case.device.id if case.device else None
    log.write(format_row(attempt, Judged(decision, reference, kind, account, device=device)), case.wrong)
    if not isinstance(decision, Granted):
        if is_wrong:  # the password was right: somebody has it, and it may not be the owner
            told: dict[str, outbox.Told] = {"at": attempt.now.isoformat(), "network": attempt.network_address}
            hour = int(attempt.now.timestamp() // 3600)  # once an hour: nobody floods a person's other mailbox
            outbox.add_notice(account, "wrong-factor", told, attempt.now, key=f"wrong-factor/{account}/{hour}")
        return Outcome(decision, None, reference, ticket=ticket)
    scopes, cookie = let_in(case)
    if cookie is not None:
        note_second_proof(cookie, account, attempt.now)
    return Outcome(decision, account, reference, scopes, cookie)


def offer_second_key(ticket: str, attempt: Attempt) -> str | None:
    """What the browser needs to ask for one of the person's passkeys or keys, as JSON; None: there is none to ask for."""
    account = read_ticket(SECOND_STEP, ticket, attempt.now, TICKET_LASTS)
    if account is None:
        return None
    return offer_assertion(attempt.origin, name_purpose(account), attempt.now, owner=account)


def name_purpose(account: AccountId) -> str:
    """What a challenge of the second step is for."""
    return f"second-step/{account}"


def send_second_code(ticket: str, attempt: Attempt) -> bool:
    """Sends a code to the recovery contacts, within bounds (`access/sent_code`). False: the ticket is good no more."""
    account = read_ticket(SECOND_STEP, ticket, attempt.now, TICKET_LASTS)
    if account is None:
        return False
    device = find_device(attempt.device, account, attempt.now)
    asker = Asker(format_address(attempt.network_address), device is not None, attempt.now)
    send_code_asked(account, SECOND, "second-code", asker, attempt.now, CODE_LASTS)
    return True


def _open_case(account: AccountId, attempt: Attempt) -> Case | None:
    case = open_case(account, attempt, Proof.PASSWORD)
    if case is None or case.argon2 is None:
        return None
    # Why a second proof is asked may have been an attack, which the account's counter tells, not the case.
    case.facts = replace(case.facts, counted=replace(case.facts.counted, account_count=case.policy.account_after))
    return case


def _prove(account: AccountId, kind: str, attempt: Attempt) -> SecondProof:
    if kind == "webauthn":
        asserted = check_assertion(attempt.origin, name_purpose(account), attempt.secret, attempt.now, owner=account)
        return SECOND_OF[asserted.proof]
    typed = attempt.secret[:TYPED_LENGTH]
    if kind in CODED:
        is_right = use_code(account, kind, typed, attempt.now, costs_try=False)
        return SecondProof.RIGHT if is_right else SecondProof.WRONG
    return prove_factor(account, kind, typed, attempt.now)


def _find_counted(case: Case, account: AccountId, kind: str) -> Counted:
    """The wrong second proofs of this kind, here and everywhere but on known devices."""
    failed = queries.list_wrong_seconds(name_second(account, kind), since=case.attempt.now - case.policy.memory)
    here = _name_source(case)
    return replace(
        case.facts.counted,
        factor=[at for source, at in failed if source == here],
        factor_everywhere=[at for source, at in failed if source.startswith("n")],
    )


def _count(case: Case, account: AccountId, kind: str) -> None:
    """Six digits are right or wrong for half a minute: the same ones later are another guess."""
    subject, now = name_second(account, kind), case.attempt.now
    typed = case.attempt.secret[:TYPED_LENGTH]
    guess = f"{int(now.timestamp()) // STEP_S} {typed}" if kind == TOTP else typed
    digest = digest_secret(subject, encode_secret(guess))
    case.wrong = WrongSecret(subject=subject, source=_name_source(case), digest=digest, serial=0, at=now)


def _name_source(case: Case) -> str:
    return name_source(case.attempt.network_address, case.device.id if case.device else None)
