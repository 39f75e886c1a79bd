"""The gate: no list is seen or changed but through here. « Not yours » and « not there » read alike."""

from dataclasses import dataclass
from datetime import date, datetime, time

from corneille.groups import queries
from corneille.groups.decide import Decision, Origin, is_in_force
from corneille.groups.group import GroupShown, here, show
from corneille.groups.membership import find_members, list_own
from corneille.groups.models import Group
from corneille.groups.writer import find_decision, keeps, list_owned_uais, owns
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.addressee import Addressee, list_addressees
from corneille.people.find import find_name

COMMAND = "cli"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a list, by what; `person.address` is "" where they have no mail here any more."""

    person: Addressee
    origin: Origin


@dataclass(frozen=True, slots=True)
class GroupOpen:
    """A list as one person has it today."""

    group: GroupShown
    decision: Decision
    is_member: bool
    keeps: bool


def get_group(number: int) -> GroupShown:
    """A list, for the operator. Raises Gone."""
    return show(_need(number))


def list_all() -> list[GroupShown]:
    """All of them, for the operator, by address."""
    return [show(row) for row in queries.list_all()]


def open_group(account: AccountId, number: int, now: datetime) -> GroupOpen:
    """A list that this person is on, directs, or may write to. Raises Gone."""
    row = _need(number)
    opened = _open(account, row, now)
    if opened.is_member or opened.decision.may or owns(account, row, now):
        return opened
    raise Gone(group=number)


def list_opened(account: AccountId, now: datetime) -> list[GroupOpen]:
    """« Mes listes »: those in force that this person is on, and all those of the establishments that they direct."""
    rows = queries.list_all()
    uais = list_owned_uais(account, now)
    own = {row.pk for row in list_own(account, rows, now)}
    wanted = [row for row in rows if row.pk in own or row.uai in uais]
    return sorted((_open(account, row, now) for row in wanted), key=lambda each: (each.group.title, each.group.id))


def list_of_establishment(uai: str, now: datetime) -> list[GroupShown]:
    """Its lists that stand today, by title, for who has been found to direct it."""
    return [each for row in queries.list_of(uai) if is_standing(each := show(row), now)]


def list_members(group: GroupShown, now: datetime, on: date | None = None) -> list[Member]:
    """Who is on a list now, or was at the end of a day, by family name."""
    at = now if on is None else datetime.combine(on, time.max, here(now).tzinfo)
    members = find_members(group.id, at)
    people = list_addressees(list(members), now)
    reached = {each.account for each in people}
    people += [Addressee(each, find_name(each), "") for each in members if each not in reached]
    return [Member(each, members[each.account]) for each in people]


def list_inner(group: GroupShown, now: datetime) -> list[GroupShown]:
    """The lists that are on a list now."""
    return [show(row) for row in queries.list_groups(queries.list_inner(now).get(group.id, []))]


def keep_group(by: AccountId | None, number: int, now: datetime) -> Group:
    """The list that this person may change; None: the operator, who may change all. Raises Gone."""
    row = _need(number)
    if by is not None and not keeps(by, row, now):
        raise Gone(group=number)
    return row


def name_by(by: AccountId | None) -> str:
    """How the journal names who changed a list."""
    return COMMAND if by is None else journal.name_actor(by)


def is_standing(group: GroupShown, now: datetime) -> bool:
    """Whether the list is in force today."""
    return is_in_force(group.term, here(now).date())


def _need(number: int) -> Group:
    row = queries.find_group(number)
    if row is None:
        raise Gone(group=number)
    return row


def _open(account: AccountId, row: Group, now: datetime) -> GroupOpen:
    is_member = bool(list_own(account, [row], now))
    return GroupOpen(show(row), find_decision(account, row, now), is_member, keeps(account, row, now))
