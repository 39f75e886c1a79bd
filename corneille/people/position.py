"""Positions, and what each person may do with their mail today. Asked anew each time: a date passes without a word."""

from dataclasses import dataclass
from datetime import date, datetime

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.people import position_queries, queries
from corneille.people.assignment import list_posts
from corneille.people.find import find_person
from corneille.people.models import Position as PositionRow
from corneille.people.position_right import Decision, PositionRight, Term, decide


@dataclass(frozen=True, slots=True)
class Position:
    """A position; `label` names it among all of the académie: « direction 0760095R »."""

    account: AccountId
    label: str
    name: str
    uai: str
    establishment: str
    address: str
    term: Term


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """A position that somebody has, with what it gives them and why."""

    position: Position
    decision: Decision

    def may(self, right: PositionRight) -> bool:
        """Whether this is among the rights."""
        return self.decision.may(right)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has a position."""

    account: AccountId
    name: str
    identifier: str
    decision: Decision


def list_positions() -> list[Position]:
    """Every position, by establishment and name."""
    return [_show(row) for row in position_queries.list_positions()]


def find_position(account: AccountId) -> Position | None:
    """The position whose mail account this is."""
    row = position_queries.find_position(account)
    return None if row is None else _show(row)


def list_held(person: AccountId, now: datetime) -> list[HeldPosition]:
    """The positions of which this person's assignments give something today: nearly always one short query."""
    on = today(now)
    posts = list_posts("", "", on, [person])
    rows = position_queries.list_positions({post.uai for post in posts}) if posts else []
    held = [(row, decide(position_queries.read_facts(row), posts, on)) for row in rows]
    return [HeldPosition(_show(row), decision) for row, decision in held if decision.because]


def find_held(person: AccountId, position: AccountId, now: datetime) -> HeldPosition | None:
    """One of them; None: not this person's today, or no such position."""
    on = today(now)
    posts = list_posts("", "", on, [person])
    row = position_queries.find_position(position) if posts else None
    decision = Decision() if row is None else decide(position_queries.read_facts(row), posts, on)
    return None if row is None or not decision.because else HeldPosition(_show(row), decision)


def list_holders(position: AccountId, on: date) -> list[Holder]:
    """Who has a position on a day, by name."""
    row = position_queries.find_position(position)
    if row is None:
        return []
    facts, found = position_queries.read_facts(row), []
    posts = list_posts(facts.uai, "", on)
    for account in dict.fromkeys(post.account for post in posts):
        decision = decide(facts, [post for post in posts if post.account == account], on)
        person = find_person(account) if decision.because else None
        if person is not None:
            found.append(Holder(account, person.display_name, person.identifier, decision))
    return sorted(found, key=lambda each: each.name)


def _show(row: PositionRow) -> Position:
    place, account = row.establishment, AccountId(row.account_id)
    addresses = queries.list_addresses(account, now=clock.now())
    return Position(
        account, f"{row.name} {place.uai}", row.name, place.uai, place.name, addresses[0] if addresses else "",
        Term(row.from_on, row.until_on),
    )  # fmt: skip
