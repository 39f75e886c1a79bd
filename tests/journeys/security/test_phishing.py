"""A campaign, from the teacher who reports it on a phone to its end: warned, reported, judged, removed, put back, told."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

SUBJECT = "Indemnité exceptionnelle : dossier à compléter"
WAIT_MS = 20_000


def refresh_until(page: Page, words: str) -> None:
    """The removal is the service's own work: the page is asked again until it says so."""
    for _again in range(WAIT_MS // 500):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{words!r} never came")


def lines(page: Page) -> Locator:
    """The message itself in a list; notices about it hold its subject too."""
    return page.locator(".line__link").filter(has=page.locator(".line__subject", has_text=SUBJECT))


def test_a_campaign_is_reported_judged_removed_and_ended(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    # A teacher, on a phone.
    teacher = open_page(viewport=PHONE)
    phone = teacher.page
    sign_in(teacher, demonstration.person("enseignant", 3))
    phone.goto("/courrier/")
    lines(phone).click()
    expect(phone.get_by_role("heading", name="peut être un piège")).to_be_visible()
    expect(phone.get_by_text("ac-dem0nstration.example").first).to_be_visible()
    assert_accessible(phone)
    phone.locator(".alert").get_by_role("button", name="Signaler un hameçonnage").click()
    expect(phone.get_by_role("status").first).to_contain_text("Merci")
    expect(lines(phone)).to_have_count(0)
    assert_accessible(phone)
    phone.goto("/signalements")
    expect(phone.locator("main")).to_contain_text("À juger")
    assert_accessible(phone)

    # A security officer, wide, by the keyboard where it is a button.
    officer = open_page(color_scheme="dark")
    page = officer.page
    sign_in(officer, demonstration.person("securite"))
    expect(page.locator("main")).to_contain_text("à juger")
    page.get_by_role("link", name="Signalements d’hameçonnage").click()
    assert_accessible(page)
    page.get_by_role("link", name=SUBJECT).click()
    assert_accessible(page)
    page.get_by_text("Lire son texte").click()
    expect(page.locator("pre")).to_contain_text("indemnites.example")
    page.get_by_label("Hameçonnage", exact=True).check()
    page.get_by_role("button", name="Juger et prévenir").click()
    expect(page.locator("main")).to_contain_text("C’est jugé")
    page.get_by_role("link", name="Voir ce qui serait retiré").click()
    expect(page.locator("main")).to_contain_text("12 exemplaires")
    assert_accessible(page)
    page.get_by_role("button", name="Retirer maintenant").press("Enter")
    refresh_until(page, "Remettre")
    expect(page.locator("main")).to_contain_text("12 messages retirés")
    assert_accessible(page)

    # It has left the others' mailboxes too, and comes back when the officer says so.
    other = open_page()
    sign_in(other, demonstration.person("enseignant", 5))
    other.page.goto("/courrier/recherche?q=indemnité+exceptionnelle")
    expect(lines(other.page)).to_have_count(0)
    page.get_by_role("button", name="Remettre").click()
    refresh_until(page, "Voir ce qui serait retiré")
    expect(page.locator("main")).to_contain_text("12 remis")
    other.page.goto("/courrier/")
    expect(lines(other.page)).to_be_visible()
    page.get_by_role("link", name="Voir ce qui serait retiré").click()
    page.get_by_role("button", name="Retirer maintenant").click()
    refresh_until(page, "Il n’en reste aucun")

    page.get_by_text("Écrire la consigne").click()
    page.get_by_label("En français").fill("Qui a donné ses coordonnées appelle le 3000.")
    page.get_by_label("En anglais").fill("Whoever gave bank details calls 3000.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Terminer").click()
    expect(page.locator("main")).to_contain_text("est terminé")
    assert_accessible(page)

    phone.goto("/signalements")
    expect(phone.locator("main")).to_contain_text("Il était fait pour tromper")
    expect(phone.locator("main")).to_contain_text("appelle le 3000")
    assert_accessible(phone)
    other.page.goto("/signalements")
    expect(other.page.locator("main")).to_contain_text("appelle le 3000")
    other.page.get_by_text("Ce qui a été fait").click()
    expect(other.page.get_by_text("Jugé")).to_be_visible()
    assert_accessible(other.page)


def test_a_correspondent_reads_the_open_incident_and_a_teacher_does_not(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    correspondent = open_page(viewport=PHONE, color_scheme="dark")
    page = correspondent.page
    sign_in(correspondent, demonstration.person("administratif", 7))
    page.goto("/securite")
    page.get_by_role("link", name="Votre boîte a dépassé son quota").click()
    expect(page.locator("main")).to_contain_text("Qui l’a reçu")
    expect(page.get_by_role("button", name="Juger et prévenir")).to_have_count(0)
    assert_accessible(page)
    teacher = open_page()
    teacher.expected_status = {404}
    sign_in(teacher, demonstration.person("enseignant", 3))
    teacher.page.goto("/securite")
    expect(teacher.page.locator("h1")).to_contain_text("Il n’y a rien à cette adresse")
