"""Two teachers, a head and a school."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from corneille.calendar.level import Level
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.open_calendar import CalendarOpen, open_named
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from corneille.run.ground import Ground

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
UAI, OTHER_UAI = format_uai(760095), format_uai(140017)


@dataclass(frozen=True)
class School:
    claire: Person
    paul: Person
    head: Person
    stranger: Person

    def agenda(self, person: Person, level: Level = Level.MANAGE) -> CalendarOpen:
        """The person's own."""
        return open_named(person.id, "agenda", level, NOW)


@pytest.fixture
def school(ground: Ground) -> School:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    for uai in (UAI, OTHER_UAI):
        add_establishment(NewEstablishment(uai, f"Lycée {uai}", "lycee", "Rouen"))
    made = []
    for kind, given, family, uai, function in (
        (AccountType.TEACHER, "Claire", "Lemoine", UAI, "Enseignement"),
        (AccountType.TEACHER, "Paul", "Petit", UAI, "Enseignement"),
        (AccountType.HEAD, "Anne", "Martin", UAI, "Direction"),
        (AccountType.TEACHER, "Lucie", "Durand", OTHER_UAI, "Enseignement"),
    ):
        person = add_person(NewPerson(kind, given, family, NOW))
        add_assignment(person.id, uai, function, date(2020, 9, 1))
        begin_agenda(person.id, NOW)
        made.append(person)
    return School(*made)


def event(uid: str, start: str = "20261103T080000", end: str = "20261103T090000", *more: str) -> bytes:
    """One event of a program, in the zone of the académie."""
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//FR", "BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z",
        f"DTSTART;TZID=Europe/Paris:{start}", f"DTEND;TZID=Europe/Paris:{end}", f"SUMMARY:{uid} à l’école", *more,
        "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    return "\r\n".join(lines).encode()
