"""SQL of positions."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from corneille.kernel.ids import AccountId
from corneille.people.models import Position, PositionRule
from corneille.people.position_right import PositionFacts, PositionRight, Term
from corneille.people.position_right import PositionRule as Rule


def list_positions(uais: Iterable[str] | None = None) -> list[Position]:
    """Those of these establishments, or all, by establishment and name; with their rules, in three statements at most."""
    rows = Position.objects.select_related("establishment", "account").prefetch_related("rules")
    if uais is not None:
        rows = rows.filter(establishment__uai__in=list(uais))
    return list(rows.order_by("establishment__name", "establishment__uai", "name"))


def find_position(account: AccountId) -> Position | None:
    """The position whose mail account this is."""
    rows = Position.objects.select_related("establishment", "account").prefetch_related("rules")
    return rows.filter(account_id=account).first()


def read_facts(row: Position) -> PositionFacts:
    """The position as `decide` reads it."""
    rules = tuple(
        Rule(each.function, frozenset(map(PositionRight, each.rights.split())), Term(each.from_on, each.until_on))
        for each in row.rules.all()
    )
    return PositionFacts(row.establishment.uai, Term(row.from_on, row.until_on), rules)


def list_rules(position: int, function: str, on: date) -> QuerySet[PositionRule]:
    """Rules of a function, as it is written, that are in force on a day or later."""
    rows = PositionRule.objects.filter(position_id=position, function=function)
    return rows.exclude(until_on__lt=on)
