"""What programs ask about an agenda: a stretch of time, addresses, what changed, free or busy."""

import pytest

from corneille.access.register import list_register
from corneille.calendar.level import Level
from corneille.calendar.share import share_with_person
from tests.calendar.conftest import NOW, School, event
from tests.doors.dav.talk import NAMESPACES, C, D, Program

WEEK = '<c:time-range start="20261102T000000Z" end="20261109T000000Z"/>'


def fill(program: Program) -> None:
    contents = {
        "in": event("in"),
        "before": event("before", "20261001T080000", "20261001T090000"),
        "weekly": event("weekly", "20260907T100000", "20260907T110000", "RRULE:FREQ=WEEKLY;UNTIL=20261231T000000Z"),
        "fortnight": event("fortnight", "20260831T100000", "20260831T110000", "RRULE:FREQ=WEEKLY;INTERVAL=2"),
    }
    for name, content in contents.items():
        assert program("PUT", f"{program.agenda}{name}.ics", content).status == 201


def names(program: Program, hrefs: list[str]) -> list[str]:
    return [each.removeprefix(program.agenda).removesuffix(".ics") for each in hrefs]


def test_a_week_has_what_happens_in_it(claire: Program) -> None:
    fill(claire)
    told = claire.query(claire.agenda, WEEK)
    assert names(claire, told.hrefs) == ["in", "weekly"]
    assert "SUMMARY:in à l’école" in str(told.text(f"{C}calendar-data"))
    later = claire.query(claire.agenda, '<c:time-range start="20261109T000000Z" end="20261116T000000Z"/>')
    assert names(claire, later.hrefs) == ["fortnight", "weekly"]
    assert names(claire, claire.query(claire.agenda, "").hrefs) == ["before", "fortnight", "in", "weekly"]
    assert claire.query(claire.agenda, "", component="VTODO").hrefs == []
    assert claire.query(claire.agenda, '<c:time-range start="20270301T000000Z"/>').hrefs == [f"{claire.agenda}fortnight.ics"]


def test_a_property_chooses(claire: Program) -> None:
    fill(claire)
    assert names(
        claire,
        claire.query(claire.agenda, '<c:prop-filter name="UID"><c:text-match>ekl</c:text-match></c:prop-filter>').hrefs,
    ) == ["weekly"]
    absent = '<c:prop-filter name="RRULE"><c:is-not-defined/></c:prop-filter>'
    assert names(claire, claire.query(claire.agenda, absent).hrefs) == ["before", "in"]
    other = '<c:prop-filter name="UID"><c:text-match negate-condition="yes">in</c:text-match></c:prop-filter>'
    assert "in" not in names(claire, claire.query(claire.agenda, other).hrefs)


def test_a_series_is_unfolded_when_asked(claire: Program) -> None:
    fill(claire)
    data = '<c:calendar-data><c:expand start="20261102T000000Z" end="20261123T000000Z"/></c:calendar-data>'
    told = claire.query(claire.agenda, '<c:prop-filter name="UID"><c:text-match>weekly</c:text-match></c:prop-filter>', data)
    text = str(told.text(f"{C}calendar-data"))
    assert text.count("BEGIN:VEVENT") == 3
    assert "RRULE" not in text
    assert "DTSTART:20261102T090000Z" in text


def test_several_at_once_by_address(claire: Program) -> None:
    fill(claire)
    hrefs = "".join(
        f"<d:href>{each}</d:href>" for each in (f"{claire.agenda}in.ics", f"{claire.agenda}gone.ics", "/elsewhere/in.ics")
    )
    body = f"<c:calendar-multiget {NAMESPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}</c:calendar-multiget>"
    told = claire("REPORT", claire.agenda, body)
    assert [each.findtext(f"{D}status") for each in told.xml.findall(f"{D}response")] == [
        None,
        *["HTTP/1.1 404 Not Found"] * 2,
    ]


def test_what_changed_since(claire: Program) -> None:
    fill(claire)
    first = claire.sync(claire.agenda)
    token = str(first.text(f"{D}sync-token"))
    assert len(first.hrefs) == 4
    assert claire.sync(claire.agenda, token).hrefs == []
    claire("DELETE", f"{claire.agenda}in.ics")
    claire("PUT", f"{claire.agenda}new.ics", event("new"))
    told = claire.sync(claire.agenda, token)
    assert sorted(names(claire, told.hrefs)) == ["in", "new"]
    assert told.text(f"{D}sync-token") == claire.propfind(claire.agenda, "d:sync-token").text(f"{D}sync-token")
    part = claire.sync(claire.agenda, token, limit=1)
    assert part.hrefs == [f"{claire.agenda}in.ics", claire.agenda]
    assert claire.sync(claire.agenda, str(part.text(f"{D}sync-token"))).hrefs == [f"{claire.agenda}new.ics"]
    for wrong in ("x", "urn:corneille:sync:1:99999", "urn:corneille:sync:77:1"):
        refused = claire.sync(claire.agenda, wrong)
        assert (refused.status, refused.condition) == (403, f"{D}valid-sync-token")


def test_free_or_busy(claire: Program) -> None:
    fill(claire)
    told = claire("REPORT", claire.agenda, f"<c:free-busy-query {NAMESPACES}>{WEEK}</c:free-busy-query>")
    text = told.content.decode()
    assert "FREEBUSY;VALUE=PERIOD:20261102T090000Z/20261102T100000Z" in text
    assert "FREEBUSY;VALUE=PERIOD:20261103T070000Z/20261103T080000Z" in text
    assert "SUMMARY" not in text


def test_a_report_that_is_not_known_is_refused_by_name(claire: Program) -> None:
    told = claire("REPORT", claire.agenda, f"<d:expand-property {NAMESPACES}/>")
    assert (told.status, told.condition) == (403, f"{D}supported-report")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("99991231T230000Z", "99991231T233000Z"), ("00010101T000000Z", "00010101T000100Z"),
        ("20261102T000000Z", "99991231T235959Z"), ("00010101T000000Z", "20261109T000000Z"),
    ],
)  # fmt: skip
def test_the_ends_of_the_calendar_are_no_fault(claire: Program, start: str, end: str) -> None:
    claire("PUT", f"{claire.agenda}yearly.ics", event("yearly", "20261103T100000", "20261103T110000", "RRULE:FREQ=YEARLY"))
    claire("PUT", f"{claire.agenda}once.ics", event("once"))
    span = f'<c:time-range start="{start}" end="{end}"/>'
    told = names(claire, claire.query(claire.agenda, span).hrefs)
    assert told == (["once", "yearly"] if "2026" in start + end else [])
    for wanted in ("DTSTART", "SUMMARY"):
        asked = f'<c:prop-filter name="{wanted}">{span}</c:prop-filter>'
        assert claire.query(claire.agenda, asked).status == 207
    data = f'<c:calendar-data><c:expand start="{start}" end="{end}"/></c:calendar-data>'
    assert claire.query(claire.agenda, span, data).status == 207
    busy = claire("REPORT", claire.agenda, f"<c:free-busy-query {NAMESPACES}>{span}</c:free-busy-query>")
    assert busy.status == 200


@pytest.mark.parametrize("at", ["00010101T000000Z", "99991231T235959Z"])
def test_a_recurrence_at_the_end_of_the_calendar_is_refused(claire: Program, at: str) -> None:
    content = event("odd", "20261103T100000", "20261103T110000", f"RECURRENCE-ID:{at}")
    assert claire("PUT", f"{claire.agenda}odd.ics", content).status == 403


@pytest.mark.parametrize("name", ["00010101T000000Z-00010101T000100Z", "99991231T235958Z-99991231T235959Z"])
def test_a_stretch_of_busy_time_at_the_end_of_the_calendar_is_not_there(
    paul: Program, school: School, name: str
) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.FREE_BUSY, NOW.date(), None, NOW)
    assert paul("GET", f"{paul.home}partage-{agenda.id}/occupe-{name}.ics").status == 404


def test_who_reads_a_lent_agenda_is_in_the_register_and_who_only_polls_is_not(
    claire: Program, paul: Program, school: School
) -> None:
    fill(claire)
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.READ, NOW.date(), None, NOW)
    path = f"{paul.home}partage-{agenda.id}/"

    def doors() -> list[object]:
        return [line.data["door"] for line in list_register(school.claire.id) if line.action == "calendar-read"]

    paul.propfind(path, "d:getetag", depth="1")
    paul.sync(path)
    assert doors() == []
    for _ in range(2):
        paul("GET", f"{path}in.ics")
        paul.query(path, WEEK)
    assert doors() == ["dav"]
