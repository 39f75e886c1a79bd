"""Brings people onto a list from a file: first what it says, then all of it in one go. It takes nobody out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from corneille.groups.entry import put_member
from corneille.groups.gate import keep_group
from corneille.groups.membership import find_members
from corneille.groups.read_people import Named
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import Person, find_account


class Wrong(StrEnum):
    """Why a line adds nobody."""

    UNKNOWN = "unknown"  # nobody has this identifier or address
    NOT_A_PERSON = "not-a-person"  # the mailbox of a position
    ENDED = "ended"
    TWICE = "twice"  # a line before names the same person


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that adds nobody."""

    named: Named
    wrong: Wrong


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change, or has changed: who comes onto the list, who is on it already, which lines are left out."""

    new: tuple[Person, ...]
    known: tuple[Person, ...]
    faults: tuple[Fault, ...]


def plan_people(number: int, named: Sequence[Named], now: datetime, *, by: AccountId | None) -> Plan:
    """What would change; nothing does. Raises Gone."""
    keep_group(by, number, now)
    members = find_members(number, now)
    found: dict[AccountId, Person] = {}
    faults = []
    for each in named:
        person = find_account(each.typed)
        wrong = _find_wrong(person, found)
        if wrong is not None or person is None:
            faults.append(Fault(each, wrong or Wrong.UNKNOWN))
        else:
            found[person.id] = person
    new = tuple(each for each in found.values() if each.id not in members)
    return Plan(new, tuple(each for each in found.values() if each.id in members), tuple(faults))


def import_people(number: int, named: Sequence[Named], now: datetime, *, by: AccountId | None) -> Plan:
    """Puts them on the list, all or nobody; gives what was done. Raises Gone."""
    with transaction.atomic():
        plan = plan_people(number, named, now, by=by)
        for person in plan.new:
            put_member(number, person.id, now, by=by)
    return plan


def _find_wrong(person: Person | None, found: dict[AccountId, Person]) -> Wrong | None:
    if person is None:
        return Wrong.UNKNOWN
    if not is_person(person.type):
        return Wrong.NOT_A_PERSON
    if person.state is AccountState.ENDED:
        return Wrong.ENDED
    return Wrong.TWICE if person.id in found else None
