"""The letter that unlocks: for who looks after an establishment, and has one of its people in front of them."""

from dataclasses import dataclass
from datetime import datetime

from corneille.access.disowned_letter import find_disowned_at
from corneille.access.factor import list_enrolled
from corneille.access.letter_code import LetterRefused
from corneille.access.recovery_contact import hide_address, is_settled, list_verified
from corneille.access.unlock import LOST, make_unlock_codes
from corneille.desk.letter import UNLOCKING, address_letter, draw_letters
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountType, is_person
from corneille.people.decide import Duty
from corneille.people.find import Person, find_account, find_birth_date, find_name
from corneille.people.scope import sees_wholly

BY_SERVER_ALONE = frozenset({AccountType.SUPPORT, AccountType.SECURITY, AccountType.DATA_PROTECTION})
"""Accounts that reach many others: an administrator of the server unlocks them (`corneille access unlock-letter`)."""
BY_SUPPORT_ALONE = frozenset({AccountType.HEAD, AccountType.INSPECTOR})
"""Accounts that decide about others of a school: none of them unlocks another."""
FACTOR_ALONE = ("factor",)


@dataclass(frozen=True, slots=True)
class ToUnlock:
    """Somebody who may be given a letter, and for what.

    losses       of `access/unlock.LOST`
    is_unborn    no birth date is known, beside which a code would let choose a password
    contacts     recovery contacts of theirs, hidden, that support alone passes over
    has_passkey  a passkey too
    disowned_at  when a letter was ended by a link in their own mailbox, lately: the next one stays
    """

    person: Person
    losses: tuple[str, ...]
    is_unborn: bool
    contacts: tuple[str, ...]
    has_passkey: bool
    disowned_at: datetime | None


def find_to_unlock(agent: AccountId, typed: str, now: datetime) -> ToUnlock:
    """Whom an identifier, address or NUMEN means, where this account looks after them today. Raises Gone.

    Who has a way of their own to a new password is given a letter for it by support alone, which knows that it is lost.
    """
    person, today = find_account(typed), now.date()
    if person is None or person.type in BY_SERVER_ALONE or not is_person(person.type):
        raise Gone(account=typed[:80])
    is_helped = sees_wholly(agent, person.id, Duty.HELP, today)
    is_looked_after = person.type not in BY_SUPPORT_ALONE and sees_wholly(agent, person.id, Duty.LOOK_AFTER, today)
    if not is_helped and not is_looked_after:
        raise Gone(account=typed[:80])
    is_unborn = find_birth_date(person.id) is None
    settled = [each for each in list_verified(person.id) if is_settled(person.id, each.id, now)]
    contacts = () if is_helped else tuple(hide_address(each.address) for each in settled)
    has_passkey = not is_helped and "webauthn" in list_enrolled(person.id)
    losses = FACTOR_ALONE if is_unborn or contacts or has_passkey else tuple(LOST)
    return ToUnlock(person, losses, is_unborn, contacts, has_passkey, find_disowned_at(person.id, now))


def make_unlock_letter(agent: AccountId, found: ToUnlock, lost: str, way: str, now: datetime) -> bytes:
    """The PDF for somebody whom `find_to_unlock` has given; the person is told at once. Raises LetterRefused.

    lost, way  what was lost, and how the person was recognised (`access/unlock`)
    """
    if lost not in found.losses:
        raise LetterRefused(reason="no-birth-date" if found.is_unborn else "own-way")
    return draw_unlock_letter(found.person, lost, way, now, by=find_name(agent), actor=name_actor(agent))


def draw_unlock_letter(person: Person, lost: str, way: str, now: datetime, *, by: str, actor: str) -> bytes:
    """The same for who answers for it themselves."""
    drawn = make_unlock_codes(person.id, lost, way, now, by=by, actor=actor)
    return draw_letters([address_letter(person, drawn.codes, drawn.until)], UNLOCKING[drawn.lost])
