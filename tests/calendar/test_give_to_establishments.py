"""The step of the database by which agendas of teams that persons had become their teams'."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.open_calendar import list_calendars, open_calendar
from corneille.kernel.refusal import Gone
from tests.calendar.conftest import NOW, UAI, School, event

TODAY = NOW.date()
GIVEN = "0003_give_to_establishments"
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
    "all write": ([(ALL, Level.WRITE, None)], False, "establishment"),
    "all write, a colleague reads": ([(ALL, Level.WRITE, None), ("person/999", Level.READ, None)], False, "establishment"),
    "all read": ([(ALL, Level.READ, None)], False, "own"),
    "all write until a day": ([(ALL, Level.WRITE, 20)], False, "own"),
    "a team writes": ([(TEAM, Level.WRITE, None)], False, "own"),
    "two groups": ([(TEAM, Level.WRITE, None), (ALL, Level.WRITE, None)], False, "own"),
    "something private": ([(ALL, Level.WRITE, None)], True, "own"),
    "nobody else": ([], False, "own"),
}


@pytest.mark.parametrize(("shares", "private", "kind"), CASES.values(), ids=CASES)
def test_an_agenda_in_which_all_write_becomes_the_establishments(
    school: School, shares: list[tuple[str, Level, int | None]], private: bool, kind: str
) -> None:
    number = make(step("0001_initial"), school.claire.id, "equipe", *shares, private=private)
    step(GIVEN)
    opened = open_calendar(school.claire.id, number, Level.MANAGE, NOW)
    assert (opened.kind, opened.owner_id) == (kind, school.claire.id if kind == "own" else None)
    assert [each.name for each in list_objects(opened)] == ["a.ics"]
    if kind != "own":
        assert open_calendar(school.paul.id, number, Level.WRITE, NOW).level is Level.WRITE
        assert open_calendar(school.head.id, number, Level.MANAGE, NOW).kind == kind


def test_who_managed_it_from_elsewhere_goes_on_writing(school: School) -> None:
    outside, inside = ((f"person/{each.id}", Level.MANAGE, None) for each in (school.stranger, school.paul))
    number = make(step("0001_initial"), school.claire.id, "equipe", (ALL, Level.WRITE, None), outside, inside)
    step(GIVEN)
    assert open_calendar(school.stranger.id, number, Level.FREE_BUSY, NOW).level is Level.WRITE
    assert open_calendar(school.paul.id, number, Level.FREE_BUSY, NOW).level is Level.MANAGE


def test_a_teams_is_not_opened_to_the_head_who_did_not_see_it(school: School) -> None:
    number = make(step("0001_initial"), school.claire.id, "equipe", (TEAM, Level.WRITE, None))
    step(GIVEN)
    assert open_calendar(school.paul.id, number, Level.WRITE, NOW).kind == "shared"
    with pytest.raises(Gone):
        open_calendar(school.head.id, number, Level.FREE_BUSY, NOW)


def test_who_works_there_no_more_keeps_what_they_made(school: School) -> None:
    number = make(step("0001_initial"), school.stranger.id, "equipe", (ALL, Level.WRITE, None))
    step(GIVEN)
    assert open_calendar(school.stranger.id, number, Level.MANAGE, NOW).kind == "own"
    assert open_calendar(school.paul.id, number, Level.WRITE, NOW).kind == "shared"


def test_everybodys_first_agenda_stays_theirs(school: School) -> None:
    number = make(step("0001_initial"), school.claire.id, "agenda", (ALL, Level.WRITE, None))
    step(GIVEN)
    assert open_calendar(school.claire.id, number, Level.MANAGE, NOW).kind == "own"
    assert [each.kind for each in list_calendars(school.paul.id, NOW)] == ["own", "shared"]
