"""A day of those who look after others: a correspondent, a technician of a DSDEN, a security and a data officer."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.days.conftest import Day
from tests.journeys.demonstration import Demonstration
from tests.journeys.look import LOOKS, looks
from tests.journeys.page import assert_accessible

Begin = Callable[..., Day]
QUOTA = "Votre boîte a dépassé son quota"


def test_a_security_correspondent(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.person("administratif", 7))
    page = day.open("/securite", "Sécurité", "Security")
    page.get_by_role("link", name=QUOTA).click()
    day.see(QUOTA, QUOTA)
    expect(page.locator("form[action$='/verdict']")).to_have_count(0)  # to see is not to judge
    day.open("/assistance", "assistance", "Support desk")
    page = day.open("/aide?q=hameçonnage", "Aide", "Help")
    day.follow(page.locator("main a[href*='/aide/']").first)
    day.open("/agenda/?vue=mois&le=2026-12-15", "écembre 2026", "ecember 2026")
    day.leave()


@looks(*LOOKS)
def test_a_technician_of_a_dsden(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.person("support"))
    page = day.open("/assistance?qui=tout", "assistance", "Support desk")
    asked = page.locator(".request a").first
    matter = asked.evaluate("link => link.firstChild.textContent.trim()")  # its number follows
    asked.click()
    day.see(matter, matter)
    page.locator("details", has=page.locator("#id_note")).locator("summary").click()
    page.locator("#id_note").fill("Vu au téléphone : à reprendre lundi.")
    page.locator("form", has=page.locator("#id_note")).locator("button").click()
    expect(page.locator(".thread__message--note").last).to_contain_text("à reprendre lundi")
    assert_accessible(page)
    day.open("/assistance/compte", "compte", "account")
    day.open("/etablissement/activations", "activation", "ctivation")
    day.open("/etat-du-service", "État du service", "State of the service")
    day.leave()


def test_a_security_officer(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.person("securite"))
    page = day.open("/securite", "Sécurité", "Security")
    page.get_by_role("link", name=QUOTA).click()
    day.see(QUOTA, QUOTA)
    expect(page.locator("form[action$='/verdict']")).to_be_visible()
    day.open("/etat-du-service/annoncer", "Annoncer", "Announce")
    day.open("/mes-connexions/journal", "ournal", "ournal")
    day.leave()


def test_a_data_protection_officer(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.person("delegue"))
    page = day.open("/confidentialite", "données", "ata")
    with page.expect_download() as told:
        page.locator("a[href$='registre.csv']").click()
    assert told.value.suggested_filename.endswith(".csv")
    day.open("/mes-donnees", "garde de vous", "keeps")
    day.open("/demandes", "Mes demandes", "My requests")
    day.leave()
