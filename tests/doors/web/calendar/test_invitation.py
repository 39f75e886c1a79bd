"""Inviting from an event's form, answering in the message, seeing the answers; moving, leaving out, cancelling."""

import re
from html import unescape

import pytest
from icalendar import Component

from corneille.calendar import answer_invitation
from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.open_calendar import open_named
from corneille.calendar.put_object import put_object
from corneille.kernel import clock
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import NewMessage
from corneille.transport.queue import list_queue
from corneille.wire.ical.guests import State, read_guests
from corneille.wire.ical.read import parse
from tests.calendar.conftest import School, event
from tests.calendar.conftest import school as school
from tests.doors.web.calendar.test_agenda import TYPED
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.transport.school import Member

__all__ = ["school"]
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


def test_what_no_calendar_could_keep_is_not_even_parsed(paul: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = list[int]()

    def count_parsed(content: bytes) -> Component:
        parsed.append(len(content))
        return parse(content)

    monkeypatch.setattr(answer_invitation, "parse", count_parsed)
    small = asked(paul).replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:REQUEST\r\n")
    large = small.replace(b"END:VEVENT", b"X-LONG:" + b"x" * 600_000 + b"\r\nEND:VEVENT")
    assert answer_invitation.read_invitation(paul.account, large, "y@x.example", clock.now()) is None
    assert answer_invitation.read_invitation(paul.account, small, "y@x.example", clock.now()) is not None
    assert parsed == [len(small)]
