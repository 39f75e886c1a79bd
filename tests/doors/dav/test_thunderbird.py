"""Thunderbird 153 and an agenda, request for request.

Recorded from Thunderbird 153.8.0esr (Debian), run headless against this door through a recorder: what it asks of an agenda
that it has, each time it looks. What a person begins by hand is as its published source writes it
(comm-central, calendar/providers/caldav): finding the agendas, and filing, changing and removing an event.
"""

import http.client
from urllib.parse import urlsplit

from corneille.calendar.level import Level
from corneille.calendar.share import share_with_person
from tests.calendar.conftest import NOW, School, event
from tests.doors.dav.serving import serve_dav
from tests.doors.dav.talk import C, D, Program, Told

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
CALDAV, APPLE = "xmlns:C='urn:ietf:params:xml:ns:caldav'", "xmlns:A='http://apple.com/ns/ical/'"
CHECK = (
    f"{HEAD}<D:propfind xmlns:D='DAV:' {CALDAV} xmlns:CS='http://calendarserver.org/ns/'><D:prop><D:resourcetype/><D:owner/>"
    "<D:current-user-principal/><D:current-user-privilege-set/><D:supported-report-set/>"
    "<C:supported-calendar-component-set/><CS:getctag/></D:prop></D:propfind>"
)
SYNC = (
    f'{HEAD}<sync-collection xmlns="DAV:">%s<sync-level>1</sync-level><prop><getcontenttype/><getetag/></prop>'
    "</sync-collection>"
)
MULTIGET = (
    f'{HEAD}<C:calendar-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:getetag/>'
    "<C:calendar-data/></D:prop>%s</C:calendar-multiget>"
)
FIND_COLLECTION = (
    f"{HEAD}<D:propfind xmlns:D='DAV:' {APPLE} {CALDAV}><D:prop><D:resourcetype/><D:owner/><D:displayname/>"
    "<D:current-user-principal/><D:current-user-privilege-set/><A:calendar-color/><C:calendar-home-set/></D:prop></D:propfind>"
)
FIND_HOME = f"{HEAD}<D:propfind xmlns:D='DAV:' {CALDAV}><D:prop><C:calendar-home-set/></D:prop></D:propfind>"
LIST_HOME = (
    f"{HEAD}<D:propfind xmlns:D='DAV:' {APPLE}><D:prop><D:resourcetype/><D:displayname/><D:current-user-privilege-set/>"
    "<A:calendar-color/></D:prop></D:propfind>"
)
XML = {
    "accept": "text/xml", "accept_language": "en-US,en;q=0.9", "accept_charset": "utf-8,*;q=0.1",
    "content_type": "text/xml; charset=utf-8", "pragma": "no-cache", "cache_control": "no-cache",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Thunderbird/153.8.0",
}  # fmt: skip
ICS = {**XML, "content_type": "text/calendar; charset=utf-8"}
WRITES = {f"{D}write", f"{D}write-content", f"{D}write-properties", f"{D}all"}
"""One of these, and Thunderbird lets people write."""


def ask(program: Program, method: str, path: str, body: str, depth: str) -> Told:
    return program(method, path, body, **XML, depth=depth)


def privileges(told: Told) -> set[str]:
    return {each[0].tag for each in told.xml.iter(f"{D}privilege")}


def sync(program: Program, token: str = "") -> tuple[list[str], list[str], str]:
    """As it looks for changes: addresses to fetch, addresses that are gone, the token of next time."""
    known = f"<sync-token>{token}</sync-token>" if token else "<sync-token/>"
    told = ask(program, "REPORT", program.agenda, SYNC % known, "1")
    assert told.status == 207
    changed, gone = [], []
    for each in told.xml.findall(f"{D}response"):
        href = str(each.findtext(f"{D}href"))
        if "404" in str(each.findtext(f"{D}status")):
            gone.append(href)
        else:
            assert str(each.findtext(f".//{D}getcontenttype")).startswith("text/calendar")  # else it passes over it
            assert each.findtext(f".//{D}getetag")
            changed.append(href)
    return changed, gone, str(told.xml.findtext(f"{D}sync-token"))


def fetch(program: Program, hrefs: list[str]) -> dict[str, str]:
    """As it fetches what it lacks: contents by address."""
    wanted = "".join(f"<D:href>{each}</D:href>" for each in hrefs)
    told = ask(program, "REPORT", program.agenda, MULTIGET % wanted, "1")
    return {
        str(each.findtext(f"{D}href")): str(each.findtext(f".//{C}calendar-data"))
        for each in told.xml.findall(f"{D}response")
    }  # fmt: skip


def test_from_the_name_of_the_server_to_the_agendas(claire: Program) -> None:
    with serve_dav() as url:
        connection = http.client.HTTPConnection(urlsplit(url).netloc)
        connection.request("PROPFIND", "/.well-known/caldav", FIND_COLLECTION, {"Depth": "0"})
        sent = connection.getresponse()
        assert sent.status in {301, 302, 307, 308}  # it goes on with the same method and body
        root = urlsplit(str(sent.headers["Location"])).path
        connection.close()
    found = ask(claire, "PROPFIND", root, FIND_COLLECTION, "0")
    assert found.status == 207
    assert found.xml.find(f".//{D}resourcetype/{C}calendar") is None
    principal = str(found.text(f"{D}current-user-principal/{D}href"))
    home = str(ask(claire, "PROPFIND", principal, FIND_HOME, "0").text(f"{C}calendar-home-set/{D}href"))
    assert home == claire.home
    listed = ask(claire, "PROPFIND", home, LIST_HOME, "1")
    answers = listed.xml.findall(f"{D}response")
    agendas = [each for each in answers if each.find(f".//{D}resourcetype/{C}calendar") is not None]
    assert [each.findtext(f".//{D}displayname") for each in agendas] == ["Mon agenda"]
    assert privileges(listed) & WRITES


def test_an_agenda_that_it_has_is_looked_at_each_time(claire: Program) -> None:
    checked = ask(claire, "PROPFIND", claire.agenda, CHECK, "0")
    assert checked.xml.find(f".//{D}resourcetype/{C}calendar") is not None
    reports = {each[0].tag for each in checked.xml.iter(f"{D}report")}
    assert {f"{D}sync-collection", f"{C}calendar-multiget"} <= reports  # else it reads everything each time
    assert {each.get("name") for each in checked.xml.iter(f"{C}comp")} >= {"VEVENT"}
    assert checked.text("{http://calendarserver.org/ns/}getctag")
    assert checked.text(f"{D}owner/{D}href") == checked.text(f"{D}current-user-principal/{D}href")
    options = claire("OPTIONS", claire.home, accept="text/xml", origin="http://localhost")
    features = [each.strip() for each in options.headers["dav"].split(",")]
    assert features[0] == "1"  # what it takes for the version, whatever comes after
    assert "calendar-access" in features
    assert "calendar-auto-schedule" not in features  # else it leaves invitations to us


def test_events_are_filed_changed_removed_and_seen_by_another_program(claire: Program) -> None:
    changed, gone, token = sync(claire)
    assert (changed, gone) == ([], [])
    href = f"{claire.agenda}7d3c1f0a-5b1e-4a57-9b5a-0d6c1f2e3a4b.ics"
    filed = claire("PUT", href, event("a"), **ICS, if_none_match="*")
    assert filed.status in {201, 204}
    again = claire("PUT", href, event("a"), **ICS, if_none_match="*")
    assert again.status == 412  # it then asks its person which of both is right
    changed, _gone, token = sync(claire, token)
    assert changed == [href]
    assert fetch(claire, changed)[href].split() == event("a").decode().split()
    new = event("a", "20261104T080000", "20261104T090000")
    assert claire("PUT", href, new, **ICS, if_match='"0"').status == 412
    stored = claire("PUT", href, new, **ICS, if_match=filed.headers["etag"])
    assert stored.status == 204
    changed, _gone, token = sync(claire, token)
    assert "20261104T080000" in fetch(claire, changed)[href]
    assert claire("DELETE", href, accept="text/xml", if_match=stored.headers["etag"]).status == 204
    assert sync(claire, token)[:2] == ([], [href])
    assert claire("DELETE", href, accept="text/xml").status == 404  # which it takes for done


def test_a_token_that_is_none_makes_it_begin_again(claire: Program) -> None:
    refused = ask(claire, "REPORT", claire.agenda, SYNC % "<sync-token>urn:autre:1</sync-token>", "1")
    assert 400 <= refused.status < 500
    assert b'<D:error xmlns:D="DAV:"/>' not in refused.content  # which it takes for a limit of its rate


def test_an_agenda_to_read_alone_is_shown_as_such(claire: Program, paul: Program, school: School) -> None:
    agenda = school.agenda(school.claire)
    share_with_person(agenda, "ppetit", Level.READ, NOW.date(), None, NOW)
    path = f"{paul.home}partage-{agenda.id}/"
    assert not privileges(ask(paul, "PROPFIND", path, CHECK, "0")) & WRITES
    assert path in ask(paul, "PROPFIND", paul.home, LIST_HOME, "1").hrefs
