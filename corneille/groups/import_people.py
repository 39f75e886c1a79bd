"""Brings people onto a list from a file: first what it says, then all of it in one go. It takes nobody out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from corneille.groups.entry import put_members
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
    return _plan(number, *_find_people(named), now)


def import_people(number: int, named: Sequence[Named], now: datetime, *, by: AccountId | None) -> Plan:
    """Puts them on the list, all or nobody; gives what was done. Raises Gone."""
    keep_group(by, number, now)
    found, faults = _find_people(named)  # takes longest, so it comes before the transaction, which lets nobody else write
    with transaction.atomic():
        plan = _plan(number, found, faults, now)
        put_members(number, [each.id for each in plan.new], now, by=by)
    return plan


def _find_people(named: Sequence[Named]) -> tuple[list[Person], list[Fault]]:
    found: dict[AccountId, Person] = {}
    faults = []
    for each in named:
        person = find_account(each.typed)
        wrong = _find_wrong(person, found)
        if wrong is not None or person is None:
            faults.append(Fault(each, wrong or Wrong.UNKNOWN))
        else:
            found[person.id] = person
    return list(found.values()), faults


def _plan(number: int, found: Sequence[Person], faults: Sequence[Fault], now: datetime) -> Plan:
    members = find_members(number, now)
    new, known = (tuple(each for each in found if (each.id in members) is on_it) for on_it in (False, True))
    return Plan(new, known, tuple(faults))


def _find_wrong(person: Person | None, found: dict[AccountId, Person]) -> Wrong | None:
    if person is None:
        return Wrong.UNKNOWN
    if not is_person(person.type):
        return Wrong.NOT_A_PERSON
    if person.state is AccountState.ENDED:
        return Wrong.ENDED
    return Wrong.TWICE if person.id in found else None
