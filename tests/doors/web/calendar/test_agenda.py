"""The agenda without scripts: seen, written, changed, shared; what is another's is not there."""

import json
import re
from datetime import date, timedelta

import pytest

from corneille.access.password import set_password
from corneille.access.register import list_register
from corneille.calendar.feed import make_feed
from corneille.calendar.holidays import subscribe
from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.make_calendar import begin_agenda, make_calendar, rename_calendar
from corneille.calendar.open_calendar import CalendarOpen, list_calendars, open_calendar, open_named
from corneille.calendar.put_object import put_object
from corneille.calendar.share import share_with_person
from corneille.doors.web.calendar.agenda import list_apart
from corneille.kernel import clock
from corneille.kernel.today import today
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from tests.calendar.conftest import event
from tests.doors.web.conftest import PASSWORD, Browser, text_of

UAI = format_uai(760095)
NEW = "/agenda/evenement/nouveau"
TYPED = {
    "title": "Conseil de classe", "from_on": "2026-11-03", "from_at": "17:00", "until_on": "2026-11-03", "until_at": "18:30",
    "place": "Salle 12", "repeat": "",
}  # fmt: skip


def agenda_of(person: Person) -> CalendarOpen:
    begin_agenda(person.id, clock.now())
    return open_named(person.id, "agenda", Level.MANAGE, clock.now())


def typed(person: Person, **more: str) -> dict[str, str]:
    return {**TYPED, "calendar": str(agenda_of(person).id), **more}


def links(page: str) -> list[str]:
    return [each.replace("&amp;", "&") for each in re.findall(r'href="(/agenda/evenement\?[^"]+)"', page)]


@pytest.fixture
def colleague(teacher: Person) -> Person:
    add_establishment(NewEstablishment(UAI, "Lycée Corneille", "lycee", "Rouen"))
    person = add_person(NewPerson(AccountType.TEACHER, "Paul", "Petit", clock.now()))
    set_password(person.id, PASSWORD, clock.now())
    for each in (person, teacher):
        add_assignment(each.id, UAI, "Enseignement", date(2020, 9, 1))
    return person


PAGES = (
    "/agenda/",
    "/agenda/agendas",
    "/agenda/agendas/1",
    NEW,
    "/agenda/evenement?agenda=1&uid=a",
    "/agenda/evenements?debut=2026-11-02&fin=2026-11-09",
)
POSTS = (
    "/agenda/choisir", "/agenda/evenement/supprimer", "/agenda/evenements/deplacer", "/agenda/agendas/creer",
    "/agenda/agendas/renommer", "/agenda/agendas/retirer", "/agenda/agendas/vacances", "/agenda/agendas/1/reprendre",
    "/agenda/agendas/1/adresse", "/agenda/agendas/1/adresse/revoquer",
)  # fmt: skip


def test_a_stranger_is_sent_to_sign_in(browser: Browser, teacher: Person) -> None:
    for told in [*(browser.get(page) for page in PAGES), *(browser.post(page, {}) for page in POSTS)]:
        assert told.status_code == 302
        assert "/connexion" in told.headers["Location"]


def test_an_event_is_written_seen_in_each_view_changed_and_removed(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    made = browser.post(NEW, typed(teacher))
    assert made.headers["Location"] == "/agenda/?le=2026-11-03"
    for view in ("semaine", "mois", "jour", "liste"):
        page = text_of(browser.get(f"/agenda/?vue={view}&le=2026-11-03"))
        assert "17:00–18:30" in page
        assert "Conseil de classe" in page
    [link] = links(page)
    form = text_of(browser.get(link))
    assert 'value="17:00"' in form
    etag = re.search(r'name="etag" value="([^"]+)"', form)
    assert etag is not None
    assert (
        browser.post(
            link, typed(teacher, title="Conseil déplacé", from_on="2026-11-04", until_on="2026-11-04", etag=etag[1])
        ).status_code
        == 302
    )
    assert "Conseil déplacé" in text_of(browser.get("/agenda/?vue=jour&le=2026-11-04"))
    stale = browser.post(link, typed(teacher, title="Trop tard", etag=etag[1]))
    assert stale.status_code == 302
    assert "a été modifié entre-temps" in text_of(browser.get(link))
    browser.post(link.replace("evenement?", "evenement/supprimer?"), {"portee": "toutes"})
    assert list_objects(agenda_of(teacher)) == []


def test_one_of_a_series_is_changed_and_another_removed(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post(NEW, typed(teacher, repeat="FREQ=WEEKLY", repeat_until="2026-11-24"))
    month = "/agenda/?vue=liste&le=2026-11-01"
    first, second, third, fourth = links(text_of(browser.get(month)))
    browser.post(second, typed(teacher, title="Exception", from_on="2026-11-11", until_on="2026-11-11", portee="une"))
    browser.post(third.replace("evenement?", "evenement/supprimer?"), {"portee": "une"})
    page = text_of(browser.get(month))
    assert page.count("Conseil de classe") == 2
    assert page.count("Exception") == 1
    assert "mercredi 11" in page
    series = {"repeat": "FREQ=WEEKLY", "repeat_until": "2026-11-24", "portee": "toutes"}
    browser.post(fourth, typed(teacher, title="Toutes", from_on="2026-11-24", until_on="2026-11-24", **series))
    assert text_of(browser.get(month)).count("Toutes") == 2
    browser.post(first.replace("evenement?", "evenement/supprimer?"), {"portee": "toutes"})
    assert list_objects(agenda_of(teacher)) == []


WRONG = {
    "title": ("title", ""),
    "end": ("until_at", "16:00"),
    "hour": ("from_at", ""),
    "day": ("from_on", "31/12"),
    "year": ("from_on", "1800-01-01"),
    "repeat": ("repeat_until", "2026-11-01"),
    "calendar": ("calendar", "999"),
    "rule": ("repeat", "FREQ=SECONDLY"),
}


@pytest.mark.parametrize(("field", "value"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_at_its_field(browser: Browser, teacher: Person, field: str, value: str) -> None:
    browser.sign_in("clemoine")
    told = browser.post(NEW, typed(teacher, **{field: value}))
    assert told.status_code == 200
    assert 'aria-invalid="true"' in text_of(told)
    assert list_objects(agenda_of(teacher)) == []


def test_a_whole_day_and_a_rule_of_a_program_stay_what_they_are(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post(NEW, typed(teacher, is_day="on", until_on="2026-11-05", from_at="", until_at=""))
    page = text_of(browser.get("/agenda/?vue=semaine&le=2026-11-03"))
    assert len(links(page)) == 3
    put_object(
        agenda_of(teacher),
        "r.ics",
        event("r", "20261103T080000", "20261103T090000", "RRULE:FREQ=MONTHLY;BYDAY=1TU"),
        clock.now(),
    )
    [link] = [each for each in links(text_of(browser.get("/agenda/?vue=jour&le=2026-11-03"))) if "uid=r&" in each]
    assert "Comme maintenant" in text_of(browser.get(link))
    browser.post(link, typed(teacher, title="r bis", repeat="kept", portee="toutes", from_at="08:00", until_at="09:00"))
    [kept] = [each for each in list_objects(agenda_of(teacher)) if each.name == "r.ics"]
    assert b"BYDAY=1TU" in kept.content


def test_a_calendar_is_put_aside_and_comes_back(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post(NEW, typed(teacher))
    browser.post("/agenda/choisir", {"vue": "jour", "le": "2026-11-03"})
    assert "Conseil de classe" not in text_of(browser.get("/agenda/?vue=jour&le=2026-11-03"))
    browser.post("/agenda/choisir", {"agenda": str(agenda_of(teacher).id)})
    assert "Conseil de classe" in text_of(browser.get("/agenda/?vue=jour&le=2026-11-03"))


def test_a_colleague_sees_what_their_right_gives(browser: Browser, teacher: Person, colleague: Person) -> None:
    agenda = agenda_of(teacher)
    put_object(agenda, "a.ics", event("a"), clock.now())
    put_object(agenda, "p.ics", event("p", "20261103T100000", "20261103T110000", "CLASS:PRIVATE"), clock.now())
    browser.sign_in("ppetit")
    day, page = "/agenda/?vue=jour&le=2026-11-03", f"/agenda/evenement?agenda={agenda.id}&uid=a"
    assert "à l’école" not in text_of(browser.get(day))
    assert browser.get(page).status_code == 404
    seen = {}
    for level in (Level.FREE_BUSY, Level.READ, Level.WRITE):
        share_with_person(agenda, "ppetit", level, today(clock.now()), None, clock.now())
        seen[level] = text_of(browser.get(day)), browser.get(page).status_code
    assert ("à l’école" in seen[Level.FREE_BUSY][0], seen[Level.FREE_BUSY][0].count("Occupé"), seen[Level.FREE_BUSY][1]) == (
        False,
        2,
        403,
    )
    assert ("à l’école" in seen[Level.READ][0], seen[Level.READ][0].count("Occupé"), seen[Level.READ][1]) == (True, 1, 200)
    share_with_person(agenda, "ppetit", Level.READ, today(clock.now()), None, clock.now())
    assert "<form" not in text_of(browser.get(page)).split("<main")[1].split("</main")[0]
    assert browser.post(page.replace("evenement?", "evenement/supprimer?"), {"portee": "toutes"}).status_code == 403
    hidden = f"/agenda/evenement?agenda={agenda.id}&uid=p"
    assert browser.get(hidden).status_code == 404


def test_who_acts_for_somebody_else_is_told_whose_agenda_has_the_event(
    browser: Browser, teacher: Person, colleague: Person
) -> None:
    agenda = agenda_of(teacher)
    share_with_person(agenda, "ppetit", Level.WRITE, today(clock.now()), None, clock.now())
    browser.sign_in("ppetit")
    for calendar, said in (
        (agenda, f"dans l’agenda «\u202f{agenda.name}\u202f» ({teacher.display_name})"),
        (agenda_of(colleague), "dans votre agenda"),
    ):
        written = typed(teacher, calendar=str(calendar.id))
        assert said in text_of(browser.get(browser.post(NEW, written).headers["Location"]))


def test_a_calendar_is_shared_between_two_dates_and_taken_back(browser: Browser, teacher: Person, colleague: Person) -> None:
    agenda = agenda_of(teacher)
    browser.sign_in("clemoine")
    page = f"/agenda/agendas/{agenda.id}"
    last = today(clock.now()) + timedelta(days=10)
    told = browser.post(page, {"person": "paul.petit@ac-demonstration.test", "level": "4", "until_on": last.isoformat()})
    assert told.status_code == 302
    shown = text_of(browser.get(page))
    assert "Paul Petit" in shown
    assert "gère tout" in shown
    [shared] = [each for each in list_calendars(colleague.id, clock.now()) if each.kind == "shared"]
    assert (shared.level, shared.until_on) == (Level.MANAGE, last)
    for wrong in (
        {"person": "personne", "level": "2"},
        {"level": "2"},
        {"person": "ppetit", "level": "2", "until_on": "2020-01-01"},
    ):
        assert 'aria-invalid="true"' in text_of(browser.post(page, wrong))
    group = browser.post(page, {"group": f"team/{UAI}/enseignement", "level": "2"})
    assert group.status_code == 302
    share = re.search(r'name="id" value="(\d+)"', text_of(browser.get(page)))
    assert share is not None
    browser.post(f"{page}/reprendre", {"id": share[1]})
    [shared] = [each for each in list_calendars(colleague.id, clock.now()) if each.kind == "shared"]
    assert shared.level is Level.READ


def test_the_page_of_another_calendar_is_not_there(browser: Browser, teacher: Person, colleague: Person) -> None:
    agenda = agenda_of(teacher)
    browser.sign_in("ppetit")
    assert browser.get(f"/agenda/agendas/{agenda.id}").status_code == 404
    for path in ("reprendre", "adresse", "adresse/revoquer"):
        assert browser.post(f"/agenda/agendas/{agenda.id}/{path}", {"id": "1", "label": "x"}).status_code == 404
    for path in ("renommer", "retirer"):
        assert browser.post(f"/agenda/agendas/{path}", {"id": str(agenda.id), "name": "x"}).status_code == 404
    moved = json.dumps({"agenda": agenda.id, "uid": "a", "fois": "", "debut": "2026-11-03", "fin": "2026-11-04"})
    assert (
        browser.client.post("/agenda/evenements/deplacer", moved, content_type="application/json", secure=True).status_code
        == 403
    )


def test_a_private_address_is_shown_once_read_by_anybody_and_revoked(browser: Browser, teacher: Person) -> None:
    agenda = agenda_of(teacher)
    put_object(agenda, "a.ics", event("a"), clock.now())
    browser.sign_in("clemoine")
    page = f"/agenda/agendas/{agenda.id}"
    made = text_of(browser.post(f"{page}/adresse", {"label": "téléphone", "details": "1"}))
    found = re.search(r"(/agenda/flux/[a-f0-9]{80}\.ics)", made)
    assert found is not None
    assert found[1] not in text_of(browser.get(page))
    browser.client.cookies.clear()
    told = browser.get(found[1])
    assert told.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "à l’école" in text_of(told)
    assert "Set-Cookie" not in told.headers
    assert browser.get(found[1].replace(".ics", "0.ics")).status_code == 404
    browser.sign_in("clemoine")
    feed = re.search(r'adresse/revoquer">.*?name="id" value="(\d+)"', text_of(browser.get(page)), re.S)
    assert feed is not None
    browser.post(f"{page}/adresse/revoquer", {"id": feed[1]})
    assert browser.get(found[1]).status_code == 404


def test_an_address_whose_maker_manages_no_more_is_shown_so(browser: Browser, teacher: Person, colleague: Person) -> None:
    agenda, now = agenda_of(teacher), clock.now()
    share_with_person(agenda, "ppetit", Level.MANAGE, today(now), None, now)
    secret = make_feed(open_calendar(colleague.id, agenda.id, Level.MANAGE, now), "salle", now, with_details=True)
    browser.sign_in("clemoine")
    page = text_of(browser.get(f"/agenda/agendas/{agenda.id}"))
    assert "Paul Petit · avec ce qu’il contient" in page
    assert "ne répond plus" not in page
    share_with_person(agenda, "ppetit", Level.READ, today(now), None, now)
    page = text_of(browser.get(f"/agenda/agendas/{agenda.id}"))
    assert "ne répond plus" in page
    assert "Révoquez-la" in page
    assert browser.get(f"/agenda/flux/{secret}.ics").status_code == 404


def test_who_made_an_address_that_died_is_told_what_to_do(browser: Browser, teacher: Person, colleague: Person) -> None:
    agenda, now = agenda_of(teacher), clock.now()
    share_with_person(agenda, "ppetit", Level.MANAGE, today(now), None, now)
    make_feed(open_calendar(colleague.id, agenda.id, Level.MANAGE, now), "salle", now, with_details=True)
    browser.sign_in("ppetit")
    assert "ne répondent plus" not in text_of(browser.get("/agenda/agendas"))
    share_with_person(agenda, "ppetit", Level.READ, today(now), None, now)
    page = text_of(browser.get("/agenda/agendas"))
    assert "ne répondent plus" in page
    found = re.search(r'adresse/ranger">.*?name="id" value="(\d+)"', page, re.S)
    assert found is not None
    browser.client.cookies.clear()
    browser.sign_in("clemoine")
    assert browser.post("/agenda/agendas/adresse/ranger", {"id": found[1]}).status_code == 404
    browser.client.cookies.clear()
    browser.sign_in("ppetit")
    assert browser.post("/agenda/agendas/adresse/ranger", {"id": found[1]}).status_code == 302
    assert "ne répondent plus" not in text_of(browser.get("/agenda/agendas"))


def test_calendars_are_made_named_and_removed_and_holidays_taken(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    browser.post("/agenda/agendas/creer", {"name": "Lettres"})
    assert "Donnez un nom" in text_of(browser.post("/agenda/agendas/creer", {"name": " "}))
    for whose in (f"establishment/{UAI}", f"team/{UAI}/direction", "list/1", "x"):
        assert browser.post("/agenda/agendas/creer", {"name": "x", "whose": whose}).status_code == 200
    browser.post("/agenda/agendas/vacances", {"zone": "B"})
    listed = {each.name: each for each in list_calendars(teacher.id, clock.now())}
    assert set(listed) == {"Mon agenda", "Lettres", "Vacances scolaires, zone B"}
    browser.post("/agenda/agendas/renommer", {"id": str(listed["Lettres"].id), "name": "Lettres 3e", "colour": "#2e7d4f"})
    assert "Lettres 3e" in text_of(browser.get("/agenda/agendas"))
    assert "Vacances de Noël" in text_of(browser.get("/agenda/?vue=jour&le=2026-12-24"))
    for name in ("Lettres", "Vacances scolaires, zone B", "Mon agenda"):
        browser.post("/agenda/agendas/retirer", {"id": str(listed[name].id)})
    assert [each.name for each in list_calendars(teacher.id, clock.now())] == ["Mon agenda"]


def test_no_two_calendars_have_one_colour_on_the_page(browser: Browser, teacher: Person, colleague: Person) -> None:
    share_with_person(agenda_of(colleague), "clemoine", Level.READ, today(clock.now()), None, clock.now())
    for person in (teacher, colleague):
        put_object(agenda_of(person), "a.ics", event("a", "20261103T080000", "20261103T090000"), clock.now())
    browser.sign_in("clemoine")
    told = json.loads(browser.get("/agenda/evenements?debut=2026-11-02&fin=2026-11-09").content)["events"]
    assert len({each["color"] for each in told}) == len(told) == 2
    for page in ("/agenda/?vue=jour&le=2026-11-03", "/agenda/agendas"):
        assert all(each["color"] in text_of(browser.get(page)) for each in told)


def test_ones_own_calendars_keep_the_colours_that_one_chose(
    browser: Browser, teacher: Person, colleague: Person
) -> None:
    own, now = agenda_of(teacher), clock.now()
    second = open_calendar(teacher.id, make_calendar(teacher.id, "Lettres", now), Level.MANAGE, now)
    rename_calendar(second, colour=own.colour)
    theirs = agenda_of(colleague)
    share_with_person(theirs, "clemoine", Level.MANAGE, today(now), None, now)
    assert theirs.colour == own.colour
    seen = {each.id: each.colour for each in list_apart(teacher.id, now)}
    assert seen[own.id] == seen[second.id] == own.colour
    assert seen[theirs.id] != own.colour
    browser.sign_in("clemoine")
    for each in (own, second, theirs):
        page = text_of(browser.get(f"/agenda/agendas/{each.id}"))
        assert f'fill="{seen[each.id]}"' in page.split("</h1>")[0]
        assert ("vous voyez celui-ci dans une autre" in page) is (each is theirs)


def test_the_script_reads_and_moves_what_one_may_move(browser: Browser, teacher: Person) -> None:
    agenda = agenda_of(teacher)
    put_object(agenda, "a.ics", event("a", "20261103T080000", "20261103T090000", "RRULE:FREQ=DAILY;COUNT=3"), clock.now())
    browser.sign_in("clemoine")
    week = "/agenda/evenements?debut=2026-11-02&fin=2026-11-09"
    told = json.loads(browser.get(week).content)["events"]
    assert [each["start"] for each in told] == [f"2026-11-0{day}T08:00:00" for day in (3, 4, 5)]
    token = browser._token()
    moved = {
        "agenda": agenda.id,
        "uid": "a",
        "fois": told[1]["fois"],
        "debut": "2026-11-06T10:00:00",
        "fin": "2026-11-06T11:00:00",
    }

    def move(**more: object) -> int:
        return browser.client.post(
            "/agenda/evenements/deplacer", json.dumps({**moved, **more}), content_type="application/json", secure=True,
            headers={"X-CSRFToken": token, "Origin": "https://localhost"},
        ).status_code  # fmt: skip

    assert move() == 200
    assert [each["start"][8:13] for each in json.loads(browser.get(week).content)["events"]] == ["03T08", "05T08", "06T10"]
    assert [move(fin="2026-11-06T09:00:00"), move(debut="x"), move(debut="2026-11-06"), move(agenda="x")] == [400] * 4
    assert [move(uid="nobody"), move(agenda=999)] == [404] * 2
    for wrong in ("", "debut=2026-01-01&fin=2027-12-31", "debut=x&fin=y"):
        assert browser.get(f"/agenda/evenements?{wrong}").status_code == 400


def test_school_holidays_are_told_in_the_language_of_the_page(browser: Browser, teacher: Person) -> None:
    subscribe(teacher.id, "B", clock.now())
    browser.sign_in(teacher.identifier)
    asked = "/agenda/?vue=mois&le=2026-12-20"
    page = text_of(browser.get(asked))
    assert "Vacances de Noël" in page
    assert "Vacances scolaires, zone B" in page
    browser.post("/langue", {"language": "en"})
    page = text_of(browser.get(asked))
    assert "Christmas holidays" in page
    assert "School holidays, zone B" in page
    assert "Vacances" not in page
    page = text_of(browser.get(next(each for each in links(page))))
    assert "Christmas holidays" in page
    assert "Vacances" not in page


FAR = ("0001-01-01", "9999-12-31")


@pytest.mark.parametrize("day", FAR)
def test_a_day_that_nobody_means_is_refused_with_the_years_that_may_be_meant(
    browser: Browser, teacher: Person, colleague: Person, day: str
) -> None:
    agenda = agenda_of(teacher)
    browser.sign_in("clemoine")
    for field in ("from_on", "until_on"):
        shared = {"person": "ppetit", "level": str(int(Level.READ)), "from_on": "", "until_on": "", field: day}
        page = browser.post(f"/agenda/agendas/{agenda.id}", shared)
        assert page.status_code in {200, 422}
        assert "l’année est entre 1950 et 2150" in text_of(page).replace("\u00a0", " ")
    page = browser.post(NEW, typed(teacher, from_on=day, until_on=day))
    assert "l’année est entre 1950 et 2150" in text_of(page).replace("\u00a0", " ")


@pytest.mark.parametrize("day", FAR)
def test_the_addresses_of_the_agenda_know_no_day_that_nobody_means(browser: Browser, teacher: Person, day: str) -> None:
    agenda = agenda_of(teacher)
    put_object(agenda, "weekly.ics", event("weekly", "20261103T080000", "20261103T090000", "RRULE:FREQ=WEEKLY"), clock.now())
    browser.sign_in("clemoine")
    assert browser.get(f"/agenda/evenements?debut={day}&fin={day}").status_code == 400
    at = f"{day.replace('-', '')}T2330"
    assert browser.get(f"/agenda/evenement?agenda={agenda.id}&uid=weekly&fois={at}").status_code == 404
    for view in ("semaine", "mois", "jour", "liste"):
        assert browser.get(f"/agenda/?vue={view}&jour={day}").status_code == 200
    moved = {"agenda": agenda.id, "uid": "weekly", "fois": at, "debut": f"{day}T23:30:00", "fin": f"{day}T23:45:00"}
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(browser.get("/agenda/")))
    assert token is not None
    answer = browser.client.post(
        "/agenda/evenements/deplacer", json.dumps(moved), content_type="application/json", secure=True,
        headers={"X-CSRFToken": token[1], "Origin": "https://localhost"},
    )  # fmt: skip
    assert answer.status_code == 400


def test_the_owner_reads_in_their_register_who_has_read_the_agenda(
    browser: Browser, teacher: Person, colleague: Person
) -> None:
    agenda = agenda_of(teacher)
    day = today(clock.now()).strftime("%Y%m%d")
    put_object(agenda, "a.ics", event("a", f"{day}T235000", f"{day}T235500"), clock.now())
    share_with_person(agenda, "ppetit", Level.READ, today(clock.now()), None, clock.now())
    browser.sign_in("ppetit")
    for path in ("/agenda/", f"/agenda/evenement?agenda={agenda.id}&uid=a", "/"):
        assert browser.get(path).status_code == 200
    lines = [each for each in list_register(teacher.id) if each.action == "calendar-read"]
    assert [(each.name, each.data["door"]) for each in lines] == [("Paul Petit", "web")]
    browser.post("/deconnexion", {})
    browser.sign_in("clemoine")
    page = text_of(browser.get("/mes-connexions/journal?autres"))
    assert "Un de vos agendas a été lu" in page
    assert "dans le navigateur" in page
