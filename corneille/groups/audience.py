"""Whom addresses reach through lists: each person once, decided before anything is sent.

The relay delivers each queued address by itself, so a list never stands in the queue: `transport` asks here first.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corneille.groups import queries
from corneille.groups.decide import Reason
from corneille.groups.group import GroupShown, show
from corneille.groups.membership import find_members
from corneille.groups.models import Group
from corneille.groups.writer import find_decision
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.people.address import split_address
from corneille.people.addressee import Addressee, list_addressees


class ListRefused(Refusal):
    """This person may not write to this list, or nobody is on it; data["address"], data["reason"], data["page"]."""

    code = "list-refused"


@dataclass(frozen=True, slots=True)
class Reached:
    """The people whom one list adds to those whom the lists before it reach."""

    group: GroupShown
    people: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom lists reach.

    lists   by their order among the addresses
    rest    the addresses that are no lists
    digest  the same for the same lists with the same people on them, else another; "" without a list
    """

    lists: tuple[Reached, ...]
    rest: tuple[str, ...]
    digest: str

    @property
    def people(self) -> tuple[Addressee, ...]:
        return tuple(person for each in self.lists for person in each.people)


def find_audience(writer: AccountId | None, addresses: Sequence[str], now: datetime) -> Audience:
    """Whom a message of this writer reaches through lists; None: somebody from outside. Raises ListRefused."""
    rows = _find_rows(addresses)
    lists: list[Reached] = []
    known: set[AccountId] = set()
    for row in dict.fromkeys(rows.values()):
        decision = find_decision(writer, row, now)
        if not decision.may:
            raise _refuse(row, decision.reason)
        members = list_addressees(list(find_members(row.pk, now)), now)
        if not members:
            raise _refuse(row, Reason.NOBODY)
        lists.append(Reached(show(row), tuple(each for each in members if each.account not in known)))
        known.update(each.account for each in members)
    rest = tuple(each for each in addresses if each not in rows)
    return Audience(tuple(lists), rest, _digest(lists))


def find_list(address: str) -> int | None:
    """The number of the list that has this address, in force or not; None: it is none's."""
    return next((row.pk for row in _find_rows([address]).values()), None)


def _find_rows(addresses: Sequence[str]) -> dict[str, Group]:
    """The list of each address that is one."""
    parts = {each: split_address(each) for each in addresses}
    wanted = [each for each in parts.values() if each is not None]
    rows = {(row.local, row.domain): row for row in queries.list_at(wanted)}
    return {each: rows[part] for each, part in parts.items() if part in rows}


def _refuse(row: Group, reason: Reason) -> ListRefused:
    shown = show(row)
    return ListRefused(address=shown.address, reason=reason.value, page=shown.page)


def _digest(lists: Sequence[Reached]) -> str:
    if not lists:
        return ""
    told = [f"{each.group.id}:{','.join(str(person.account) for person in each.people)}" for each in lists]
    return hashlib.sha256(";".join(told).encode()).hexdigest()[:32]
