"""« Ce n'était pas moi » and « Réparer mon compte » as pages."""

from corneille.access.containment import contain, find_step
from corneille.access.facts import Containment
from corneille.access.not_me import make_link
from corneille.access.password import set_password
from corneille.kernel import clock
from corneille.people.find import Person
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NEW = "panier-orage-kayak-27"


def test_the_link_shows_and_only_its_button_acts(browser: Browser, teacher: Person) -> None:
    link = make_link(teacher.id, clock.now())
    assert "Un geste" in text_of(browser.get(link))
    assert find_step(teacher.id) is Containment.NONE, "a mail scanner that follows links does nothing"
    assert "Le compte est protégé" in text_of(browser.post(link, {}))
    assert find_step(teacher.id) is Containment.HOLD_SENDING


def test_a_link_that_is_no_longer_good_says_so_and_what_to_do(browser: Browser, teacher: Person) -> None:
    link = make_link(teacher.id, clock.now())
    set_password(teacher.id, NEW, clock.now())
    assert "Ce lien ne vaut plus" in text_of(browser.get(link))
    assert "Ce lien ne vaut plus" in text_of(browser.post(link, {}))
    assert find_step(teacher.id) is Containment.NONE


def test_the_repair_ends_with_a_new_password_and_not_before(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    contain(teacher.id, Containment.HOLD_SENDING, "burst", {"count": 900, "minutes": 1}, clock.now(), by="guard")
    assert "Vos envois sont retenus" in text_of(browser.get("/"))
    page = text_of(browser.get("/reparer"))
    assert "900" in page
    assert "énormément de destinataires" in page
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.HOLD_SENDING
    browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.NONE
    assert "Vos envois sont retenus" not in text_of(browser.get("/"))


def test_what_an_officer_decided_is_not_undone_by_its_person(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    contain(teacher.id, Containment.SUSPEND, "enquête", {}, clock.now(), by="Nadia Benali")
    assert browser.get("/reparer").status_code in {200, 302}
    browser.post("/reparer", {})
    assert find_step(teacher.id) is Containment.SUSPEND
