"""A list as other rooms see it, and the moment in which it is asked about."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.models import Group
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of, portal_address
from corneille.people.establishment import find_establishment_name


class GroupRefused(Refusal):
    """The list cannot be made or changed as given; data["reason"]: local, taken, domain, title, establishment, department,
    function, term, owners, there, open, keeper, nobody, itself, inner, member, absent."""

    code = "group-refused"


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A list; `uai` and `establishment` are "" where it is of none."""

    id: int
    address: str
    title: str
    uai: str
    establishment: str
    keeper: Keeper
    writers: Writers
    rule: Rule
    term: Term

    @property
    def page(self) -> str:
        """Where its page is."""
        return f"{portal_address()}/listes/{self.id}"


def show(row: Group) -> GroupShown:
    """The list of this row."""
    return GroupShown(
        row.pk, f"{row.local}@{row.domain}", row.title, row.uai, find_establishment_name(row.uai) if row.uai else "",
        Keeper(row.keeper), Writers(row.writers), read_rule(row), read_term(row),
    )  # fmt: skip


def read_rule(row: Group) -> Rule:
    """Who is on it by assignment."""
    return Rule(row.rule_uai, row.rule_department, row.rule_function, row.rule_subject)


def read_term(row: Group) -> Term:
    """From when until when it stands."""
    return Term(row.from_on, row.until_on)


def here(now: datetime) -> datetime:
    """The same instant in the académie's zone, whose days count."""
    return now.astimezone(ZoneInfo(of(Ground).time_zone))
