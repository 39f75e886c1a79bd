"""What comes first sends the person to its page, and never leaves them without a way on."""

from datetime import timedelta

import pytest

from corneille.access.models import Password
from corneille.kernel import clock, settings
from corneille.people.find import Person
from corneille.run.ground import Ground
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NEW = "panier-orage-kayak-27"


def expire(person: Person, days: int) -> None:
    Password.objects.filter(pk=person.id).update(expires_at=clock.now() - timedelta(days=days))


def test_in_the_soft_landing_every_page_opens_and_says_so(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    expire(teacher, 2)
    assert browser.get("/").status_code == 200
    assert "est arrivé à sa date" in text_of(browser.get("/mot-de-passe"))


def test_after_it_each_page_leads_to_the_change_and_the_change_opens_them_again(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    expire(teacher, 20)
    for page in ("/", "/courrier/", "/mes-connexions", "/configurer"):
        assert browser.get(page).headers["Location"] == "/mot-de-passe"
    assert "Ceci vient d’abord" in text_of(browser.get("/mot-de-passe"))
    changed = browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    assert changed.status_code == 302
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("page", ["/aide", "/etat-du-service", "/accessibilite", "/coordonnees-de-secours", "/affichage"])
def test_help_and_the_way_out_stay_open(browser: Browser, teacher: Person, page: str) -> None:
    browser.sign_in("clemoine")
    expire(teacher, 20)
    assert browser.get(page).status_code == 200
    assert browser.post("/deconnexion", {}).status_code == 302


def test_a_fragment_is_told_to_load_the_whole_page(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine")
    expire(teacher, 20)
    response = browser.client.get("/mes-connexions", secure=True, headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (401, "/mot-de-passe")


def test_a_factor_that_is_compulsory_for_mail_alone_comes_before_mail_alone(
    browser: Browser, teacher: Person, ground: Ground
) -> None:
    browser.sign_in("clemoine")
    rules = {"compulsory": ("all+application:mail=2020-01-01",), "grace_days_count": 0, "grace_sign_ins_count": 0}
    settings.load(None, {}, ground={"data": str(ground.data)}, factors=rules)
    assert browser.get("/courrier/").headers["Location"] == "/second-facteur"
    assert browser.get("/mes-connexions").status_code == 200
    page = text_of(browser.get("/second-facteur"))
    assert "pour la messagerie" in page
