"""Activation of a new account: NUMEN or identifier, birth date, and a code that the establishment hands over on paper.

The NUMEN is known to too many to be a secret: it only says who is meant. The code is good once, for sixty days, and is
used up when the password is set, so that who is interrupted begins again with the same letter.
"""

import hmac
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Judged, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.decide import Granted, NeedsFactor, decide
from corneille.access.facts import Facts, Proof
from corneille.access.gather import NOBODY, Case, gather
from corneille.access.models import WrongSecret
from corneille.access.one_time_code import is_code, make_code, spend_code
from corneille.access.password import set_password
from corneille.access.reference import make_reference
from corneille.access.secret import is_sound
from corneille.access.settings import current_policy
from corneille.access.ticket import make_ticket, read_ticket
from corneille.access.wrong_secret import hash_unknown
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState
from corneille.people.find import find_guessable, find_state
from corneille.people.state import set_state

DOOR = "activation"
PURPOSE = "activation"
CODE_LASTS = timedelta(days=60)
CODE_TRIES = 20
"""More than for codes on a screen: a letter is typed with errors, and the pair is slowed after five anyway."""
TICKET_LASTS = timedelta(hours=1)


def make_activation_code(account: AccountId, now: datetime, *, actor: str) -> str:
    """Draws the code of a new letter; the letter before is good no more. Raises Gone unless the account waits for it."""
    if find_state(account) is not AccountState.TO_ACTIVATE:
        raise Gone(account=account)
    with transaction.atomic():
        code = make_code(account, PURPOSE, now, CODE_LASTS, tries=CODE_TRIES)
        journal.append("activation-code-made", actor=actor, subject=account, data={}, now=now)
    return code


def prove_activation(attempt: Attempt, birth_on: date | None) -> Outcome:
    """Judges NUMEN, birth date and code (`attempt.secret`); granted, `ticket` lets its holder choose a password."""
    case = Case(attempt, current_policy(), Facts(DOOR, Proof.PENDING))
    with ExitStack() as held:
        if not is_sound(attempt.identifier, attempt.secret):
            case.facts = replace(case.facts, is_input_sound=False)
        else:
            gather(case, held)
            if isinstance(decide(case.facts, case.policy, attempt.now), NeedsFactor):
                _check(case, birth_on)
        decision = decide(case.facts, case.policy, attempt.now)
        reference = make_reference()
        unknown = hash_unknown(attempt.identifier) if case.standing is None and case.facts.is_input_sound else ""
        method = case.facts.proof.value if case.facts.proof is Proof.RECOVERY else ""
        log.write(format_row(attempt, Judged(decision, reference, method, case.account, unknown)), case.wrong)
    if not isinstance(decision, Granted) or case.account is None:
        return Outcome(decision, None, reference)
    return Outcome(decision, case.account, reference, ticket=make_ticket(PURPOSE, case.account, case.serial, attempt.now))


def find_activating(ticket: str, now: datetime) -> AccountId | None:
    """Whose ticket it is, while it is good."""
    return read_ticket(PURPOSE, ticket, now, TICKET_LASTS)


def finish_activation(ticket: str, new: str, now: datetime) -> AccountId:
    """Sets the first password, uses the code up and makes the account active. Raises Gone, PasswordRefused."""
    account = find_activating(ticket, now)
    if account is None or find_state(account) is not AccountState.TO_ACTIVATE:
        raise Gone(ticket="activation")
    set_password(account, new, now)
    with transaction.atomic():
        spend_code(account, PURPOSE, now)
        set_state(account, AccountState.ACTIVE)
        journal.append("activated", actor=name_actor(account), subject=account, data={}, now=now)
    return account


def _check(case: Case, birth_on: date | None) -> None:
    assert case.pair is not None
    attempt, account = case.attempt, case.account or NOBODY
    born = find_guessable(account).birth_on
    is_born = hmac.compare_digest(str(born or "-").encode(), str(birth_on or "+").encode())
    found = is_code(account, PURPOSE, attempt.secret, attempt.now)
    if is_born and found != "wrong":
        case.facts = replace(case.facts, proof=Proof.RECOVERY if found == "good" else Proof.SPENT_CODE)
        return
    case.facts = replace(case.facts, proof=Proof.WRONG)
    case.wrong = WrongSecret(
        subject=case.pair.subject, source=case.pair.source, digest=case.digest, serial=case.serial, at=attempt.now
    )
