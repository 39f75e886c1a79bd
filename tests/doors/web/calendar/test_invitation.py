"""Inviting from an event's form, answering in the message, seeing the answers; moving, leaving out, cancelling."""

import json
import re
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from icalendar import Component

from corneille.calendar import answer_invitation
from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.open_calendar import open_named
from corneille.calendar.put_object import put_object
from corneille.kernel import clock, journal
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import NewMessage
from corneille.people.models import Address
from corneille.transport.queue import list_queue
from corneille.wire.ical.guests import State, read_guests
from corneille.wire.ical.read import parse
from tests.calendar.conftest import School, event
from tests.calendar.conftest import school as school
from tests.doors.web.calendar.test_agenda import TYPED
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.transport.school import Member

__all__ = ["school"]
AT_EIGHT = "20261103T080000", "20261103T090000"
EVENT = re.compile(r'href="(/agenda/evenement\?[^"]+)"')


@pytest.fixture
def claire(school: School) -> Member:
    return Member(school.claire, create_mail_account(school.claire.id, quota_bytes=10**9), "")


@pytest.fixture
def paul(school: School) -> Member:
    return Member(school.paul, create_mail_account(school.paul.id, quota_bytes=10**9), "")


def agenda_of(member: Member) -> str:
    begin_agenda(member.account, clock.now())
    return str(open_named(member.account, "agenda", Level.MANAGE, clock.now()).id)


def count(member: Member) -> int:
    return len(list_objects(open_named(member.account, "agenda", Level.MANAGE, clock.now())))


def write(browser: Browser, member: Member, path: str = "/agenda/evenement/nouveau", **typed: str) -> str:
    return unescape(text_of(browser.post(path, {**TYPED, "calendar": agenda_of(member), "portee": "toutes", **typed})))


def page_of_event(browser: Browser) -> str:
    found = EVENT.search(text_of(browser.get("/agenda/?vue=jour&le=2026-11-03")))
    assert found is not None
    return unescape(found[1])


def open_last(browser: Browser) -> tuple[str, str]:
    """The newest message of the inbox: its address and its page."""
    path = re.findall(r'href="(/courrier/message/\d+/)', text_of(browser.get("/courrier/")))[0]
    return path, unescape(text_of(browser.get(path))).replace("\xa0", " ")


def answer(browser: Browser, word: str) -> int:
    path, _page = open_last(browser)
    return browser.post(f"{path}invitation".replace("//", "/"), {"reponse": word}).status_code


def test_a_colleague_is_invited_answers_and_the_organiser_sees_it(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="Paul Petit <ppetit>")
    (mail,) = paul.inbox()
    assert b"method=REQUEST" in mail.replace(b'"', b"")
    assert "n’a pas répondu" in unescape(text_of(mine.get(page_of_event(mine))))
    _path, page = open_last(theirs)
    assert "Invitation : Conseil de classe" in page
    assert "Claire Lemoine" in page
    assert "invitation.ics" in page
    for word, told, kept in (("peut-etre", "peut-être", 1), ("oui", "vient", 1), ("non", "ne vient pas", 0)):
        assert answer(theirs, word) == 302
        assert count(paul) == kept
        assert f'badge--neutral">{told}</span>' in unescape(text_of(mine.get(page_of_event(mine))))
    replies = claire.inbox()
    assert len(replies) == 3
    assert all(b"method=REPLY" in each.replace(b'"', b"") for each in replies)


def test_moving_it_asks_again_and_leaving_somebody_out_cancels_for_them(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests=paul.address)
    answer(theirs, "oui")
    old, _page = open_last(theirs)
    write(mine, claire, page_of_event(mine), guests=paul.address, place="Salle 13")
    assert "vient</span>" in text_of(mine.get(page_of_event(mine)))
    write(mine, claire, page_of_event(mine), guests=paul.address, from_at="16:00")
    assert "vient</span>" not in text_of(mine.get(page_of_event(mine)))
    answer(theirs, "oui")
    assert "Une version plus récente" in unescape(text_of(theirs.get(old)))
    write(mine, claire, page_of_event(mine), guests="")
    assert "Annulé : Conseil de classe" in open_last(theirs)[1]
    assert count(paul) == 1
    answer(theirs, "retirer")
    assert count(paul) == 0


def test_who_is_left_out_reads_nothing_of_what_was_written_after(claire: Member, paul: Member, enter: Enter) -> None:
    mine = enter(claire)
    write(mine, claire, guests="ppetit", place="Salle 13")
    write(mine, claire, page_of_event(mine), guests="", title="Sans lui", place="Ailleurs", notes="À ne pas lui dire")
    asked, cancelled = (message_from_bytes(each, policy=default) for each in paul.inbox())
    assert asked["Subject"] == "Invitation : Conseil de classe"
    assert cancelled["Subject"] == "Annulé : Conseil de classe"
    told = "".join(part.get_content() for part in cancelled.walk() if not part.is_multipart())
    assert "Salle 13" in told
    assert not re.search("Sans lui|Ailleurs|À ne pas", told)


def test_who_is_left_out_is_told_even_where_the_others_cannot_be(claire: Member, paul: Member, enter: Enter) -> None:
    lost = "personne@ac-demonstration.test"
    people = [f"ATTENDEE:mailto:{each}" for each in (lost, paul.address)]
    put(claire, event("a", "20261103T080000", "20261103T090000", f"ORGANIZER:mailto:{claire.address}", *people))
    mine = enter(claire)
    write(mine, claire, page_of_event(mine), guests=lost)
    assert "n’est pas parti" in unescape(text_of(mine.get("/agenda/")))
    (cancelled,) = paul.inbox()
    assert b"method=CANCEL" in cancelled.replace(b'"', b"")


def put(member: Member, content: bytes) -> None:
    """Files an event in somebody's first agenda, as a program does."""
    begin_agenda(member.account, clock.now())
    put_object(open_named(member.account, "agenda", Level.MANAGE, clock.now()), "a.ics", content, clock.now())


def drag(browser: Browser, **asked: object) -> dict[str, object]:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(browser.get("/agenda/agendas")))
    assert found is not None
    answer = browser.client.post(
        "/agenda/evenements/deplacer", json.dumps(asked), content_type="application/json", secure=True,
        headers={"X-CSRFToken": found[1], "Origin": "https://localhost"},
    )  # fmt: skip
    assert answer.status_code == 200
    told: dict[str, object] = json.loads(answer.content)
    return told


def test_a_move_by_hand_asks_first_then_tells_those_invited(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit")
    answer(theirs, "oui")
    (moved,) = json.loads(mine.get("/agenda/evenements?debut=2026-11-02&fin=2026-11-09").content)["events"]
    asked = {"agenda": moved["agenda"], "uid": moved["uid"], "fois": "", "debut": "2026-11-05T09:00:00"}
    asked["fin"] = "2026-11-05T10:00:00"
    assert "1 personne est invitée" in str(drag(mine, **asked)["ask"])
    assert len(paul.inbox()) == 1
    assert "vient</span>" in text_of(mine.get(page_of_event(mine)))
    assert drag(mine, **asked, prevenir=True) == {"ok": True}
    assert "5 novembre" in open_last(theirs)[1]
    path = EVENT.search(text_of(mine.get("/agenda/?vue=jour&le=2026-11-05")))
    assert path is not None
    assert "n’a pas répondu" in unescape(text_of(mine.get(unescape(path[1]))))
    answer(theirs, "oui")
    assert "vient</span>" in text_of(mine.get(unescape(path[1])))


def test_a_guest_who_changes_their_own_copy_still_answers_the_organiser(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit")
    answer(theirs, "oui")
    for notes in ("Prendre les copies", "Et le trombinoscope", "Et un stylo"):
        write(theirs, paul, page_of_event(theirs), notes=notes)
    write(mine, claire, page_of_event(mine), guests="ppetit", from_at="16:00")
    assert "Une version plus récente" not in open_last(theirs)[1]
    answer(theirs, "oui")
    assert "vient</span>" in text_of(mine.get(page_of_event(mine)))


def test_a_guest_who_changes_one_occurrence_of_their_copy_stays_a_guest(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit", repeat="FREQ=WEEKLY")
    answer(theirs, "oui")
    second = page_on(theirs, "2026-11-10")
    for notes in ("Prendre les copies", "Et le trombinoscope"):
        write(theirs, paul, second, notes=notes, from_on="2026-11-10", until_on="2026-11-10", portee="une")
        page = unescape(text_of(theirs.get(second)))
        assert notes in page
        assert 'name="guests"' not in page


def test_one_occurrence_that_moves_is_asked_anew_alone(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit", repeat="FREQ=WEEKLY")
    answer(theirs, "oui")
    first, second = (page_on(mine, f"2026-11-{day}") for day in ("03", "10"))
    write(mine, claire, second, guests="ppetit", from_at="16:00", from_on="2026-11-10", until_on="2026-11-10", portee="une")
    assert "vient</span>" in text_of(mine.get(first))
    assert "n’a pas répondu" in unescape(text_of(mine.get(second)))
    assert "Une version plus récente" not in open_last(theirs)[1]
    answer(theirs, "oui")
    assert "vient</span>" in text_of(mine.get(second))


def move_second(mine: Browser, claire: Member, **typed: str) -> str:
    """Moves the occurrence of 10 November alone; its address."""
    second = page_on(mine, "2026-11-10")
    on = {"from_on": "2026-11-10", "until_on": "2026-11-10", "from_at": "16:00", "portee": "une"}
    write(mine, claire, second, **{"guests": "ppetit", **on, **typed})
    return second


@pytest.mark.parametrize(
    ("word", "told", "days"),
    [("non", "ne vient pas", ["03", "17", "24"]), ("peut-etre", "peut-être", ["03", "10", "17", "24"])],
)
def test_an_answer_to_one_occurrence_is_of_that_one_alone(
    claire: Member, paul: Member, enter: Enter, word: str, told: str, days: list[str]
) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit", repeat="FREQ=WEEKLY")
    answer(theirs, "oui")
    second = move_second(mine, claire)
    answer(theirs, word)
    assert list_days(theirs) == days
    assert 'badge--neutral">vient</span>' in text_of(mine.get(page_on(mine, "2026-11-03")))
    assert f'badge--neutral">{told}</span>' in unescape(text_of(mine.get(second)))
    reply = list(message_from_bytes(claire.inbox()[-1], policy=default).iter_parts())[-1]
    assert "RECURRENCE-ID" in reply.get_content()


def test_a_series_that_came_with_a_new_occurrence_is_answered_for_that_one(paul: Member, enter: Enter) -> None:
    browser, people = enter(paul), ("ORGANIZER:mailto:y@x.example", f"ATTENDEE:mailto:{paul.address}")
    series = asked(paul, "a", "y@x.example", "RRULE:FREQ=WEEKLY;COUNT=4")
    receive(paul, "y@x.example", series)
    answer(browser, "oui")
    moved = b""
    for day in ("10", "17"):
        recurrence = f"RECURRENCE-ID;TZID=Europe/Paris:202611{day}T080000"
        one = event("a", f"202611{day}T140000", f"202611{day}T150000", recurrence, "SEQUENCE:1", *people)
        moved += one[one.index(b"BEGIN:VEVENT") : one.index(b"END:VCALENDAR")]
    receive(paul, "y@x.example", series.replace(b"END:VCALENDAR", moved + b"END:VCALENDAR"))
    assert "10 novembre" in open_last(browser)[1]
    answer(browser, "oui")
    assert "17 novembre" in open_last(browser)[1]
    answer(browser, "non")
    assert list_days(browser) == ["03", "10", "24"]


def test_one_occurrence_that_goes_is_said_to_be_cancelled_and_the_others_stay(
    claire: Member, paul: Member, enter: Enter
) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit", repeat="FREQ=WEEKLY")
    answer(theirs, "oui")
    second = page_on(mine, "2026-11-10")
    mine.post(second.replace("/agenda/evenement", "/agenda/evenement/supprimer"), {"portee": "une"})
    told = message_from_bytes(paul.inbox()[-1], policy=default)
    assert told["Subject"] == "Annulé : Conseil de classe"
    assert "Annulé : Conseil de classe" in (page := open_last(theirs)[1])
    assert "10 novembre" in page
    assert "Je viens" not in page
    answer(theirs, "retirer")
    assert list_days(theirs) == ["03", "17", "24"]


def test_who_has_not_answered_yet_is_asked_for_what_is_left_of_the_series(
    claire: Member, paul: Member, enter: Enter
) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit", repeat="FREQ=WEEKLY")
    move_second(mine, claire)
    third = page_on(mine, "2026-11-17")
    mine.post(third.replace("/agenda/evenement", "/agenda/evenement/supprimer"), {"portee": "une"})
    assert "Invitation : Conseil de classe" in open_last(theirs)[1]
    answer(theirs, "oui")
    assert list_days(theirs) == ["03", "10", "24"]


@pytest.mark.parametrize("way", ["drag", "une", "toutes"])
def test_a_guest_who_is_not_of_one_occurrence_stays_in_the_others(claire: Member, enter: Enter, way: str) -> None:
    outside, people = "mairie@ville.example", f"ORGANIZER:mailto:{claire.address}"
    other = "ATTENDEE:mailto:ppetit@x.example"
    series = event("a", *AT_EIGHT, "RRULE:FREQ=WEEKLY;COUNT=4", people, f"ATTENDEE:mailto:{outside}", other)
    recurrence = "RECURRENCE-ID;TZID=Europe/Paris:20261110T080000"
    one = event("a", "20261110T100000", "20261110T110000", recurrence, people, other)
    put(claire, series.replace(b"END:VCALENDAR", one[one.index(b"BEGIN:VEVENT") :]))
    mine = enter(claire)
    if way == "drag":
        when = {"debut": "2026-11-11T10:00:00", "fin": "2026-11-11T11:00:00"}
        drag(mine, agenda=agenda_of(claire), uid="a", fois="20261110T0800", **when, prevenir=True)
    else:
        day = {"from_on": "2026-11-10", "until_on": "2026-11-10"}
        write(mine, claire, page_on(mine, "2026-11-10"), guests="ppetit@x.example", portee=way, **day)
    (kept,) = list_objects(open_named(claire.account, "agenda", Level.MANAGE, clock.now()))
    assert {each.address for each in read_guests(kept.content).people} == {outside, "ppetit@x.example"}
    told = {each.recipient for each in list_queue()}
    assert told == ({outside, "ppetit@x.example"} if way == "toutes" else {"ppetit@x.example"})


def page_on(browser: Browser, on: str) -> str:
    found = EVENT.search(text_of(browser.get(f"/agenda/?vue=jour&le={on}")))
    assert found is not None
    return unescape(found[1])


def test_the_journal_names_the_guest_who_has_answered(claire: Member, paul: Member, enter: Enter) -> None:
    write(enter(claire), claire, guests="ppetit")
    answer(enter(paul), "oui")
    (line,) = (each for each in journal.list_lines(claire.account, 50) if each.action.startswith("calendar-event"))
    assert (line.action, line.actor) == ("calendar-event-answered", f"account:{paul.account}")


def test_an_organiser_is_known_by_their_address_in_any_case(claire: Member, paul: Member, enter: Enter) -> None:
    Address.objects.filter(account=claire.account).update(local="Claire.LEMOINE")
    mine = enter(claire)
    write(mine, claire, guests="Paul.PETIT@ac-demonstration.test")
    assert 'name="guests"' in text_of(mine.get(page_of_event(mine)))


def test_removing_the_event_tells_those_invited(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit")
    path = page_of_event(mine).replace("/agenda/evenement", "/agenda/evenement/supprimer")
    assert mine.post(path, {"portee": "toutes"}).status_code == 302
    page = open_last(theirs)[1]
    assert "Annulé : Conseil de classe" in page
    assert "Retirer de mon agenda" not in page  # it never was in it


@pytest.mark.parametrize(
    ("typed", "told"), [("inconnu@ailleurs.example", "Personne ici n’a cet"), ("clemoine", "vous inviter vous-même")]
)
def test_who_cannot_be_invited_is_named_and_nothing_is_saved(claire: Member, enter: Enter, typed: str, told: str) -> None:
    browser = enter(claire)
    assert told in write(browser, claire, guests=typed)
    assert count(claire) == 0


def test_a_guest_does_not_invite_others_to_it(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit")
    answer(theirs, "oui")
    page = unescape(text_of(theirs.get(page_of_event(theirs))))
    assert "Claire Lemoine invite à cet événement" in page
    assert 'name="guests"' not in page
    write(theirs, paul, page_of_event(theirs), guests="amartin")
    assert list_queue() == []
    assert len(claire.inbox()) == 1  # the reply alone


def test_an_invitation_to_others_or_made_up_shows_no_buttons(claire: Member, paul: Member, enter: Enter) -> None:
    browser, inbox = enter(paul), find_mailbox(paul.mail, "INBOX")
    assert inbox is not None
    others = "ATTENDEE:mailto:z@x.example", "ORGANIZER:mailto:y@x.example"
    for body in (event("a", "20261103T080000", "20261103T090000", *others), b"x"):
        body = body.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:REQUEST\r\n")
        content = b"From: y@x.example\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n" + body
        append(paul.mail, inbox.id, [NewMessage(content, clock.now())]).result()
        assert "Je viens" not in open_last(browser)[1]
        answer(browser, "oui")
        assert count(paul) == 0


def test_who_was_invited_by_another_program_from_outside_may_stay(claire: Member, enter: Enter) -> None:
    guests = f"ORGANIZER:mailto:{claire.address}", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:mairie@ville.example"
    agenda_of(claire)
    agenda = open_named(claire.account, "agenda", Level.MANAGE, clock.now())
    put_object(agenda, "a.ics", event("a", "20261103T080000", "20261103T090000", *guests), clock.now())
    browser = enter(claire)
    path = page_of_event(browser)
    assert 'badge--neutral">vient</span>' in text_of(browser.get(path))
    write(browser, claire, path, guests="mairie@ville.example")
    assert [each.recipient for each in list_queue()] == ["mairie@ville.example"]


def receive(member: Member, sender: str, body: bytes, method: str = "REQUEST") -> None:
    inbox = find_mailbox(member.mail, "INBOX")
    assert inbox is not None
    body = body.replace(b"VERSION:2.0\r\n", f"VERSION:2.0\r\nMETHOD:{method}\r\n".encode())
    head = f"From: {sender}\r\nContent-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n".encode()
    append(member.mail, inbox.id, [NewMessage(head + body, clock.now())]).result()


def asked(member: Member, uid: str = "a", organiser: str = "y@x.example", *more: str) -> bytes:
    people = f"ORGANIZER:mailto:{organiser}", f"ATTENDEE:mailto:{member.address}"
    return event(uid, "20261103T080000", "20261103T090000", *people, *more)


@pytest.mark.parametrize("line", ["SEQUENCE:abc", "SEQUENCE:1\r\nSEQUENCE:2"])
def test_a_message_with_an_odd_version_or_uid_opens(paul: Member, enter: Enter, line: str) -> None:
    browser = enter(paul)
    for body in (asked(paul, "a", "y@x.example", line), asked(paul, "U\x00x")):
        receive(paul, "y@x.example", body)
        path, _page = open_last(browser)
        assert browser.get(path).status_code == 200


def test_an_invitation_that_its_organiser_did_not_send_is_not_acted_upon(paul: Member, enter: Enter) -> None:
    browser = enter(paul)
    receive(paul, "other@x.example", asked(paul))
    page = open_last(browser)[1]
    assert "ne vient pas de l’organisateur" in page
    assert "Je viens" not in page
    answer(browser, "oui")
    assert count(paul) == 0
    receive(paul, "y@x.example", asked(paul))
    assert "Je viens" in open_last(browser)[1]
    answer(browser, "oui")
    assert count(paul) == 1
    receive(paul, "other@x.example", asked(paul), "CANCEL")
    assert "Retirer de mon agenda" not in open_last(browser)[1]
    answer(browser, "retirer")
    assert count(paul) == 1


@pytest.mark.parametrize("word", ["oui", "non"])
def test_another_persons_event_is_not_replaced_nor_removed(paul: Member, enter: Enter, word: str) -> None:
    agenda_of(paul)
    agenda = open_named(paul.account, "agenda", Level.MANAGE, clock.now())
    put_object(agenda, "a.ics", asked(paul, "a", "y@x.example"), clock.now())
    browser = enter(paul)
    receive(paul, "evil@x.example", asked(paul, "a", "evil@x.example", "SEQUENCE:999"))
    assert "Je viens" not in open_last(browser)[1]
    answer(browser, word)
    (kept,) = list_objects(open_named(paul.account, "agenda", Level.MANAGE, clock.now()))
    assert b"evil@" not in kept.content


def test_an_old_cancellation_does_not_remove_what_was_invited_to_since(paul: Member, enter: Enter) -> None:
    agenda_of(paul)
    agenda = open_named(paul.account, "agenda", Level.MANAGE, clock.now())
    put_object(agenda, "a.ics", asked(paul, "a", "y@x.example", "SEQUENCE:5"), clock.now())
    browser = enter(paul)
    receive(paul, "y@x.example", asked(paul, "a", "y@x.example", "SEQUENCE:4"), "CANCEL")
    answer(browser, "retirer")
    assert count(paul) == 1


def test_another_program_moves_and_cancels_one_occurrence_alone(paul: Member, enter: Enter) -> None:
    browser, people = enter(paul), ("ORGANIZER:mailto:y@x.example", f"ATTENDEE:mailto:{paul.address}")
    receive(paul, "y@x.example", asked(paul, "a", "y@x.example", "RRULE:FREQ=WEEKLY;COUNT=4", "SEQUENCE:0"))
    answer(browser, "oui")
    second = "RECURRENCE-ID;TZID=Europe/Paris:20261110T080000"
    receive(paul, "y@x.example", event("a", "20261111T140000", "20261111T150000", second, "SEQUENCE:1", *people))
    assert "11 novembre" in open_last(browser)[1]
    assert 'value="oui" aria-pressed="false"' in open_last(browser)[1]
    answer(browser, "oui")
    assert 'value="oui" aria-pressed="true"' in open_last(browser)[1]
    assert list_days(browser) == ["03", "11", "17", "24"]
    third = "RECURRENCE-ID;TZID=Europe/Paris:20261117T080000"
    receive(paul, "y@x.example", event("a", "20261117T080000", "20261117T090000", third, "SEQUENCE:1", *people), "CANCEL")
    answer(browser, "retirer")
    assert list_days(browser) == ["03", "11", "24"]


def list_days(browser: Browser) -> list[str]:
    told = json.loads(browser.get("/agenda/evenements?debut=2026-11-01&fin=2026-12-01").content)
    return sorted(each["start"][8:10] for each in told["events"])


def test_what_has_moved_since_one_answered_is_shown_unanswered(claire: Member, paul: Member, enter: Enter) -> None:
    mine, theirs = enter(claire), enter(paul)
    write(mine, claire, guests="ppetit", repeat="FREQ=WEEKLY")
    answer(theirs, "oui")
    second = page_on(mine, "2026-11-10")
    write(mine, claire, second, guests="ppetit", from_at="16:00", from_on="2026-11-10", until_on="2026-11-10", portee="une")
    page = open_last(theirs)[1]
    assert "10 novembre" in page
    assert 'value="oui" aria-pressed="false"' in page
    answer(theirs, "oui")
    assert 'value="oui" aria-pressed="true"' in open_last(theirs)[1]


def test_a_title_on_two_lines_is_answered(claire: Member, paul: Member, enter: Enter) -> None:
    browser = enter(paul)
    body = asked(paul, "a", claire.address).replace(b"SUMMARY:", b"SUMMARY:Un\\ndeux")
    receive(paul, claire.address, body)
    answer(browser, "oui")
    assert b"Un deux" in b"".join(claire.inbox())


def test_a_list_that_calls_itself_organiser_gets_no_answer(
    paul: Member, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_invitation, "find_list", {"y@x.example": 1}.get)
    receive(paul, "y@x.example", asked(paul))
    answer(enter(paul), "oui")
    assert (count(paul), list_queue()) == (0, [])


def test_the_answer_to_an_older_hour_does_not_hold_for_the_newer(claire: Member, paul: Member, enter: Enter) -> None:
    agenda_of(claire)
    agenda = open_named(claire.account, "agenda", Level.MANAGE, clock.now())
    put_object(agenda, "a.ics", asked(paul, "a", claire.address, "SEQUENCE:3"), clock.now())
    receive(paul, claire.address, asked(paul, "a", claire.address, "SEQUENCE:1"))
    answer(enter(paul), "oui")
    (kept,) = list_objects(agenda)
    assert [each.state for each in read_guests(kept.content).people] == [State.SILENT]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes of each invitation that is parsed."""
    counted = list[int]()

    def count_parsed(content: bytes) -> Component:
        counted.append(len(content))
        return parse(content)

    monkeypatch.setattr(answer_invitation, "parse", count_parsed)
    return counted


def test_an_invitation_that_is_answered_is_read_once(paul: Member, enter: Enter, parsed: list[int]) -> None:
    browser = enter(paul)
    receive(paul, "y@x.example", asked(paul))
    path, _page = open_last(browser)
    assert len(parsed) == 1
    browser.post(f"{path}invitation", {"reponse": "oui"})
    assert (len(parsed), count(paul)) == (2, 1)


def test_what_no_calendar_could_keep_is_not_even_parsed(paul: Member, parsed: list[int]) -> None:
    small = asked(paul).replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:REQUEST\r\n")
    large = small.replace(b"END:VEVENT", b"X-LONG:" + b"x" * 600_000 + b"\r\nEND:VEVENT")
    came = answer_invitation.Came("y@x.example", clock.now())
    assert answer_invitation.read_invitation(paul.account, large, came, clock.now()) is None
    assert answer_invitation.read_invitation(paul.account, small, came, clock.now()) is not None
    assert parsed == [len(small)]
