"""« Mes droits » says which positions one has and why; the page of one says who else has it and who opened it."""

from datetime import timedelta

import pytest

from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.mail.open_position import note_opening
from corneille.people.models import Assignment
from corneille.run.ground import Ground
from tests.doors.web.conftest import PASSWORD, Browser, text_of
from tests.positions import UAI, Positions, deliver_to, found_positions
from tests.transport.school import NOW


@pytest.fixture
def school(ground: Ground) -> Positions:
    made = found_positions()
    for member in (made.head, made.teacher):
        set_password(member.account, PASSWORD, NOW)
    return made


def test_a_head_reads_why_who_else_and_who_opened_it(browser: Browser, school: Positions) -> None:
    note_opening(school.open(school.secretary, school.direction), school.secretary.account, "web", NOW)
    browser.sign_in(school.head.person.identifier)
    page = text_of(browser.get("/mes-droits"))
    assert f"direction {UAI}" in page
    assert "Direction\u202f» : lire, classer" in page.replace("\u00a0", " ")
    page = text_of(browser.get(f"/mes-droits/poste/{school.direction}"))
    assert "Yann Cordier" in page
    assert page.count("Éloïse Bézier") == 2  # she has it, and she opened it


def test_the_home_page_leads_to_the_mail_of_ones_positions_with_what_is_unread(browser: Browser, school: Positions) -> None:
    opened = school.open(school.head, school.direction)
    inbox = deliver_to(opened, "Carte scolaire").mailbox
    browser.sign_in(school.head.person.identifier)
    page = text_of(browser.get("/"))
    line = page.partition(f'href="/courrier/{inbox}/"')[2].partition("</li>")[0]
    assert f"direction {UAI}" in line
    assert "<strong>1</strong> message non lu" in line
    browser.client.cookies.clear()
    browser.sign_in(school.teacher.person.identifier)
    assert f"direction {UAI}" not in text_of(browser.get("/"))


def test_an_end_that_comes_soon_is_told_before(browser: Browser, school: Positions) -> None:
    last_on = clock.now().date() + timedelta(days=20)
    Assignment.objects.filter(account=school.head.account).update(until_on=last_on)
    browser.sign_in(school.head.person.identifier)
    page = text_of(browser.get("/mes-droits"))
    assert f"Dernier jour de votre accès à la boîte direction {UAI}" in page
    Assignment.objects.filter(account=school.head.account).update(until_on=last_on + timedelta(days=200))
    assert "Dernier jour de votre accès" not in text_of(browser.get("/mes-droits"))


def test_who_has_none_is_told_of_none(browser: Browser, school: Positions) -> None:
    browser.sign_in(school.teacher.person.identifier)
    assert UAI not in text_of(browser.get("/mes-droits"))
    assert browser.get(f"/mes-droits/poste/{school.direction}").status_code == 404
    assert browser.get(f"/mes-droits/poste/{school.head.account}").status_code == 404
