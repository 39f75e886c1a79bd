"""What the home page says of one's agendas."""

from datetime import UTC, datetime, timedelta

from corneille.calendar.level import Level
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.open_calendar import open_named
from corneille.calendar.put_object import put_object
from corneille.calendar.share import share_with_person
from corneille.doors.web.portal.next_events import list_next
from corneille.kernel import clock
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_person
from corneille.people.find import Person
from tests.doors.web.conftest import Browser, text_of

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def write(person: Person, now: datetime, uid: str, start: str, length: str = "PT1H", place: str = "") -> None:
    begin_agenda(person.id, now)
    calendar = open_named(person.id, "agenda", Level.MANAGE, now)
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//FR", "BEGIN:VEVENT", f"UID:{uid}", start, f"DURATION:{length}",
        "DTSTAMP:20260101T000000Z", f"SUMMARY:{uid}", f"LOCATION:{place}", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    put_object(calendar, f"{uid}.ics", "\r\n".join(lines).encode(), now)


def test_the_next_three_that_are_not_over_the_earliest_first(browser: Browser, teacher: Person) -> None:
    write(teacher, NOW, "passé", "DTSTART:20261127T070000Z")
    write(teacher, NOW, "en cours", "DTSTART:20261127T083000Z")
    write(teacher, NOW, "conseil", "DTSTART:20261130T160000Z", place="salle 12")
    write(teacher, NOW, "sortie", "DTSTART;VALUE=DATE:20261201", "P1D")
    write(teacher, NOW, "plus tard", "DTSTART:20261202T070000Z")
    write(teacher, NOW, "trop loin", "DTSTART:20261224T070000Z")
    told = [(each.when, each.title, each.place) for each in list_next(teacher.id, NOW)]
    assert told == [
        ("9\u00a0h\u00a030", "en cours", ""),
        ("lundi 30 novembre à 17\u00a0h\u00a000", "conseil", "salle 12"),
        ("mardi 1er décembre", "sortie", ""),
    ]


def test_the_home_page_shows_them_or_says_that_there_is_nothing(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    assert "Rien dans la semaine qui vient" in text_of(browser.get("/"))
    later = clock.now() + timedelta(days=2)
    write(teacher, clock.now(), "réunion <b>", f"DTSTART:{later:%Y%m%dT%H%M%SZ}")
    page = browser.get("/").content.decode()
    assert "réunion &lt;b&gt;" in page


def test_what_stands_in_a_colleagues_agenda_is_told_as_theirs(browser: Browser, teacher: Person) -> None:
    colleague = add_person(NewPerson(AccountType.TEACHER, "Paul", "Petit", NOW))
    write(colleague, NOW, "conseil", "DTSTART:20261130T160000Z")
    share_with_person(open_named(colleague.id, "agenda", Level.MANAGE, NOW), "clemoine", Level.READ, NOW.date(), None, NOW)
    write(teacher, NOW, "cours", "DTSTART:20261130T070000Z")
    assert [(each.title, each.whose) for each in list_next(teacher.id, NOW)] == [("cours", ""), ("conseil", "Paul Petit")]
