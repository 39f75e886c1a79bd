"""Positions: makes one, says what a function gives, takes it back, gives the position its last day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.today import today
from corneille.people import position_queries
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, PersonRefused, add_person
from corneille.people.models import Establishment, Position, PositionRule
from corneille.people.name import fold
from corneille.people.position_right import PositionRight, Term, choose_rights
from corneille.people.uai import parse_uai

NAME_CHARS = 60
FUNCTION_CHARS = 80


class PositionRefused(Refusal):
    """The position cannot be made or changed as given; data["reason"]: name, establishment, taken, local-part, function,
    rights, term, absent, there."""

    code = "position-refused"


@dataclass(frozen=True, slots=True)
class NewPosition:
    """A position to make; `local_part` "": its name and the code, « direction.0760095r »."""

    name: str
    uai: str
    from_on: date
    until_on: date | None = None
    local_part: str = ""


def add_position(new: NewPosition, now: datetime) -> AccountId:
    """Makes the account that the mail is of, which nobody signs in with, and its addresses; gives nobody anything yet.

    raises  PositionRefused: then nothing is written
    """
    name = new.name.strip()
    if not 0 < len(name) <= NAME_CHARS or not name.isprintable() or "/" in name:
        raise PositionRefused(reason="name")
    _check_term(Term(new.from_on, new.until_on))
    place = Establishment.objects.filter(uai=parse_uai(new.uai) or "").first()
    if place is None:
        raise PositionRefused(reason="establishment")
    if Position.objects.filter(establishment=place, name=name).exists():
        raise PositionRefused(reason="taken")
    local_part = new.local_part or f"{'-'.join(fold(name).split())}.{place.uai.lower()}"
    with transaction.atomic():
        try:
            person = add_person(
                NewPerson(AccountType.FUNCTIONAL, "", f"{name} {place.uai}", now, local_part=local_part)
            )
        except PersonRefused as refused:
            raise PositionRefused(reason="local-part") from refused
        Position.objects.create(
            account_id=person.id, establishment=place, name=name, from_on=new.from_on, until_on=new.until_on
        )
        journal.append("position-made", actor="cli", subject=person.id, data={"label": person.family_name}, now=now)
    return person.id


def give(position: AccountId, function: str, rights: Sequence[PositionRight], term: Term, now: datetime) -> None:
    """Says that who has this function there has these rights; what the function gave until then ends the day before.

    raises  PositionRefused: no such position, no right, a function too long, dates the wrong way round
    """
    row = position_queries.find_position(position)
    if row is None:
        raise PositionRefused(reason="absent")
    function = function.strip()
    if not 0 < len(function) <= FUNCTION_CHARS or not function.isprintable():
        raise PositionRefused(reason="function")
    if not rights:
        raise PositionRefused(reason="rights")
    _check_term(term)
    chosen = choose_rights(rights)
    told: dict[str, journal.Value] = {"function": function, "rights": ", ".join(sorted(chosen))}
    with transaction.atomic():
        _end(row, function, term.from_on - timedelta(days=1))
        PositionRule.objects.create(
            position=row, function=function, rights=" ".join(sorted(chosen)), from_on=term.from_on, until_on=term.until_on
        )
        journal.append("position-right-given", actor="cli", subject=position, data=told, now=now)


def take(position: AccountId, function: str, last_on: date | None, now: datetime) -> None:
    """Takes back what a function gives: `last_on` is its last day, None: it gives nothing from now on.

    raises  PositionRefused: no such position, or the function gives nothing
    """
    row = position_queries.find_position(position)
    if row is None:
        raise PositionRefused(reason="absent")
    with transaction.atomic():
        if not _end(row, function.strip(), last_on or today(now) - timedelta(days=1)):
            raise PositionRefused(reason="there")
        told: dict[str, journal.Value] = {"function": function.strip()}
        journal.append("position-right-taken", actor="cli", subject=position, data=told, now=now)


def end_position(position: AccountId, last_on: date, now: datetime) -> None:
    """Gives a position its last day; its mail stays, and who comes after finds it when the day is taken back.

    raises  PositionRefused
    """
    row = position_queries.find_position(position)
    if row is None:
        raise PositionRefused(reason="absent")
    _check_term(Term(row.from_on, last_on))
    with transaction.atomic():
        Position.objects.filter(pk=row.pk).update(until_on=last_on)
        journal.append("position-ended", actor="cli", subject=position, data={"until": last_on.isoformat()}, now=now)


def _end(row: Position, function: str, last_on: date) -> bool:
    """Ends the rules of a function that go on after a day; those that would begin later go."""
    rules = position_queries.list_rules(row.pk, function, last_on)
    later = rules.filter(from_on__gt=last_on)
    count = later.count() + rules.filter(from_on__lte=last_on).exclude(until_on=last_on).update(until_on=last_on)
    later.delete()
    return count > 0


def _check_term(term: Term) -> None:
    if term.until_on is not None and term.until_on < term.from_on:
        raise PositionRefused(reason="term")
