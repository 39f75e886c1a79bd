"""The step of the database by which agendas of teams that persons had become their teams'."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.open_calendar import list_calendars, open_calendar
from tests.calendar.conftest import NOW, UAI, School, event

TODAY = NOW.date()
TEAM, ALL = f"team/{UAI}/enseignement", f"establishment/{UAI}"


def step(name: str) -> Any:
    """Brings the agendas' tables to a step, back too; gives the tables as they are then."""
    executor = MigrationExecutor(connection)
    executor.migrate([("calendar", name)])
    return executor.loader.project_state([("calendar", name)]).apps


def make(apps: Any, owner: int, slug: str, *shares: tuple[str, Level, int | None], private: bool = False) -> int:
    calendars = apps.get_model("calendar", "Calendar").objects
    row, _ = calendars.get_or_create(owner_id=owner, slug=slug, defaults={"name": slug, "colour": "#2f5fd0", "made_at": NOW})
    for to, level, days in shares:
        until_on = None if days is None else TODAY + timedelta(days=days)
        row.shares.create(to=to, level=level, from_on=TODAY, until_on=until_on, made_by=owner, made_at=NOW)
    row.objects_kept.create(
        name="a.ics", uid="a", component="VEVENT", content=event("a"), etag="a", is_private=private, changed_at=NOW
    )
    return int(row.pk)


CASES: dict[str, tuple[list[tuple[str, Level, int | None]], bool, str]] = {
    "a team writes": ([(TEAM, Level.WRITE, None)], False, "team"),
    "all write": ([(ALL, Level.WRITE, None)], False, "establishment"),
    "a team writes, a colleague reads": ([(TEAM, Level.WRITE, None), ("person/999", Level.READ, None)], False, "team"),
    "a team reads": ([(TEAM, Level.READ, None)], False, "own"),
    "a team writes until a day": ([(TEAM, Level.WRITE, 20)], False, "own"),
    "two groups": ([(TEAM, Level.WRITE, None), (ALL, Level.READ, None)], False, "own"),
    "something private": ([(TEAM, Level.WRITE, None)], True, "own"),
    "nobody else": ([], False, "own"),
}


@pytest.mark.parametrize(("shares", "private", "kind"), CASES.values(), ids=CASES)
def test_an_agenda_in_which_a_group_writes_becomes_the_groups(
    school: School, shares: list[tuple[str, Level, int | None]], private: bool, kind: str
) -> None:
    number = make(step("0001_initial"), school.claire.id, "equipe", *shares, private=private)
    step("0003_give_to_teams")
    opened = open_calendar(school.claire.id, number, Level.MANAGE, NOW)
    assert (opened.kind, opened.owner_id) == (kind, school.claire.id if kind == "own" else None)
    assert [each.name for each in list_objects(opened)] == ["a.ics"]
    if kind != "own":
        assert open_calendar(school.paul.id, number, Level.WRITE, NOW).level is Level.WRITE
        assert open_calendar(school.head.id, number, Level.MANAGE, NOW).kind == kind


def test_everybodys_first_agenda_stays_theirs(school: School) -> None:
    number = make(step("0001_initial"), school.claire.id, "agenda", (TEAM, Level.WRITE, None))
    step("0003_give_to_teams")
    assert open_calendar(school.claire.id, number, Level.MANAGE, NOW).kind == "own"
    assert [each.kind for each in list_calendars(school.paul.id, NOW)] == ["own", "shared"]
