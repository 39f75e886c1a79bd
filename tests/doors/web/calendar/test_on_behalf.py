"""Who writes in somebody's agenda changes what that person invites to; those invited are told in that person's name."""

import json
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest

from corneille.calendar.answer_invitation import Came, read_invitation
from corneille.calendar.invite import InvitationRefused, Words, send_event
from corneille.calendar.level import Level
from corneille.calendar.open_calendar import open_named
from corneille.calendar.share import drop_share, list_shares, share_with_person
from corneille.kernel import clock
from corneille.mail.open_mail_account import create_mail_account
from corneille.wire.ical.guests import Method
from tests.calendar.conftest import School
from tests.calendar.conftest import school as school
from tests.doors.web.calendar.test_invitation import (
    agenda_of,
    answer,
    asked,
    count,
    drag,
    open_last,
    page_of_event,
    page_on,
    receive,
    write,
)
from tests.doors.web.calendar.test_invitation import claire as claire
from tests.doors.web.calendar.test_invitation import paul as paul
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.transport.school import Member

__all__ = ["claire", "paul", "school"]


@pytest.fixture
def anne(school: School, claire: Member) -> Member:
    """Writes in Claire's agenda."""
    agenda_of(claire)
    agenda = open_named(claire.account, "agenda", Level.MANAGE, clock.now())
    share_with_person(agenda, "amartin", Level.WRITE, clock.now().date(), None, clock.now())
    return Member(school.head, create_mail_account(school.head.id, quota_bytes=10**9), "")


@pytest.fixture
def invited(claire: Member, paul: Member, enter: Enter) -> Browser:
    """Paul's, who comes to Claire's event."""
    write(enter(claire), claire, guests="ppetit")
    theirs = enter(paul)
    answer(theirs, "oui")
    return theirs


def test_a_colleagues_change_is_told_in_the_organisers_name_and_answered_to_them(
    claire: Member, paul: Member, anne: Member, invited: Browser, enter: Enter
) -> None:
    hers = enter(anne)
    path = page_of_event(hers)
    page = unescape(text_of(hers.get(path)))
    assert 'name="guests"' in page
    assert "au nom de Claire Lemoine" in page
    write(hers, claire, path, guests="ppetit", from_at="16:00")
    mail = message_from_bytes(paul.inbox()[-1], policy=default)
    assert mail["From"] == f"Anne Martin <{anne.address}>"
    told = list(mail.iter_parts())[-1].get_content().replace("\r\n ", "")
    assert f'SENT-BY="mailto:{anne.address}":mailto:{claire.address}' in told
    _path, told = open_last(invited)
    assert "Invitation de Claire Lemoine, écrite en son nom par Anne Martin" in told
    assert "Une version plus récente" not in told
    answer(invited, "peut-etre")
    assert 'badge--neutral">peut-être</span>' in unescape(text_of(enter(claire).get(page_of_event(enter(claire)))))
    assert len(claire.inbox()) == 2
    assert anne.inbox() == []


def test_a_colleagues_move_by_hand_asks_in_the_organisers_name(
    claire: Member, paul: Member, anne: Member, invited: Browser, enter: Enter
) -> None:
    hers = enter(anne)
    (moved,) = json.loads(hers.get("/agenda/evenements?debut=2026-11-02&fin=2026-11-09").content)["events"]
    to = {"agenda": moved["agenda"], "uid": moved["uid"], "fois": "", "debut": "2026-11-05T09:00:00"}
    to["fin"] = "2026-11-05T10:00:00"
    assert "au nom de Claire Lemoine" in str(drag(hers, **to)["ask"])
    assert len(paul.inbox()) == 1
    assert drag(hers, **to, prevenir=True) == {"ok": True}
    assert "5 novembre" in open_last(invited)[1]
    answer(invited, "oui")
    assert "vient</span>" in text_of(enter(claire).get(page_on(enter(claire), "2026-11-05")))


def test_a_colleagues_removal_cancels_it_for_those_invited(
    claire: Member, paul: Member, anne: Member, invited: Browser, enter: Enter
) -> None:
    hers = enter(anne)
    path = page_of_event(hers).replace("/agenda/evenement", "/agenda/evenement/supprimer")
    assert hers.post(path, {"portee": "toutes"}).status_code == 302
    told = open_last(invited)[1]
    assert "Annulé : Conseil de classe" in told
    assert "écrite en son nom par Anne Martin" in told
    answer(invited, "retirer")
    assert (count(claire), count(paul)) == (0, 0)


def test_it_stays_where_its_guests_can_be_told(
    claire: Member, paul: Member, anne: Member, invited: Browser, enter: Enter
) -> None:
    hers = enter(anne)
    told = write(hers, claire, page_of_event(hers), guests="ppetit", calendar=agenda_of(anne))
    assert "il reste dans son agenda" in told
    assert (count(claire), count(anne)) == (1, 0)


@pytest.mark.parametrize("level", [Level.READ, None])
def test_who_may_not_write_in_the_agenda_speaks_for_nobody(
    claire: Member, paul: Member, anne: Member, enter: Enter, level: Level | None
) -> None:
    agenda, now = open_named(claire.account, "agenda", Level.MANAGE, clock.now()), clock.now()
    for each in list_shares(agenda, now):
        drop_share(agenda, each.id, now)
    if level is not None:
        share_with_person(agenda, "amartin", level, now.date(), None, now)
    body = asked(paul, "a", claire.address)
    with pytest.raises(InvitationRefused):
        send_event(anne.account, (paul.address,), body, Method.CANCEL, Words("", ""), now)
    theirs = enter(paul)
    receive(paul, anne.address, body)
    assert "ne vient pas de l’organisateur" in open_last(theirs)[1]
    answer(theirs, "oui")
    assert (count(paul), len(paul.inbox())) == (0, 1)


def test_what_came_within_the_right_is_answered_after_it_has_ended(claire: Member, paul: Member, anne: Member) -> None:
    now = clock.now()
    agenda, later = open_named(claire.account, "agenda", Level.MANAGE, now), now + timedelta(days=3)
    share_with_person(agenda, "amartin", Level.WRITE, now.date(), now.date(), now)
    body = asked(paul, "a", claire.address).replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:REQUEST\r\n")
    read = [read_invitation(paul.account, body, Came(anne.address, at), later) for at in (now, later)]
    assert [each is not None and each.is_from_organiser for each in read] == [True, False]


def test_a_guest_with_write_right_on_another_guests_agenda_tells_nobody(
    claire: Member, paul: Member, anne: Member, invited: Browser, enter: Enter
) -> None:
    agenda = open_named(paul.account, "agenda", Level.MANAGE, clock.now())
    share_with_person(agenda, "amartin", Level.WRITE, clock.now().date(), None, clock.now())
    own = open_named(claire.account, "agenda", Level.MANAGE, clock.now())
    for each in list_shares(own, clock.now()):
        drop_share(own, each.id, clock.now())
    hers = enter(anne)
    page = unescape(text_of(hers.get(page_of_event(hers))))
    assert 'name="guests"' not in page
    before = len(claire.inbox()), len(paul.inbox())
    write(hers, paul, page_of_event(hers), from_at="16:00")
    assert (len(claire.inbox()), len(paul.inbox())) == before
