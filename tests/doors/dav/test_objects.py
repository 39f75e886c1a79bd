"""Events by their address: tags, conditions, rights, limits."""

import pytest

from corneille.calendar.level import Level
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.share import share_with_person
from tests.calendar.conftest import NOW, School, event
from tests.doors.dav.talk import C, D, Program, Told


def put(program: Program, uid: str = "a", **headers: str) -> Told:
    return program("PUT", f"{program.agenda}{uid}.ics", event(uid), content_type="text/calendar", **headers)


def test_an_event_is_filed_read_changed_and_removed(claire: Program) -> None:
    made = put(claire)
    assert made.status == 201
    read = claire("GET", f"{claire.agenda}a.ics")
    assert (read.content, read.headers["etag"]) == (event("a"), made.headers["etag"])
    assert claire("GET", f"{claire.agenda}a.ics", if_none_match=made.headers["etag"]).status == 304
    assert claire("HEAD", f"{claire.agenda}a.ics").content == b""
    changed = claire(
        "PUT", f"{claire.agenda}a.ics", event("a", "20261104T080000", "20261104T090000"), if_match=made.headers["etag"]
    )
    assert changed.status == 204
    assert changed.headers["etag"] != made.headers["etag"]
    for stale in (put(claire, if_match=made.headers["etag"]), put(claire, if_none_match="*")):
        assert stale.status == 412
    assert claire("DELETE", f"{claire.agenda}a.ics", if_match=made.headers["etag"]).status == 412
    assert claire("DELETE", f"{claire.agenda}a.ics").status == 204
    assert claire("GET", f"{claire.agenda}a.ics").status == 404


def test_a_name_with_an_accent_and_a_space_is_one_name(claire: Program) -> None:
    assert claire("PUT", f"{claire.agenda}r%C3%A9union%20une.ics", event("a")).status == 201
    [_, href] = claire.propfind(claire.agenda, "d:getetag", depth="1").hrefs
    assert href == f"{claire.agenda}r%C3%A9union%20une.ics"
    assert claire("GET", href).status == 200


REFUSED = {
    b"hello": f"{C}valid-calendar-data",
    event("a").replace(b"VEVENT", b"VJOURNAL"): f"{C}supported-calendar-component",
    event("a").replace(b"UID:a\r\n", b""): f"{C}valid-calendar-object-resource",
    b"x" * (CalendarSettings().object_bytes + 5): f"{C}max-resource-size",
}


@pytest.mark.parametrize(("content", "condition"), REFUSED.items(), ids=["syntax", "component", "uid", "size"])
def test_what_cannot_be_kept_is_refused_by_its_condition(claire: Program, content: bytes, condition: str) -> None:
    told = claire("PUT", f"{claire.agenda}a.ics", content)
    assert (told.status, told.condition) == (403, condition)


def test_a_uid_that_is_there_already_is_named(claire: Program) -> None:
    put(claire)
    told = claire("PUT", f"{claire.agenda}b.ics", event("a"))
    assert (told.status, told.condition) == (403, f"{C}no-uid-conflict")
    assert told.text(f"{D}href") == f"{claire.agenda}a.ics"


def test_who_only_reads_changes_nothing(claire: Program, paul: Program, school: School) -> None:
    put(claire)
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.READ, NOW.date(), None, NOW)
    shared = f"{paul.home}partage-{agenda.id}/"
    assert paul("GET", f"{shared}a.ics").status == 200
    for told in (paul("PUT", f"{shared}b.ics", event("b")), paul("DELETE", f"{shared}a.ics")):
        assert (told.status, told.condition) == (403, f"{D}need-privileges")
    share_with_person(agenda, "ppetit", Level.WRITE, NOW.date(), None, NOW)
    assert paul("PUT", f"{shared}b.ics", event("b")).status == 201
    assert claire("GET", f"{claire.agenda}b.ics").status == 200
    assert paul("DELETE", shared).status == 204  # their share of it, not the agenda
    assert paul("GET", f"{shared}a.ics").status == 404
    assert claire("GET", f"{claire.agenda}a.ics").status == 200


def test_a_stranger_finds_nothing_whatever_number_they_try(claire: Program, paul: Program, school: School) -> None:
    put(claire)
    number = school.agenda(school.claire).id
    for slug in (f"partage-{number}", "partage-999", "partage-x", "partage-", "..", "partage-٣"):
        for method in ("GET", "PUT", "DELETE", "PROPFIND", "REPORT"):
            body = event("z") if method == "PUT" else b'<d:sync-collection xmlns:d="DAV:"/>' if method == "REPORT" else b""
            assert paul(method, f"{paul.home}{slug}/a.ics", body).status in {403, 404}
            if method != "REPORT":
                assert paul(method, f"{paul.home}{slug}/a.ics", body).status == 404


BAD = [
    b"<", b"<a/>", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a>" * 40 + b"</a>" * 40,
    b'<c:calendar-query xmlns:c="urn:ietf:params:xml:ns:caldav"/>',
]  # fmt: skip


@pytest.mark.parametrize("body", BAD)
def test_a_body_that_makes_no_sense_is_refused_not_a_fault(claire: Program, body: bytes) -> None:
    for method in ("PROPFIND", "PROPPATCH", "REPORT", "MKCALENDAR"):
        assert claire(method, f"{claire.home}new/" if method == "MKCALENDAR" else claire.agenda, body).status in {400, 403}


def test_a_body_without_end_is_too_large(claire: Program) -> None:
    assert claire("PROPFIND", claire.agenda, b"x" * (CalendarSettings().request_bytes + 1)).status == 413
    assert claire("MOVE", claire.agenda).status == 405
