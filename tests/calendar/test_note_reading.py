"""Whoever reads an agenda that was lent to them stands in its owner's register: once a day, by door."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneille.access.register import list_register
from corneille.calendar.level import Level
from corneille.calendar.note_reading import note_reading
from corneille.calendar.open_calendar import open_calendar
from corneille.calendar.share import share_with_person
from corneille.people.find import Person
from tests.calendar.conftest import NOW, School

DAY = timedelta(days=1)


def lines(person: Person) -> list[tuple[str, object, object]]:
    return [
        (line.name, line.data["label"], line.data["door"])
        for line in list_register(person.id)
        if line.action == "calendar-read"
    ]


def test_a_reader_leaves_one_line_a_day_and_door_and_writes_nothing_more(school: School) -> None:
    share_with_person(school.agenda(school.claire), "ppetit", Level.READ, NOW.date(), None, NOW)
    lent = open_calendar(school.paul.id, school.agenda(school.claire).id, Level.READ, NOW)
    for door in ("dav", "dav", "web"):
        note_reading(lent, door, NOW)
    assert lines(school.claire) == [("Paul Petit", "Mon agenda", "web"), ("Paul Petit", "Mon agenda", "dav")]
    with CaptureQueriesContext(connection) as asked:
        note_reading(lent, "dav", NOW + timedelta(hours=3))
    assert [each["sql"].split()[0] for each in asked] == ["SELECT"]
    note_reading(lent, "dav", NOW + DAY)
    assert len(lines(school.claire)) == 3
    assert lines(school.paul) == []


def test_ones_own_agenda_and_the_sight_of_being_busy_leave_none(school: School) -> None:
    note_reading(school.agenda(school.claire), "dav", NOW)
    share_with_person(school.agenda(school.claire), "ppetit", Level.FREE_BUSY, NOW.date(), None, NOW)
    note_reading(open_calendar(school.paul.id, school.agenda(school.claire).id, Level.FREE_BUSY, NOW), "dav", NOW)
    assert lines(school.claire) == []
