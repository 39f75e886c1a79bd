"""A teacher writes to guardians of a class, each apart, on a phone; in blind copy without scripts; reminds some of them."""

import re
from collections.abc import Callable
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.journeys.classes.test_lists import TEACHER
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.demonstration import Demonstration, DemoPerson
from tests.journeys.page import Watched, assert_accessible


def test_each_guardian_gets_a_message_of_their_own(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    subject = f"Sortie {token_hex(4)}"
    watched = open_page(viewport=PHONE)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="3e B").click()
    page.get_by_role("link", name="Aux responsables").click()
    people = page.locator("details.audience")
    expect(people).to_contain_text("Responsables de 3e B exactement ces 45 personnes")
    expect(page.get_by_label("À chacun séparément")).to_be_checked()
    people.locator("summary").click()
    assert_accessible(page)
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("La sortie est jeudi.")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_role("heading", name="exactement ces 45 personnes, à chacune séparément")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer à ces 45 personnes").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")
    expect(page.get_by_role("heading", level=1)).to_have_text("3e B")
    page.goto("/courrier/")
    page.get_by_role("link", name="Envoyés").click()
    page.get_by_role("link", name=subject).first.click()
    expect(page.locator(".reader__people")).to_contain_text("Responsables de 3e B, à chacun séparément (45)")
    assert_accessible(page)


def test_in_blind_copy_without_scripts(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration
) -> None:
    watched = open_page(java_script_enabled=False)
    sign_in(watched, demonstration.named(TEACHER))
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="5e A").click()
    page.get_by_role("link", name="Aux élèves", exact=True).click()
    page.get_by_label("En copie cachée").check()
    page.locator("#id_subject").fill("Contrôle mardi")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_label("En copie cachée")).to_be_checked()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_role("heading", name="en copie cachée vers exactement ces")).to_be_visible()
    page.get_by_role("button", name="Envoyer à ces").click()
    expect(page.locator(".alert").first).to_contain_text("Votre message est envoyé")


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_answers_are_gathered_and_the_others_reminded(
    open_page: Callable[..., Watched], sign_in: Callable[..., None], demonstration: Demonstration,
    arrive: Callable[[DemoPerson, bytes], None], viewport: dict[str, int],
) -> None:  # fmt: skip
    subject = f"Voyage {token_hex(4)}"
    teacher = demonstration.named(TEACHER)
    watched = open_page(viewport=viewport)
    sign_in(watched, teacher)
    page = watched.page
    page.goto("/classes")
    page.get_by_role("link", name="5e A").click()
    page.get_by_role("link", name="Aux élèves", exact=True).click()
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("Qui vient ?")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_role("button", name="Envoyer à ces").click()
    page.get_by_role("link", name=subject).click()
    heading, copy = page.locator("#answers-title"), page.url.partition("#")[0]
    expect(heading).to_contain_text("0 réponse sur")
    page.get_by_role("link", name="Afficher la source").click()
    source = page.locator("body").inner_text()
    addresses = re.findall(r"<([^>@\s]+@eleves\.example)>", source.partition("Bcc:")[2].partition("Subject:")[0])
    message_id = re.findall(r"Message-ID: (<[^>]+>)", source)[0]
    failure = (
        "--b\r\n\r\nInconnu.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
        f"Final-Recipient: rfc822; {addresses[2]}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--"
    )
    for sender, more, body in (
        (addresses[0], "", "Oui, avec plaisir."),
        (addresses[1], "Auto-Submitted: auto-replied\r\n", "Absence."),
        ("autre@famille.example", "", "Papa ecrit."),
        ("mailer-daemon@x.example", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n", failure),
    ):
        head = f"From: {sender}\r\nTo: {teacher.address}\r\nSubject: Re: {subject}\r\nIn-Reply-To: {message_id}\r\n{more}"
        arrive(teacher, f"{head}\r\n{body}\r\n".encode())
    page.goto(copy)
    expect(heading).to_have_text(f"1 réponse sur {len(addresses)}")
    answers = page.locator("#reponses")
    for told in (
        "Oui, avec plaisir.", f"{len(addresses) - 2} personnes n’ont pas répondu", "N’est pas arrivé chez 1 personne",
        "D’une autre adresse\xa0: 1 message", "1 message automatique",
    ):  # fmt: skip
        expect(answers).to_contain_text(told)
    assert_accessible(page)
    page.get_by_role("link", name="Relancer ceux qui n’ont pas répondu").click()
    expect(page.locator("details.audience")).to_contain_text(f"exactement ces {len(addresses) - 2} personnes")
    expect(page.locator("#id_subject")).to_have_value(f"Rappel : {subject}")
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_role("button", name=f"Envoyer à ces {len(addresses) - 2} personnes").click()
    expect(heading).to_have_text(f"1 réponse sur {len(addresses)}")
    page.goto("/classes")
    page.get_by_role("link", name="5e A").click()
    expect(page.locator(".classes__letters")).to_contain_text(f"Rappel : {subject}")
    assert_accessible(page)
