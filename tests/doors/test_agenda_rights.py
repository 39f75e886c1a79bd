"""Each right to an agenda, at both doors: what the pages and a program (CalDAV) let one see and do; day by day.

The pages and CalDAV ask one gate; these cases hold that both go through it, and that a right ends at both with its last day.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from corneille.calendar.decide import name_establishment, name_team
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import make_calendar
from corneille.calendar.make_group_calendar import make_establishment_calendar, make_team_calendar
from corneille.calendar.open_calendar import CalendarOpen, list_calendars, open_calendar
from corneille.calendar.put_object import put_object
from corneille.calendar.share import share_with_group, share_with_person
from corneille.kernel import clock
from corneille.people.account_type import AccountState
from corneille.people.find import Person
from corneille.people.state import set_state
from tests.calendar.conftest import NOW, UAI, School, event
from tests.calendar.conftest import school as school
from tests.doors.dav.talk import D, Program, make_program
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.doors.web.conftest import browser as browser
from tests.doors.web.conftest import enter as enter

__all__ = ["browser", "enter", "school"]

TODAY = NOW.date()
DAY = "/agenda/?vue=jour&le=2026-11-03"
WORDS = "a à l’école"
SEES_BUSY, READS, WRITES, MANAGES = "sees-busy", "reads", "writes", "manages"
GIVES: dict[Level, frozenset[str]] = {
    Level.NONE: frozenset(),
    Level.FREE_BUSY: frozenset({SEES_BUSY}),
    Level.READ: frozenset({SEES_BUSY, READS}),
    Level.WRITE: frozenset({SEES_BUSY, READS, WRITES}),
    Level.MANAGE: frozenset({SEES_BUSY, READS, WRITES, MANAGES}),
}


class Moved(clock.SystemClock):
    """A day of these cases, at nine."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def time() -> Iterator[Moved]:
    before, moved = clock._clock, Moved()
    clock.install(moved)
    yield moved
    clock.install(before)


def fill(agenda: CalendarOpen) -> None:
    put_object(agenda, "a.ics", event("a"), NOW)
    put_object(agenda, "p.ics", event("p", "20261103T140000", "20261103T150000", "CLASS:PRIVATE"), NOW)


def try_pages(browser: Browser, agenda: CalendarOpen) -> frozenset[str]:
    """What a person may do with it on the pages."""
    day = text_of(browser.get(DAY))
    found = {SEES_BUSY} if WORDS in day or "Occupé" in day else set()
    if WORDS in day and browser.get(f"/agenda/evenement?agenda={agenda.id}&uid=a").status_code == 200:
        found.add(READS)
    typed = {
        "calendar": str(agenda.id), "title": "Par une page", "from_on": "2026-11-05", "from_at": "10:00",
        "until_on": "2026-11-05", "until_at": "11:00", "repeat": "",
    }  # fmt: skip
    if browser.post("/agenda/evenement/nouveau", typed).status_code == 302:
        found.add(WRITES)
    if browser.get(f"/agenda/agendas/{agenda.id}").status_code == 200:
        found.add(MANAGES)
    return frozenset(found)


def try_program(program: Program, path: str) -> frozenset[str]:
    """The same by CalDAV."""
    listed = path in program.propfind(program.home, "d:displayname", depth="1").hrefs
    told = program.query(path, '<c:time-range start="20261103T000000Z" end="20261104T000000Z"/>') if listed else None
    words = "" if told is None else told.content.decode()
    found = {SEES_BUSY} if "BEGIN:VEVENT" in words else set()
    if WORDS in words and program("GET", f"{path}a.ics").status == 200:
        found.add(READS)
    written = program("PUT", f"{path}program.ics", event("program", "20261106T100000", "20261106T110000"))
    if written.status in {201, 204}:
        found.add(WRITES)
        assert program("DELETE", f"{path}program.ics").status == 204
    named = program(
        "PROPPATCH", path,
        '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>Agenda</d:displayname></d:prop></d:set>'
        "</d:propertyupdate>",
    )  # fmt: skip
    if named.status == 207 and "200 OK" in named.content.decode():
        found.add(MANAGES)
    return frozenset(found)


def open_for(person: Person, number: int) -> CalendarOpen:
    return open_calendar(person.id, number, Level.MANAGE, NOW)


@pytest.mark.parametrize("level", Level)
def test_each_right_of_a_colleague_gives_the_same_at_both_doors(
    school: School, enter: Enter, time: Moved, level: Level
) -> None:
    agenda = school.agenda(school.claire)
    fill(agenda)
    if level is not Level.NONE:
        share_with_person(agenda, "ppetit", level, TODAY, None, NOW)
    path = f"/dav/calendars/ppetit/partage-{agenda.id}/"
    assert try_program(make_program(school.paul), path) == GIVES[level]
    assert try_pages(enter(school.paul), agenda) == GIVES[level]


@pytest.mark.parametrize("level", [Level.FREE_BUSY, Level.READ, Level.WRITE])
@pytest.mark.parametrize("function", ["Enseignement", ""], ids=["team", "establishment"])
def test_each_right_of_a_team_or_an_establishment_is_that_of_its_people(
    school: School, enter: Enter, time: Moved, level: Level, function: str
) -> None:
    agenda = open_for(school.claire, make_calendar(school.claire.id, "Équipe de lettres", NOW))
    fill(agenda)
    share_with_group(agenda, name_team(UAI, function) if function else name_establishment(UAI), level, TODAY, None, NOW)
    expected = {school.paul.identifier: GIVES[level], school.stranger.identifier: frozenset[str]()}
    expected[school.head.identifier] = GIVES[Level.NONE if function else level]
    for person in (school.paul, school.head, school.stranger):
        path = f"/dav/calendars/{person.identifier}/partage-{agenda.id}/"
        assert try_program(make_program(person), path) == expected[person.identifier]
        assert try_pages(enter(person), agenda) == expected[person.identifier]


def test_the_agenda_of_an_establishment_is_its_heads_to_manage_and_a_teams_to_write(
    school: School, enter: Enter, time: Moved
) -> None:
    agenda = open_for(school.head, make_establishment_calendar(school.head.id, UAI, "Vie du lycée", NOW))
    fill(agenda)
    head = enter(school.head)
    offered = text_of(head.get(f"/agenda/agendas/{agenda.id}"))
    assert f'value="team/{UAI}/enseignement"' in offered, "every function there, not the head's own alone"
    assert try_pages(enter(school.claire), agenda) == GIVES[Level.READ]
    given = {"group": f"team/{UAI}/enseignement", "level": str(int(Level.WRITE))}
    assert head.post(f"/agenda/agendas/{agenda.id}", given).status_code == 302
    expected = {
        school.head: GIVES[Level.MANAGE], school.claire: GIVES[Level.WRITE], school.stranger: GIVES[Level.NONE],
    }  # fmt: skip
    for person, rights in expected.items():
        path = f"/dav/calendars/{person.identifier}/partage-{agenda.id}/"
        assert try_program(make_program(person), path) == rights
        assert try_pages(enter(person), agenda) == rights


def test_who_stands_in_does_so_from_the_first_day_to_the_last_at_both_doors(
    school: School, enter: Enter, time: Moved
) -> None:
    agenda = school.agenda(school.claire)
    fill(agenda)
    claire = enter(school.claire)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=3)
    told = {"person": "ppetit", "level": "4", "from_on": first.isoformat(), "until_on": last.isoformat()}
    assert claire.post(f"/agenda/agendas/{agenda.id}", told).status_code == 302
    program, path = make_program(school.paul), f"/dav/calendars/ppetit/partage-{agenda.id}/"
    seen = {}
    for day in range(5):
        time.at = NOW + timedelta(days=day)
        seen[day] = (try_program(program, path), try_pages(enter(school.paul), agenda))
    nothing, everything = GIVES[Level.NONE], GIVES[Level.MANAGE]
    assert seen == {
        0: (nothing, nothing), 1: (everything, everything), 2: (everything, everything), 3: (everything, everything),
        4: (nothing, nothing),
    }  # fmt: skip


def test_a_right_that_is_taken_back_ends_at_both_doors_at_once(school: School, enter: Enter, time: Moved) -> None:
    agenda = school.agenda(school.claire)
    fill(agenda)
    share_with_person(agenda, "ppetit", Level.WRITE, TODAY, None, NOW)
    browser, program = enter(school.paul), make_program(school.paul)
    path = f"/dav/calendars/ppetit/partage-{agenda.id}/"
    assert try_pages(browser, agenda) == try_program(program, path) == GIVES[Level.WRITE]
    claire = enter(school.claire)
    page = text_of(claire.get(f"/agenda/agendas/{agenda.id}"))
    number = page.partition('name="id" value="')[2].partition('"')[0]
    claire.post(f"/agenda/agendas/{agenda.id}/reprendre", {"id": number})
    assert try_pages(browser, agenda) == try_program(program, path) == GIVES[Level.NONE]


def test_the_agenda_of_a_team_is_its_own_at_both_doors_whoever_goes(school: School, enter: Enter, time: Moved) -> None:
    claire = enter(school.claire)
    offered = text_of(claire.get("/agenda/agendas"))
    assert f'value="{name_team(UAI, "enseignement")}"' in offered
    assert f'value="{name_establishment(UAI)}"' not in offered
    made = claire.post("/agenda/agendas/creer", {"name": "Équipe", "whose": name_team(UAI, "Enseignement")})
    assert made.status_code == 302
    [agenda] = [each for each in list_calendars(school.paul.id, NOW) if each.kind == "team"]
    fill(open_for(school.head, agenda.id))
    expected = {
        school.claire: Level.MANAGE, school.head: Level.MANAGE, school.paul: Level.WRITE, school.stranger: Level.NONE,
    }  # fmt: skip
    for person, most in expected.items():
        path = f"/dav/calendars/{person.identifier}/partage-{agenda.id}/"
        rights = GIVES[most]
        assert try_program(make_program(person), path) == rights
        assert try_pages(enter(person), agenda) == rights
    tidied = make_program(school.claire)
    assert tidied("DELETE", f"/dav/calendars/clemoine/partage-{agenda.id}/").status == 403
    set_state(school.claire.id, AccountState.SUSPENDED)
    for person, rights in ((school.head, GIVES[Level.MANAGE]), (school.paul, GIVES[Level.WRITE])):
        path = f"/dav/calendars/{person.identifier}/partage-{agenda.id}/"
        assert try_program(make_program(person), path) == try_pages(enter(person), agenda) == rights


def test_who_was_given_a_groups_agenda_by_name_puts_it_away_at_both_doors(
    school: School, enter: Enter, time: Moved
) -> None:
    team = make_team_calendar(school.claire.id, name_team(UAI, "Enseignement"), "Équipe", NOW)
    place = make_establishment_calendar(school.head.id, UAI, "Vie du lycée", NOW)
    stranger, program = enter(school.stranger), make_program(school.stranger)
    for number in (team, place):
        path = f"{program.home}partage-{number}/"
        for level in (Level.FREE_BUSY, Level.READ, Level.WRITE):
            share_with_person(open_for(school.head, number), "ldurand", level, TODAY, None, NOW)
            assert program("DELETE", path).status == 204
            assert program("PROPFIND", path).status == 404
        share_with_person(open_for(school.head, number), "ldurand", Level.WRITE, TODAY, None, NOW)
        assert "Ne plus suivre" in text_of(stranger.get("/agenda/agendas"))
        stranger.post("/agenda/agendas/retirer", {"id": str(number)})
        assert [each.kind for each in list_calendars(school.stranger.id, NOW)] == ["own"]
        assert open_for(school.head, number)


def test_what_comes_with_ones_post_stays_at_both_doors(school: School, enter: Enter, time: Moved) -> None:
    given = make_calendar(school.claire.id, "Lettres", NOW)
    share_with_group(open_for(school.claire, given), name_establishment(UAI), Level.READ, TODAY, None, NOW)
    team = make_team_calendar(school.claire.id, name_team(UAI, "Enseignement"), "Équipe", NOW)
    paul, program = enter(school.paul), make_program(school.paul)
    assert "Ne plus suivre" not in text_of(paul.get("/agenda/agendas"))
    for number in (given, team):
        told = program("DELETE", f"{program.home}partage-{number}/")
        assert (told.status, told.condition) == (403, f"{D}need-privileges")
        paul.post("/agenda/agendas/retirer", {"id": str(number)})
        assert "vous vient de votre poste" in text_of(paul.get("/agenda/agendas"))
    assert {each.id for each in list_calendars(school.paul.id, NOW)} >= {given, team}


def test_ones_own_agenda_is_handed_over_on_its_page(school: School, enter: Enter, time: Moved) -> None:
    number = make_calendar(school.claire.id, "Sorties", NOW)
    claire, path = enter(school.claire), f"/agenda/agendas/{number}"
    assert "Confier" in text_of(claire.get(path))
    assert "Confier" not in text_of(claire.get(f"/agenda/agendas/{school.agenda(school.claire).id}"))
    assert claire.post(f"{path}/confier", {"team": "list/1"}).status_code == 302
    assert open_for(school.claire, number).kind == "own"
    assert claire.post(f"{path}/confier", {"team": name_team(UAI, "Enseignement")}).status_code == 302
    page = text_of(claire.get(path))
    assert open_for(school.head, number).kind == "team"
    assert "Confier" not in page
    assert f"Enseignement, Lycée {UAI}" in page
