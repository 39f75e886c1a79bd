"""Activation of a new account: NUMEN or identifier, birth date, and a code that the establishment hands over on paper.

The NUMEN is known to too many to be a secret: it only says who is meant. The code is good once, for sixty days, and is
used up when the password is set, so that who is interrupted begins again with the same letter.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Outcome
from corneille.access.letter_code import TRIES, find_letter_end, prove_letter, read_letter_ticket, refuse_unprovable
from corneille.access.one_time_code import list_made, make_code, spend_code
from corneille.access.password import set_password
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import find_standing_of, find_state
from corneille.people.state import set_state

PURPOSE = "activation"
CODE_LASTS = timedelta(days=60)
TICKET_LASTS = timedelta(hours=1)


def make_activation_code(account: AccountId, now: datetime, *, actor: str) -> str:
    """Draws the code of a new letter; the letter before is good no more. Raises LetterRefused.

    Raises Gone unless the account is a person's and waits for it.
    """
    standing = find_standing_of(account)
    if standing is None or standing.state is not AccountState.TO_ACTIVATE or not is_person(standing.type):
        raise Gone(account=account)
    refuse_unprovable(account)
    with transaction.atomic():
        code = make_code(account, PURPOSE, now, find_letter_end(now, CODE_LASTS) - now, tries=TRIES)
        journal.append("activation-code-made", actor=actor, subject=account, data={}, now=now)
    return code


def find_letter_dates(accounts: Sequence[AccountId]) -> dict[AccountId, datetime]:
    """When the letter that is good now was made, for those who have one."""
    return list_made(accounts, PURPOSE)


def prove_activation(attempt: Attempt, birth_on: date | None) -> Outcome:
    """Judges NUMEN, birth date and code (`attempt.secret`); granted, `ticket` lets its holder choose a password."""
    return prove_letter(attempt, PURPOSE, birth_on)


def find_activating(ticket: str, now: datetime) -> AccountId | None:
    """Whose ticket it is, while it is good."""
    return read_letter_ticket(PURPOSE, ticket, now, TICKET_LASTS)


def finish_activation(ticket: str, new: str, now: datetime) -> AccountId:
    """Sets the first password, uses the code up and makes the account active. Raises Gone, PasswordRefused."""
    account = find_activating(ticket, now)
    if account is None or find_state(account) is not AccountState.TO_ACTIVATE:
        raise Gone(ticket="activation")
    set_password(account, new, now, still=lambda: find_activating(ticket, now) is not None)
    with transaction.atomic():
        spend_code(account, PURPOSE, now)
        set_state(account, AccountState.ACTIVE)
        journal.append("activated", actor=name_actor(account), subject=account, data={}, now=now)
    return account
