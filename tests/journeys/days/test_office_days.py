"""A day of those who look after others: two correspondents, a technician of a DSDEN, a security and a data officer."""

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

from playwright.sync_api import Page, expect

from tests.journeys.days.conftest import Day
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.look import LOOKS, looks
from tests.journeys.page import assert_accessible

Begin = Callable[..., Day]
QUOTA = "Votre boîte a dépassé son quota"


def answer(page: Page, told: str, act: str) -> None:
    """At the desk, on the page of a request."""
    form = page.locator("form", has=page.locator("button[name=do][value=solve]"))
    form.locator("textarea[name=text]").fill(told)
    form.locator(f"button[value={act}]").click()
    expect(page.locator(".thread")).to_contain_text(told)
    assert_accessible(page)


def test_a_security_correspondent(begin: Begin, demonstration: Demonstration) -> None:
    asker = begin(demonstration.person("delegue"))
    page = asker.open("/demandes/nouvelle?sujet=phishing", "Demander de l’aide", "Ask for help")
    page.locator("#id_text").fill("J’ai reçu un message étrange : faut-il répondre ?")
    page.locator("main form.card button[type=submit]").click()
    expect(page.locator(".thread")).to_contain_text("message étrange")
    number = page.url.rpartition("/")[2]
    day = begin(demonstration.person("administratif", 7))
    page = day.open("/securite", "Sécurité", "Security")
    page.get_by_role("link", name=QUOTA).click()
    day.see(QUOTA, QUOTA)
    expect(page.locator("form[action$='/verdict']")).to_have_count(0)  # to see is not to judge
    page = day.open("/assistance", "assistance", "Support desk")
    page.locator(f".request a[href$='/assistance/demande/{number}']").click()
    answer(page, "Surtout pas : signalez-le, puis supprimez-le.", "solve")
    asker.page.reload()
    expect(asker.page.locator(".thread")).to_contain_text("Surtout pas")
    page = day.open("/aide?q=hameçonnage", "Aide", "Help")
    day.follow(page.locator("main a[href*='/aide/']").first)
    day.open("/agenda/?vue=mois&le=2026-12-15", "écembre 2026", "ecember 2026")
    day.leave()


def test_a_digital_correspondent(begin: Begin, demonstration: Demonstration) -> None:
    day = begin(demonstration.person("aed", 4))
    page = day.open("/assistance?qui=tout", "assistance", "Support desk")
    page.locator(".request a").first.click()
    answer(page, "Créez un mot de passe d’application, puis donnez-le à Thunderbird.", "answer")
    page.locator("a[href*='/assistance/compte/']").first.click()
    expect(page.locator("main")).to_contain_text(demonstration.person("externe", 1).name)
    assert_accessible(page)
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
    page.locator("input[name=verdict][value=phishing]").check()
    assert_accessible(page)
    page.locator("form[action$='/verdict'] button").click()
    expect(page.locator("main")).to_contain_text(day.look.say("C’est jugé", "Judged"))
    expect(page.locator(".incident__steps")).to_contain_text(day.look.say("Jugé", "Judged"))
    day.see(QUOTA, QUOTA)
    day.open("/etat-du-service/annoncer", "Annoncer", "Announce")
    day.open("/mes-connexions/journal", "ournal", "ournal")
    day.leave()


def test_a_data_protection_officer(
    begin: Begin, demonstration: Demonstration, arrive: Callable[[DemoPerson, bytes], None]
) -> None:
    officer = demonstration.person("delegue")
    day = begin(officer)
    subject = f"Accès à mes données ({day.look.name})"
    arrive(officer, write_demand(subject, officer))
    page = day.open("/courrier/", "Boîte de réception", "Inbox")
    page.locator(".line__link", has_text=subject).first.click()
    day.see(subject, subject)
    page.get_by_role("link", name=day.look.say("Répondre", "Reply"), exact=True).click()
    assert_accessible(page)
    page.locator("#id_text").fill("Votre copie est dans « Mes données ». Voici ce que le registre dit des durées.")
    with page.expect_navigation():
        page.locator("button[value=envoyer]").click()
    page = day.open(f"/courrier/recherche?q=objet:{day.look.name}", day.look.name, day.look.name)
    expect(page.locator(".line__link", has_text=subject)).to_have_count(2)  # the question and the answer
    page = day.open("/confidentialite", "données", "ata")
    expect(page.locator("main")).to_contain_text(day.look.say("Registre des traitements", "Register of processing"))
    with page.expect_download() as told:
        page.locator("a[href$='registre.csv']").click()
    assert told.value.suggested_filename.endswith(".csv")
    day.open("/mes-donnees", "garde de vous", "keeps")
    day.open("/demandes", "Mes demandes", "My requests")
    day.leave()


def write_demand(subject: str, officer: DemoPerson) -> bytes:
    """What somebody outside asks of who answers for their data."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Jeanne Fabre <jeanne.fabre@exterieur.example>"
    message["To"] = officer.address
    message["Subject"] = subject
    message.set_content("Bonjour,\n\nque gardez-vous de moi, et combien de temps ?\n\nJeanne Fabre\n")
    return message.as_bytes()
