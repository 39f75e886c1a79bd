"""How a program finds its agendas, and what it may do with each."""

from corneille.calendar.level import Level
from corneille.calendar.share import share_with_person
from tests.calendar.conftest import NOW, School
from tests.doors.dav.talk import C, D, Program


def test_from_the_root_to_the_agendas(claire: Program) -> None:
    principal = claire.propfind("/dav/", "d:current-user-principal").text(f"{D}current-user-principal/{D}href")
    assert principal == "/dav/principals/clemoine/"
    home = claire.propfind(principal, "c:calendar-home-set").text(f"{C}calendar-home-set/{D}href")
    assert home == claire.home
    told = claire.propfind(home, "d:resourcetype", "d:displayname", "a:calendar-color", "cs:getctag", depth="1")
    assert told.hrefs == [claire.home, claire.agenda]
    assert "Mon agenda" in [each.text for each in told.xml.iter(f"{D}displayname")]
    assert told.xml.find(f".//{C}calendar") is not None


def test_the_door_says_what_it_speaks(claire: Program) -> None:
    told = claire("OPTIONS", "/dav/")
    assert "calendar-access" in told.headers["dav"]
    assert "REPORT" in told.headers["allow"]


def test_what_is_not_there_is_said_not_to_be(claire: Program) -> None:
    told = claire.propfind(claire.agenda, "d:displayname", "c:nothing")
    assert [each.findtext(f"{D}status") for each in told.xml.iter(f"{D}propstat")] == [
        "HTTP/1.1 200 OK",
        "HTTP/1.1 404 Not Found",
    ]


def test_all_and_names_and_no_walk_without_end(claire: Program) -> None:
    assert claire("PROPFIND", claire.agenda, depth="0").text(f"{D}displayname") == "Mon agenda"
    named = claire("PROPFIND", claire.agenda, '<d:propfind xmlns:d="DAV:"><d:propname/></d:propfind>', depth="0")
    assert named.text(f"{D}displayname") == ""
    refused = claire("PROPFIND", claire.home, depth="infinity")
    assert (refused.status, refused.condition) == (403, f"{D}propfind-finite-depth")


def test_a_shared_agenda_is_in_the_home_of_who_has_it_with_their_right(
    claire: Program, paul: Program, school: School
) -> None:
    agenda = school.agenda(school.claire)
    path = f"{paul.home}partage-{agenda.id}/"
    expected = {
        Level.FREE_BUSY: {f"{D}read", f"{D}read-current-user-privilege-set", f"{C}read-free-busy"},
        Level.READ: set[str](),
        Level.WRITE: {f"{D}write-content", f"{D}bind", f"{D}unbind"},
        Level.MANAGE: {f"{D}write", f"{D}write-properties"},
    }
    privileges: set[str] = set()
    for level, more in expected.items():
        share_with_person(agenda, "ppetit", level, NOW.date(), None, NOW)
        told = paul.propfind(path, "d:current-user-privilege-set", "d:displayname")
        privileges |= more
        assert {each[0].tag for each in told.xml.iter(f"{D}privilege")} == privileges
        assert told.text(f"{D}displayname") == "Mon agenda (Claire Lemoine)"
        assert path in paul.propfind(paul.home, "d:displayname", depth="1").hrefs


def test_an_agenda_is_made_named_and_removed(claire: Program) -> None:
    path = f"{claire.home}6f2c-lettres/"
    made = claire(
        "MKCALENDAR", path,
        '<c:mkcalendar xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:d="DAV:" xmlns:a="http://apple.com/ns/ical/"><d:set><d:prop>'
        "<d:displayname>Lettres &amp; co</d:displayname><a:calendar-color>#FF2968FF</a:calendar-color>"
        "</d:prop></d:set></c:mkcalendar>",
    )  # fmt: skip
    assert made.status == 201
    assert claire("MKCALENDAR", path).status == 405
    assert claire.propfind(path, "d:displayname").text(f"{D}displayname") == "Lettres & co"
    assert b"#ff2968" in claire.propfind(path, "a:calendar-color").content
    patched = claire(
        "PROPPATCH", path,
        '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>Autre</d:displayname></d:prop></d:set>'
        "</d:propertyupdate>",
    )  # fmt: skip
    assert patched.text(f"{D}status") == "HTTP/1.1 200 OK"
    assert claire.propfind(path, "d:displayname").text(f"{D}displayname") == "Autre"
    assert claire("DELETE", path).status == 204
    assert claire("PROPFIND", path).status == 404
    assert claire("DELETE", claire.agenda).status == 403


def test_a_name_is_changed_with_all_that_was_asked_or_not_at_all(claire: Program, paul: Program, school: School) -> None:
    body = (
        '<d:propertyupdate xmlns:d="DAV:"><d:set><d:prop><d:displayname>X</d:displayname><d:getetag>1</d:getetag></d:prop>'
        "</d:set></d:propertyupdate>"
    )
    told = claire("PROPPATCH", claire.agenda, body)
    assert {each.text for each in told.xml.iter(f"{D}status")} == {
        "HTTP/1.1 403 Forbidden",
        "HTTP/1.1 424 Failed Dependency",
    }
    share_with_person(school.agenda(school.claire), "ppetit", Level.WRITE, NOW.date(), None, NOW)
    refused = paul(
        "PROPPATCH", f"{paul.home}partage-{school.agenda(school.claire).id}/", body.replace("<d:getetag>1</d:getetag>", "")
    )
    assert refused.text(f"{D}status") == "HTTP/1.1 403 Forbidden"
    assert claire.propfind(claire.agenda, "d:displayname").text(f"{D}displayname") == "Mon agenda"
