"""A forgotten password: a code goes to every verified recovery contact, and with it a new password may be chosen.

Asking writes the same row and takes the same time whether the identifier is anybody's; the codes are made afterwards, by
upkeep. The code is a proof of identity like any other: it goes through the guard (door "reset") and leaves an attempt
row. A new password unlocks at once.
"""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Outcome
from corneille.access.code_door import prove_code
from corneille.access.decide import Granted
from corneille.access.factor import prove_factor
from corneille.access.facts import Proof, SecondProof
from corneille.access.gather import NOBODY, Case
from corneille.access.letter_code import read_letter_ticket
from corneille.access.models import ResetAsked
from corneille.access.one_time_code import UNLOCK, use_code
from corneille.access.passkey_sign_in import judge_passkey
from corneille.access.password import set_password
from corneille.access.recovery_contact import send_to_contacts
from corneille.access.secret import is_sound
from corneille.access.ticket import make_ticket, read_ticket
from corneille.kernel import journal, outbox, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import find_standing, find_standing_of

PURPOSE = "reset"
TOPIC = "access/reset"
CODE_LASTS = timedelta(minutes=30)
TICKET_LASTS = timedelta(minutes=15)


def ask_reset(identifier: str, now: datetime) -> None:
    """Notes that somebody asked; says nothing about whether the identifier is anybody's."""
    standing = find_standing(identifier) if is_sound(identifier, "-") else None
    ResetAsked.objects.create(account=standing.account if standing else None, asked_at=now)
    if wake.is_installed():
        wake.current().send(TOPIC)


def answer_resets(now: datetime) -> int:
    """Makes and sends the codes that were asked for; gives how many accounts were answered."""
    count = 0
    for row in list(ResetAsked.objects.order_by("pk")[:500]):
        with transaction.atomic():
            if ResetAsked.objects.filter(pk=row.pk).delete()[0] and row.account is not None:
                count += _send_codes(AccountId(row.account), now)
    return count


def prove_reset(attempt: Attempt) -> Outcome:
    """Takes the code that arrived at a contact (`attempt.secret`); granted, `ticket` lets one choose a password."""
    return prove_code(attempt, lambda _account: PURPOSE, _check)


def prove_reset_by_passkey(attempt: Attempt) -> Outcome:
    """Takes a passkey's answer (`attempt.secret`) in the place of a code; granted, `ticket` is the same."""
    case, decision, reference = judge_passkey(attempt)
    if not isinstance(decision, Granted) or case.account is None:
        return Outcome(decision, None, reference)
    ticket = make_ticket(PURPOSE, case.account, case.serial, attempt.now)
    return Outcome(decision, case.account, reference, ticket=ticket)


def finish_reset(ticket: str, new: str, now: datetime) -> AccountId:
    """Sets the new password and tells every contact. Raises Gone (too late, or a letter withdrawn), PasswordRefused."""
    read = _read(ticket, now)
    if read is None:
        raise Gone(ticket="reset")
    account, is_letter = read
    set_password(account, new, now, still=lambda: _read(ticket, now) is not None)
    data: dict[str, journal.Value] = {"way": "letter"} if is_letter else {}
    notice = "password-reset-by-letter" if is_letter else "password-reset"
    journal.append("password-reset", actor=name_actor(account), subject=account, data=data, now=now)
    outbox.add_notice(account, notice, {}, now, key=f"password-reset/{account}/{now.timestamp()}")
    return account


def _read(ticket: str, now: datetime) -> tuple[AccountId, bool] | None:
    """Whose it is, and whether a letter gave it; None: it is good no more."""
    account = read_ticket(PURPOSE, ticket, now, TICKET_LASTS)
    by_letter = read_letter_ticket(UNLOCK, ticket, now, TICKET_LASTS) if account is None else None
    found = account if by_letter is None else by_letter
    return None if found is None else (found, by_letter is not None)


def _check(case: Case) -> Proof:
    """A code that was sent, or one of the person's recovery codes: both are looked for, whoever is meant."""
    account, typed, now = case.account or NOBODY, case.attempt.secret, case.attempt.now
    is_sent = use_code(account, PURPOSE, typed, now)
    is_right = is_sent or prove_factor(account, "recovery-code", typed, now) is SecondProof.RIGHT
    return Proof.RECOVERY if is_right else Proof.WRONG


def _send_codes(account: AccountId, now: datetime) -> int:
    standing = find_standing_of(account)
    if standing is None or standing.state is not AccountState.ACTIVE or not is_person(standing.type):
        return 0
    return int(send_to_contacts(account, PURPOSE, "reset-code", now, CODE_LASTS))
