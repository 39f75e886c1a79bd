"""A day in a school: a teacher, an administrative agent, a head of school."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.days.conftest import Day
from tests.journeys.demonstration import Demonstration
from tests.journeys.look import LOOKS, looks

Begin = Callable[..., Day]
COUNCIL_ON = "2026-12-08"


@looks(*LOOKS)
def test_a_teacher(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.person("enseignant", 35))
    expect(day.page.locator(".notice-card").first).to_be_visible()
    expect(day.page.locator("main").get_by_role("link", name="MINA").first).to_be_visible()
    day.open("/avis", "Avis", "Notices")
    page = day.open("/courrier/", "Boîte de réception", "Inbox")
    page.locator(".line__link").last.click()
    page.wait_for_url("**/message/**")
    page.locator(".offered a").first.click()  # help, where the question arises
    day.see("message suspect", "suspicious message")
    council = f"Conseil de classe {day.look.name}"
    page = day.open(f"/agenda/evenement/nouveau?le={COUNCIL_ON}&heure=17", "événement", "event")
    page.locator("#id_title").fill(council)
    page.locator(".event-form button[type=submit]").click()
    page = day.open(f"/agenda/?vue=liste&le={COUNCIL_ON}", "2026", "2026")
    expect(page.locator(".entry", has_text=council)).to_contain_text("17:00–18:00")
    page = day.open("/listes", "Mes listes", "My lists")
    day.follow(page.locator("main a[href^='/listes/']").first)
    day.open("/classes", "Mes classes", "My classes")
    day.open("/documents", "documents", "documents")
    day.open("/signalements", "signalements", "reports")
    page = day.open("/demandes/nouvelle?sujet=calendar", "Demander de l’aide", "Ask for help")
    page.locator("#id_text").fill("L’agenda de l’établissement ne paraît plus.")
    page.locator("main form.card button[type=submit]").click()
    day.see("agenda", "alendar")
    expect(page.locator("main")).to_contain_text(day.look.say("Réponse attendue avant", "Answer expected before"))
    day.leave()


def test_an_administrative_agent(begin: Begin, demonstration: Demonstration) -> None:
    agent = demonstration.named("Géraldine Boutin")
    day = begin(agent)
    page = day.open("/courrier/", "Boîte de réception", "Inbox")
    page.get_by_role("link", name="secrétariat 0279106B").first.click()
    day.see("secrétariat", "secrétariat")
    page = day.open("/courrier/ecrire", "Nouveau message", "New message")
    page.locator("#id_to").fill(agent.address)
    page.locator("#id_subject").fill("Commande de papier")
    page.locator("#id_text").fill("Trois cartons.")
    with page.expect_navigation():
        page.locator("button[value=envoyer]").click()
    day.see("Boîte de réception", "Inbox")
    page = day.open("/courrier/recherche?q=papier", "papier", "papier")
    expect(page.locator(".line__link", has_text="Commande de papier").first).to_be_visible()
    day.open("/agenda/agendas", "Mes agendas", "My calendars")
    day.open("/mes-droits", "Mes droits", "My rights")
    day.open("/mes-donnees", "garde de vous", "keeps")
    day.open("/configurer", "Configurer", "Set up")
    day.open("/etat-du-service", "État du service", "State of the service")
    day.leave()


def test_a_head_of_school(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.named("Gaël Marchand"))
    page = day.open("/courrier/", "Boîte de réception", "Inbox")
    page.get_by_role("link", name="direction 0279106B").first.click()
    day.see("direction 0279106B", "direction 0279106B")
    day.open("/mes-droits", "Mes droits", "My rights")
    day.open("/etablissement/activations", "activation", "ctivation")
    day.open("/listes/nouvelle", "liste", "list")
    day.open("/securite", "Sécurité", "Security")
    page = day.open("/agenda/agendas", "Mes agendas", "My calendars")
    page.locator("main li, main tr", has_text="Vie de l’établissement").locator("a[href*='/agenda/agendas/']").first.click()
    day.see("Vie de l’établissement", "Vie de l’établissement")
    expect(page.locator("#id_group option", has_text="Secrétariat")).to_have_count(1)
    day.open("/mes-connexions", "connexions", "sign-ins")
    day.leave()
