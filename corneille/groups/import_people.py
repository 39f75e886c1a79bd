"""Brings people onto a list from a file: first what it says, then all of it in one go. It takes nobody out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from corneille.groups.entry import put_members
from corneille.groups.gate import keep_group, name_by
from corneille.groups.membership import find_members
from corneille.groups.read_people import Named
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import Person, find_account
from corneille.people.numen import parse_numen


class Wrong(StrEnum):
    """Why a line adds nobody."""

    UNKNOWN = "unknown"  # nobody has this identifier or address
    NUMEN = "numen"  # confidential: whose it is, a list's keeper has no need to learn
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
    """What would change; nothing does, but the journal says that so many were looked up. Raises Gone."""
    row = keep_group(by, number, now)
    plan = _plan(number, *_find_people(named), now)
    told: dict[str, journal.Value] = {"label": row.title, "list": row.pk, "count": len(plan.new) + len(plan.known)}
    journal.append("list-people-looked-up", actor=name_by(by), subject=by, data=told, now=now)
    return plan


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
        is_numen = parse_numen(each.typed) is not None
        person = None if is_numen else find_account(each.typed)
        wrong = Wrong.NUMEN if is_numen else _find_wrong(person, found)
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
