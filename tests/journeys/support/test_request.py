"""A teacher asks for help, a technician of the DSDEN answers, asks who calls, looks at the sheet; it ends with thanks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from corneille.doors.web.cookies import LANGUAGE_COOKIE
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration
from tests.journeys.page import Watched, assert_accessible

FRENCH = {
    "ask": "Demander de l’aide", "matter": "Mon logiciel de messagerie ou mon téléphone", "what": "Que se passe-t-il ?",
    "send": "Envoyer ma demande", "reply": "Envoyer", "question": "Une question vous attend", "show": "Afficher un code",
    "looked": "L’assistance a consulté la fiche du compte", "how": "Bien", "close": "Oui : fermer ma demande",
    "message": "Votre message", "again": "Rouvrir ma demande",
}  # fmt: skip
ENGLISH = {
    "ask": "Ask for help", "matter": "My mail program or my phone", "what": "What happens?", "send": "Send my request",
    "reply": "Send", "question": "A question waits for you", "show": "Show a code",
    "looked": "Support looked at the sheet of the account", "how": "Well", "close": "Yes: close my request",
    "message": "Your message", "again": "Open it again",
}  # fmt: skip


@pytest.mark.parametrize(
    ("number", "mine", "desk", "words"),
    [
        (13, {"viewport": PHONE, "color_scheme": "dark"}, {"viewport": WIDE}, FRENCH),
        (15, {"viewport": WIDE, "locale": "en-GB"}, {"viewport": PHONE, "color_scheme": "dark"}, ENGLISH),
    ],
    ids=["phone-fr", "wide-en"],
)
def test_a_request_is_asked_answered_and_rated(
    number: int, mine: dict[str, object], desk: dict[str, object], words: dict[str, str],
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
) -> None:  # fmt: skip
    person, agent = demonstration.person("enseignant", number), demonstration.person("support")
    teacher = open_page(**mine)
    page = teacher.page
    language = str(mine.get("locale", "fr"))[:2]
    page.context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": demonstration.web, "secure": True}])
    sign_in(teacher, person)
    page.goto("/depannage/cause/old-password")
    page.get_by_role("link", name=words["ask"]).click()
    page.get_by_label(words["matter"]).check()
    page.get_by_label(words["what"]).fill("Thunderbird refuse mon mot de passe depuis ce matin.")
    assert_accessible(page)
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator(".thread")).to_contain_text("Thunderbird refuse")
    assert_accessible(page)
    address = page.url

    technician = open_page(**desk)
    work = technician.page
    sign_in(technician, agent)
    work.get_by_role("link", name="Bureau de l’assistance", exact=True).click()
    listed = work.locator(f".request a[href$='/assistance/demande/{address.rpartition('/')[2]}']")
    listed.click()
    expect(work.locator("main")).to_contain_text("C’est un ancien mot de passe")
    assert_accessible(work)
    request = work.url
    work.get_by_label("Votre message").fill("Quelle version de Thunderbird ?")
    work.get_by_role("button", name="Poser une question et attendre").click()
    expect(work.locator("main")).to_contain_text("Attend la personne")

    page.goto(address)
    expect(page.locator("main")).to_contain_text(words["question"])
    assert_accessible(page)
    page.get_by_label(words["message"]).fill("La 140.")
    page.get_by_role("button", name=words["reply"], exact=True).click()
    page.goto("/demandes/code")
    page.get_by_role("button", name=words["show"], exact=True).click()
    code = page.locator(".code-shown").inner_text()
    assert_accessible(page)

    work.goto(request)
    expect(work.locator(".thread")).to_contain_text("La 140.")
    work.get_by_role("link", name="Fiche du compte").click()
    assert_accessible(work)
    work.get_by_label("Code que la personne vous lit").fill(code)
    work.get_by_role("button", name="Vérifier").click()
    expect(work.locator("main")).to_contain_text("appel vérifié")
    expect(work.locator("main")).to_contain_text(person.address)
    assert_accessible(work)
    work.goto("/assistance?qui=moi")
    expect(listed).to_have_count(1)
    assert_accessible(work)
    work.goto(request)
    work.get_by_label("Votre message").fill("Un mot de passe d’application fait l’affaire.")
    work.get_by_role("button", name="Répondre : c’est résolu").click()
    expect(work.locator("main")).to_contain_text("Résolue")

    page.goto("/mes-connexions/journal?autres")
    expect(page.locator("main")).to_contain_text(words["looked"])
    expect(page.locator("main")).to_contain_text(agent.name)
    page.goto(address)
    page.get_by_label(words["how"], exact=True).check()
    page.get_by_role("button", name=words["close"]).click()
    expect(page.get_by_role("button", name=words["again"])).to_be_visible()
    assert_accessible(page)
    page.goto("/demandes")
    assert_accessible(page)


def test_a_correspondent_sees_their_establishment_alone(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    correspondent = open_page(viewport=PHONE)
    page = correspondent.page
    sign_in(correspondent, demonstration.person("aed", 4))
    page.goto("/assistance?qui=tout")
    expect(page.locator(".request")).to_have_count(1)
    expect(page.locator(".request")).to_contain_text(demonstration.person("externe", 1).name)
    expect(page.get_by_role("link", name="Chercher un compte")).to_have_count(0)
    page.locator(".request").get_by_role("link").click()
    expect(page.get_by_role("link", name="Fiche du compte")).to_be_visible()
    assert_accessible(page)
