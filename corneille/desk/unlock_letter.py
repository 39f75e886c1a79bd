"""The letter that unlocks: for who looks after an establishment, and has one of its people in front of them."""

from datetime import datetime

from corneille.access.unlock import CODE_LASTS, make_unlock_codes
from corneille.desk.letter import UNLOCKING, address_letter, draw_letters
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountType
from corneille.people.decide import Duty
from corneille.people.find import Person, find_account, find_name
from corneille.people.scope import sees

BY_SERVER_ALONE = frozenset({AccountType.SUPPORT, AccountType.SECURITY, AccountType.DATA_PROTECTION})
"""Accounts that reach many others: an administrator of the server unlocks them (`corneille access unlock-letter`)."""


def find_to_unlock(agent: AccountId, typed: str, now: datetime) -> Person:
    """Whom an identifier, address or NUMEN means, where this account looks after them today. Raises Gone."""
    person = find_account(typed)
    if person is None or person.type in BY_SERVER_ALONE or not sees(agent, person.id, Duty.LOOK_AFTER, now.date()):
        raise Gone(account=typed[:80])
    return person


def make_unlock_letter(agent: AccountId, person: Person, lost: str, way: str, now: datetime) -> bytes:
    """The PDF for somebody whom `find_to_unlock` has given; the person is told at once.

    lost, way  what was lost, and how the person was recognised (`access/unlock`)
    """
    return draw_unlock_letter(person, lost, way, now, by=find_name(agent), actor=name_actor(agent))


def draw_unlock_letter(person: Person, lost: str, way: str, now: datetime, *, by: str, actor: str) -> bytes:
    """The same for who answers for it themselves."""
    codes = make_unlock_codes(person.id, lost, way, now, by=by, actor=actor)
    return draw_letters([address_letter(person, codes, now + CODE_LASTS)], UNLOCKING[lost])
