"""A letter for a list leaves once its writer has been shown exactly whom it reaches."""

import re
from html import unescape
from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corneille.groups.decide import Rule, Writers
from corneille.groups.entry import add_member
from corneille.kernel import clock
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.doors.web.groups.conftest import college as college
from tests.doors.web.mail.test_writing import fields
from tests.groups.conftest import MATHS, UAI, College, make
from tests.transport.school import DOMAIN

__all__ = ["college"]


def post(browser: Browser, page: str, college: College, **typed: object) -> tuple[int, str]:
    form = {**fields(page), "sender": college.ines.address, "action": "envoyer", **typed}
    answer = browser.post("/courrier/ecrire", cast(dict[str, str], form))
    return answer.status_code, unescape(text_of(answer))


def write(browser: Browser, college: College, **typed: object) -> tuple[int, str]:
    return post(browser, text_of(browser.get("/courrier/ecrire")), college, to=MATHS, text="Bonjour", **typed)


def test_the_first_press_shows_the_people_and_the_second_sends(enter: Enter, college: College) -> None:
    browser = enter(college.ines)
    status, page = write(browser, college, subject="Conseil")
    assert status == 200
    assert "exactement ces 2 personnes" in page
    assert re.findall(r"<li>([^<]+) <span class=\"soft small\">", page) == ["Inès Allard", "Yves Barbier"]
    assert college.yves.inbox() == []
    status, _page = post(browser, page, college)
    assert status == 302
    (received,) = college.yves.inbox()
    assert b"Subject: Conseil\r\n" in received
    assert len(college.ines.read("Sent")) == 1


def test_files_come_back_with_the_question(enter: Enter, college: College) -> None:
    browser = enter(college.ines)
    file = SimpleUploadedFile("notes.pdf", b"%PDF-1.7", "application/pdf")
    _status, page = write(browser, college, files=file)
    assert "notes.pdf" in page
    kept = unescape(re.findall(r'name="garder" value="([^"]+)"', page)[0])
    assert post(browser, page, college, garder=kept)[0] == 302
    assert b"notes.pdf" in college.yves.inbox()[0]


def test_who_comes_on_the_list_meanwhile_is_shown_first(enter: Enter, college: College) -> None:
    browser = enter(college.ines)
    _status, page = write(browser, college)
    add_member(college.maths, college.lea.account, clock.now(), by=None)
    status, page = post(browser, page, college)
    assert status == 200
    assert "exactement ces 3 personnes" in page
    assert college.yves.inbox() == []
    assert post(browser, page, college)[0] == 302
    assert len(college.lea.inbox()) == 1


@pytest.mark.parametrize("who", ["lea", "stranger"])
def test_who_may_not_write_is_told_what_would_be_right(enter: Enter, college: College, who: str) -> None:
    member = getattr(college, who)
    browser = enter(member)
    form = {**fields(text_of(browser.get("/courrier/ecrire"))), "sender": member.address, "action": "envoyer", "to": MATHS}
    answer = browser.post("/courrier/ecrire", form)
    assert answer.status_code == 422
    told = "Seules les personnes de cette liste peuvent lui écrire"
    assert told in unescape(text_of(answer))
    assert told in unescape(text_of(browser.get(f"/courrier/destinataires?to={MATHS}")))
    assert MATHS not in text_of(browser.get("/courrier/suggestions?to=maths"))


def test_while_one_types_lists_are_suggested_and_their_people_shown(enter: Enter, college: College) -> None:
    browser = enter(college.ines)
    suggested = unescape(text_of(browser.get(f"/courrier/suggestions?to={college.lea.address},+liste")))
    assert f'value="{college.lea.address}, Liste maths <{MATHS}>"' in suggested
    shown = unescape(text_of(browser.get(f"/courrier/destinataires?cc=Liste+<{MATHS}>,+x@example.net,+moiti")))
    assert "exactement ces 2 personnes" in shown
    assert text_of(browser.get("/courrier/destinataires?to=x@example.net")).strip() == ""


def test_of_two_lists_the_second_shows_whom_it_adds(enter: Enter, college: College) -> None:
    make("tous", writers=Writers.ESTABLISHMENT, rule=Rule(UAI))
    make("encore", writers=Writers.ESTABLISHMENT, rule=Rule(UAI))
    browser = enter(college.ines)
    shown = text_of(browser.get(f"/courrier/destinataires?to={MATHS},tous@{DOMAIN},encore@{DOMAIN}"))
    told = ["atteint exactement ces 2 personnes", "y ajoute exactement ces 3 personnes", "ajoute personne"]
    assert [shown.count(each) for each in told] == [1, 1, 1]
