"""Private events of an agenda that is shared: a program sees when, never what, and cannot touch them."""

from urllib.parse import unquote

import pytest

from corneille.calendar.level import Level
from corneille.calendar.open_calendar import open_calendar
from corneille.calendar.put_object import put_object
from corneille.calendar.share import share_with_person
from corneille.people.models import Account
from tests.calendar.conftest import NOW, School, event
from tests.calendar.conftest import school as school
from tests.doors.dav.talk import NAMESPACES, C, D, Program, Told, make_program

__all__ = ["school"]

CLASSES = ("PRIVATE", "CONFIDENTIAL")
WORDS = "l’école"
SPAN = '<c:time-range start="20261103T000000Z" end="20261105T000000Z"/>'


@pytest.fixture
def claire(school: School) -> Program:
    """An agenda with one event that all may read, and two that are hers."""
    program = make_program(school.claire)
    program("PUT", f"{program.agenda}a.ics", event("a"))
    for each in CLASSES:
        file(program, each)
    return program


def file(program: Program, name: str, *more: str, hour: str = "14") -> Told:
    content = event(name, f"20261104T{hour}0000", f"20261104T{hour}3000", f"CLASS:{name}", *more)
    return program("PUT", f"{program.agenda}{name}.ics", content)


class Sharee(Program):
    path: str


@pytest.fixture(params=[Level.READ, Level.WRITE], ids=["reads", "writes"])
def paul(school: School, claire: Program, request: pytest.FixtureRequest) -> Sharee:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", request.param, NOW.date(), None, NOW)
    program = Sharee(school.paul, make_program(school.paul).secret)
    program.path = f"{program.home}partage-{agenda.id}/"
    return program


def names(told: Told) -> set[str]:
    return {unquote(each).rpartition("/")[2] for each in told.hrefs} - {""}


def etags(told: Told) -> dict[str, str | None]:
    return {
        unquote(str(each.findtext(f"{D}href"))).rpartition("/")[2]: each.findtext(f".//{D}getetag")
        for each in told.xml.findall(f"{D}response")
    }


def test_every_question_gives_the_same_object_without_words(paul: Sharee) -> None:
    everything = {"a.ics", *(f"{each}.ics" for each in CLASSES)}
    found = {}
    for each in CLASSES:
        told = paul("GET", f"{paul.path}{each}.ics")
        assert told.status == 200
        assert "SUMMARY:Occupé" in told.content.decode()
        assert f"UID:{each}" in told.content.decode()
        found[each] = told
    query = paul.query(paul.path, SPAN)
    multiget = paul(
        "REPORT", paul.path,
        f"<c:calendar-multiget {NAMESPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>"
        + "".join(f"<d:href>{paul.path}{name}</d:href>" for name in sorted(everything)) + "</c:calendar-multiget>",
    )  # fmt: skip
    listed, synced = paul.propfind(paul.path, "d:getetag", depth="1"), paul.sync(paul.path)
    for told in (query, multiget, listed, synced):
        assert names(told) == everything
        for each in CLASSES:
            assert etags(told)[f"{each}.ics"] == found[each].headers["etag"]
    for told in (query, multiget):
        assert told.content.decode().count(WORDS) == 1, "of the one that all may read"
        assert told.content.decode().count("SUMMARY:Occupé") == 2
    busy = paul("REPORT", paul.path, f"<c:free-busy-query {NAMESPACES}>{SPAN}</c:free-busy-query>").content.decode()
    assert "20261104T130000Z/20261104T133000Z" in busy
    assert paul("GET", f"{paul.path}PRIVATE.ics", if_none_match=found["PRIVATE"].headers["etag"]).status == 304


def test_it_is_named_in_the_readers_language(school: School, paul: Sharee) -> None:
    before = paul("GET", f"{paul.path}PRIVATE.ics")
    Account.objects.filter(pk=school.paul.id).update(language="en")
    after = paul("GET", f"{paul.path}PRIVATE.ics")
    assert "SUMMARY:Busy" in after.content.decode()
    assert after.headers["etag"] != before.headers["etag"]
    share_with_person(school.agenda(school.claire), "ppetit", Level.FREE_BUSY, NOW.date(), None, NOW)
    told = paul.query(paul.path, SPAN).content.decode()
    assert "SUMMARY:Busy" in told
    assert "Occupé" not in told


def test_no_filter_tells_what_is_in_it(paul: Sharee) -> None:
    for word, expected in (("école", {"a.ics"}), ("Occupé", {f"{each}.ics" for each in CLASSES})):
        inside = f'<c:prop-filter name="SUMMARY"><c:text-match>{word}</c:text-match></c:prop-filter>'
        assert names(paul.query(paul.path, inside)) == expected


def test_its_tag_is_the_same_until_its_times_change(paul: Sharee, claire: Program) -> None:
    before = paul("GET", f"{paul.path}PRIVATE.ics")
    file(claire, "PRIVATE", "LOCATION:Ailleurs")
    same = paul("GET", f"{paul.path}PRIVATE.ics")
    assert (same.headers["etag"], same.content) == (before.headers["etag"], before.content)
    assert same.headers["etag"] != claire("GET", f"{claire.agenda}PRIVATE.ics").headers["etag"]
    file(claire, "PRIVATE", hour="16")
    assert paul("GET", f"{paul.path}PRIVATE.ics").headers["etag"] != before.headers["etag"]


def test_it_does_not_tell_when_it_was_changed(paul: Sharee, claire: Program) -> None:
    told = {}
    for program, path in ((paul, paul.path), (claire, claire.agenda)):
        for name in ("PRIVATE", "a"):
            told[program, name] = program.propfind(f"{path}{name}.ics", "d:getlastmodified").text(f"{D}getlastmodified")
    assert told[paul, "PRIVATE"] == "Thu, 01 Jan 1970 00:00:00 GMT"
    assert told[paul, "a"] == told[claire, "a"]
    assert told[claire, "PRIVATE"] != told[paul, "PRIVATE"]


def test_what_ceases_to_take_time_is_gone_for_who_synchronises(paul: Sharee, claire: Program) -> None:
    token = str(paul.sync(paul.path).text(f"{D}sync-token"))
    file(claire, "PRIVATE", "TRANSP:TRANSPARENT")
    told = paul.sync(paul.path, token)
    assert [str(each.findtext(f"{D}status")) for each in told.xml.findall(f"{D}response")] == ["HTTP/1.1 404 Not Found"]
    assert paul("GET", f"{paul.path}PRIVATE.ics").status == 404
    assert "PRIVATE.ics" not in names(paul.propfind(paul.path, "d:getetag", depth="1"))


def test_nobody_without_the_right_changes_or_removes_it(school: School, claire: Program) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.WRITE, NOW.date(), None, NOW)
    paul = make_program(school.paul)
    path = f"{paul.home}partage-{agenda.id}/PRIVATE.ics"
    before = claire("GET", f"{claire.agenda}PRIVATE.ics")
    tag = paul("GET", path).headers["etag"]
    for told in (
        paul("PUT", path, event("PRIVATE")), paul("PUT", path, event("PRIVATE"), if_match=tag),
        paul("PUT", path, paul("GET", path).content, if_match=tag), paul("DELETE", path), paul("DELETE", path, if_match=tag),
    ):  # fmt: skip
        assert (told.status, told.condition) == (403, f"{D}need-privileges")
        assert told.text(f"{D}href") == path
        assert told.xml.find(f".//{D}privilege/{D}write-content") is not None
    conflict = paul("PUT", path.replace("PRIVATE.ics", "autre.ics"), event("PRIVATE"))
    assert (conflict.status, conflict.condition) == (403, f"{C}no-uid-conflict")
    after = claire("GET", f"{claire.agenda}PRIVATE.ics")
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])
    told = paul.propfind(path, "d:current-user-privilege-set")
    assert told.xml.find(f".//{D}read") is not None
    assert told.xml.find(f".//{D}write-content") is None


def test_who_would_not_read_it_any_more_cannot_make_one_private(school: School, claire: Program) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.WRITE, NOW.date(), None, NOW)
    paul = make_program(school.paul)
    path = f"{paul.home}partage-{agenda.id}/"
    new = event("x", "20261106T100000", "20261106T110000", "CLASS:PRIVATE")
    for name, content in (("x.ics", new), ("a.ics", new.replace(b"UID:x", b"UID:a"))):
        told = paul("PUT", path + name, content)
        assert (told.status, told.condition) == (403, f"{D}need-privileges")
    assert paul("GET", f"{path}a.ics").content == event("a")


def test_who_manages_sees_all_and_reads_anew_when_that_begins_or_ends(school: School, claire: Program) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.READ, NOW.date(), None, NOW)
    paul = make_program(school.paul)
    path = f"{paul.home}partage-{agenda.id}/"
    reading = str(paul.sync(path).text(f"{D}sync-token"))
    assert paul.sync(path, reading).status == 207
    share_with_person(agenda, "ppetit", Level.MANAGE, NOW.date(), None, NOW)
    refused = paul.sync(path, reading)
    assert (refused.status, refused.condition) == (403, f"{D}valid-sync-token")
    own, theirs = paul("GET", f"{path}PRIVATE.ics"), claire("GET", f"{claire.agenda}PRIVATE.ics")
    assert (own.content, own.headers["etag"]) == (theirs.content, theirs.headers["etag"])
    managing = str(paul.sync(path).text(f"{D}sync-token"))
    assert paul("PUT", f"{path}PRIVATE.ics", theirs.content.replace(WORDS.encode(), b"autre")).status == 204
    share_with_person(agenda, "ppetit", Level.WRITE, NOW.date(), None, NOW)
    assert paul.sync(path, managing).condition == f"{D}valid-sync-token"


def test_private_tasks_are_nobody_elses(school: School, claire: Program, paul: Sharee) -> None:
    task = b"\r\n".join(
        (b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:x", b"BEGIN:VTODO", b"UID:t", b"DTSTAMP:20261101T000000Z",
         b"DUE:20261104T100000Z", b"SUMMARY:secret", b"CLASS:PRIVATE", b"END:VTODO", b"END:VCALENDAR", b"")
    )  # fmt: skip
    put_object(open_calendar(school.claire.id, school.agenda(school.claire).id, Level.MANAGE, NOW), "t.ics", task, NOW)
    assert paul("GET", f"{paul.path}t.ics").status == 404
    assert names(paul.query(paul.path, "", component="VTODO")) == set()
