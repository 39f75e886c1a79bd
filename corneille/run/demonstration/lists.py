"""Lists of the demonstration: a team, a class council, a whole school, the heads of schools of a department."""

from collections.abc import Sequence
from datetime import date, datetime

from corneille.groups.add import NewGroup, add_group
from corneille.groups.audience import find_list
from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.entry import add_member
from corneille.kernel.settings import Ground, of
from corneille.people.account_type import AccountType
from corneille.people.establishment import find_establishment_name
from corneille.run.demonstration.academie import FUNCTIONS, TEAM, TEAM_UAI
from corneille.run.demonstration.demo_person import DemoPerson

MATHS = f"maths.{TEAM_UAI.lower()}"
COUNCIL = f"equipe-3b.{TEAM_UAI.lower()}"


def make_lists(people: Sequence[DemoPerson], now: datetime) -> None:
    """Once each: those that stand already are left as they are."""
    began = date(now.year - 1, 9, 1)
    summer = date(now.year + (now.month >= 8), 7, 31)
    school = find_establishment_name(TEAM_UAI)
    head, members, staff = Keeper.HEAD, Writers.MEMBERS, Writers.ESTABLISHMENT
    council = NewGroup(
        COUNCIL, f"Équipe de la 3e B, {school}", TEAM_UAI, head, staff, Rule(), Term(date(summer.year - 1, 9, 1), summer),
    )  # fmt: skip
    _make(NewGroup(
        MATHS, f"Équipe de mathématiques, {school}", TEAM_UAI, head, members,
        Rule(TEAM_UAI, subject="Mathématiques"), Term(began),
    ), now)  # fmt: skip
    _make(NewGroup(
        f"tous.{TEAM_UAI.lower()}", f"Tous les personnels, {school}", TEAM_UAI, Keeper.COMPUTED, staff,
        Rule(TEAM_UAI), Term(began),
    ), now)  # fmt: skip
    _make(NewGroup(
        "directions.27", "Chefs d’établissement du département 27", "", Keeper.COMPUTED, members,
        Rule(department="27", function=FUNCTIONS[AccountType.HEAD]), Term(began),
    ), now)  # fmt: skip
    number = _make(council, now)
    if number is not None:
        names = {f"{given} {family}" for given, family, kind, _subject in TEAM[2:] if kind is AccountType.TEACHER}
        for person in people:
            if person.name in names:
                add_member(number, person.account, now, by=None)


def _make(new: NewGroup, now: datetime) -> int | None:
    """Its number; None: it was there."""
    return add_group(new, now) if find_list(f"{new.local}@{of(Ground).domain}") is None else None
