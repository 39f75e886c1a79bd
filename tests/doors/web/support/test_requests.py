"""Requests on pages: asked, answered, ended; nobody else's are there; the sheet asks why; a caller reads out a code."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse

from corneille.access.announced import announce_suspension
from corneille.access.containment import GUARD, let_go
from corneille.access.register import list_register
from corneille.kernel import clock
from corneille.kernel.outbox import Told
from corneille.people.find import Person
from corneille.support.models import SupportRequest
from corneille.support.open_request import NewRequest, open_request
from corneille.support.request import list_own
from corneille.support.route import Matter
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.support.school import Academie

ASKED = {"matter": "program", "text": "Thunderbird refuse mon mot de passe"}


def main_of(response: HttpResponse) -> str:
    return text_of(response).partition("<main")[2].partition("</main>")[0]


def ask(person: Person, *, consents: bool = False) -> int:
    return open_request(person.id, NewRequest(Matter.PROGRAM, "Perdu", consents=consents), clock.now())


def test_it_is_asked_and_stands_on_its_page(academie: Academie, enter: Enter) -> None:
    browser = enter(academie.claire)
    answer = browser.post("/demandes/nouvelle", {**ASKED, "reference": "", "cause": "old-password"})
    number = list_own(academie.claire.id)[0].id
    assert answer.headers["Location"] == f"/demandes/{number}"
    page = text_of(browser.get(f"/demandes/{number}"))
    assert "Thunderbird refuse mon mot de passe" in page
    assert "correspondant de l’établissement" in page
    assert "C’est un ancien mot de passe" in page  # the page on which it was begun
    assert f"/demandes/{number}" in text_of(browser.get("/demandes"))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [({"text": " "}, "id_text-error"), ({"matter": "x"}, "id_matter-error"), ({"reference": "AUTH"}, "id_reference-error")],
)
def test_what_is_missing_is_said_and_what_was_written_stays(
    academie: Academie, enter: Enter, changed: dict[str, str], fault: str
) -> None:
    page = text_of(enter(academie.claire).post("/demandes/nouvelle", {**ASKED, "text": "Gardé", **changed}))
    assert fault in page
    assert ("Gardé" in page) == ("text" not in changed)
    assert list_own(academie.claire.id) == []


def test_auto_depannage_hands_over_its_reference_and_cause(academie: Academie, enter: Enter, browser: Browser) -> None:
    refused = text_of(browser.sign_in(academie.claire.identifier, "faux"))
    mine = enter(academie.claire)
    found = re.search(r"AUTH-\w{4}-\w{4}", refused)
    assert found is not None
    link = re.search(r'href="(/demandes/nouvelle\?[^"]+)"', text_of(mine.get(f"/depannage/{found[0]}")))
    assert link is not None
    form = text_of(mine.get(link[1].replace("&amp;", "&")))
    assert f'value="{found[0]}"' in form
    assert 'name="cause" value="wrong"' in form
    number = ask(academie.claire)
    mine.post("/demandes/nouvelle", {**ASKED, "reference": found[0], "cause": "wrong"})
    kept = re.search(rf"<dt>Référence {found[0]}</dt><dd>([^<]+)</dd>", text_of(mine.get(f"/demandes/{number + 1}")))
    assert kept is not None
    assert "192.0.2.17" in kept[1]
    assert "/demandes/nouvelle" not in text_of(browser.get(f"/depannage/{found[0]}"))  # who is not signed in


def test_a_reference_of_somebody_else_reads_like_nobodys(academie: Academie, enter: Enter, browser: Browser) -> None:
    refused = text_of(browser.sign_in(academie.zoe.identifier, "faux"))
    strange = re.search(r"AUTH-\w{4}-\w{4}", refused)
    assert strange is not None
    mine, shown = enter(academie.claire), []
    for reference in (strange[0], "AUTH-2222-2222"):
        mine.post("/demandes/nouvelle", {**ASKED, "reference": reference})
        page = text_of(mine.get(f"/demandes/{list_own(academie.claire.id)[0].id}"))
        told = re.search(rf"<dt>Référence {reference}</dt><dd>([^<]+)</dd>", page)
        assert told is not None
        shown.append(told[1])
    assert shown[0] == shown[1]


def test_both_sides_talk_until_it_is_rated(academie: Academie, enter: Enter) -> None:
    number = ask(academie.claire)
    mine, desk = enter(academie.claire), enter(academie.correspondent)
    assert f"/assistance/demande/{number}" in text_of(desk.get("/assistance"))
    desk.post(f"/assistance/demande/{number}", {"do": "ask", "text": "Quelle version ?"})
    assert "Une question vous attend" in text_of(mine.get(f"/demandes/{number}"))
    mine.post(f"/demandes/{number}", {"do": "reply", "text": "La 140"})
    assert "La 140" in text_of(desk.get(f"/assistance/demande/{number}"))
    desk.post(f"/assistance/demande/{number}", {"do": "solve", "text": "Mot de passe d’application"})
    done = mine.post(f"/demandes/{number}", {"do": "rate", "how": "good", "word": "Merci bien"})
    assert done.status_code == 302
    assert "Merci bien" in text_of(desk.get(f"/assistance/demande/{number}?"))
    listed = text_of(desk.get("/assistance?qui=moi&etat=closed"))
    assert f"/assistance/demande/{number}" in listed
    assert f"/assistance/demande/{number}" not in text_of(desk.get("/assistance"))
    stale = mine.post(f"/demandes/{number}", {"do": "reply", "text": "Encore"})
    assert stale.status_code == 302
    assert "a avancé entre-temps" in text_of(mine.get(f"/demandes/{number}"))


def test_an_empty_answer_is_not_sent(academie: Academie, enter: Enter) -> None:
    number = ask(academie.claire)
    page = enter(academie.correspondent).post(f"/assistance/demande/{number}", {"do": "answer", "text": ""})
    assert "id_text-error" in text_of(page)
    assert list_own(academie.claire.id)[0].agent == ""


def test_what_is_nobodys_or_somebody_elses_is_not_there(academie: Academie, enter: Enter) -> None:
    number, zoe = ask(academie.claire), enter(academie.zoe)
    for path in (f"/demandes/{number}", f"/demandes/{number + 9}", "/assistance", f"/assistance/demande/{number}",
                 "/assistance/compte", f"/assistance/compte/{academie.claire.id}"):  # fmt: skip
        assert zoe.get(path).status_code == 404, path
    assert zoe.post(f"/assistance/demande/{number}", {"do": "take"}).status_code == 404
    assert zoe.post(f"/demandes/{number}", {"do": "agree"}).status_code == 404


def test_an_account_is_found_by_who_looks_after_it(academie: Academie, enter: Enter) -> None:
    desk = enter(academie.technician)
    found = desk.get(f"/assistance/compte?q={academie.claire.principal_address}")
    assert found.headers["Location"] == f"/assistance/compte/{academie.claire.id}"
    far, nobody = (main_of(desk.get(f"/assistance/compte?q={each}")) for each in (academie.zoe.identifier, "personne"))
    assert far.replace(academie.zoe.identifier, "personne") == nobody
    assert "Aucune des personnes dont vous vous occupez" in nobody


def test_the_sheet_asks_why_and_the_person_reads_it(academie: Academie, enter: Enter) -> None:
    desk, path = enter(academie.technician), f"/assistance/compte/{academie.claire.id}"
    mine = enter(academie.claire)
    assert "Dernières connexions" not in text_of(desk.get(path))
    assert "id_reason-error" in text_of(desk.post(path, {"reason": ""}))
    assert desk.post(path, {"reason": "Appel du matin"}).status_code == 302
    shown = text_of(desk.get(path))
    assert "Dernières connexions" in shown
    assert "appel non vérifié" in shown
    read = text_of(mine.get("/mes-connexions/journal?autres"))
    assert "L’assistance a consulté la fiche du compte" in read
    assert "Appel du matin" in read
    assert "Ali Haddad" in read


def test_an_announced_suspension_is_shown_with_its_date_and_its_signs(academie: Academie, enter: Enter) -> None:
    desk, path, now = enter(academie.technician), f"/assistance/compte/{academie.claire.id}", clock.now()
    evidence: dict[str, Told] = {"signs": ["old-password"], "old-password-count": 3, "signed_in_at": now.isoformat()}
    announce_suspension(academie.claire.id, now + timedelta(days=2), "unusual", evidence, now, by=GUARD)
    desk.post(path, {"reason": "Appel du matin"})
    shown = main_of(desk.get(path))
    assert "Suspension annoncée, à partir du" in shown
    assert "votre ancien mot de passe essayé depuis 3 réseaux inconnus" in shown
    assert "toujours en cours" not in shown
    let_go(academie.claire.id, now, by="owner")
    assert "Suspension annoncée, jamais appliquée" in main_of(desk.get(path))


def test_with_an_agreement_no_reason_is_needed(academie: Academie, enter: Enter) -> None:
    number, path = ask(academie.claire), f"/assistance/compte/{academie.claire.id}"
    mine, desk = enter(academie.claire), enter(academie.correspondent)
    mine.post(f"/demandes/{number}", {"do": "agree"})
    assert desk.post(path, {"reason": ""}).status_code == 302
    assert "Dernières connexions" in text_of(desk.get(path))
    assert [line.data["way"] for line in list_register(academie.claire.id, of_others_only=True)] == ["consent"]


def test_a_caller_reads_out_the_code_of_their_page(academie: Academie, enter: Enter) -> None:
    path = f"/assistance/compte/{academie.claire.id}"
    mine, desk = enter(academie.claire), enter(academie.technician)
    assert re.search(r"\d{3}-\d{3}", text_of(mine.get("/demandes/code"))) is None
    code = re.search(r"\d{3}-\d{3}", text_of(mine.post("/demandes/code", {})))
    assert code is not None
    wrong = "000000" if code[0] != "000-000" else "111111"
    desk.post(f"{path}/code", {"code": wrong})
    assert "vous ne savez pas qui appelle" in text_of(desk.get(path))
    desk.post(f"{path}/code", {"code": code[0].replace("-", " ")})
    assert "appel vérifié" in text_of(desk.get(path))
    assert code[0] not in text_of(desk.get(path))


def test_a_code_goes_to_verified_contacts_only(academie: Academie, enter: Enter) -> None:
    path = f"/assistance/compte/{academie.claire.id}"
    desk = enter(academie.technician)
    desk.post(f"{path}/envoyer", {})
    assert "Aucun code n’est parti" in text_of(desk.get(path))


def test_the_home_page_says_what_waits_at_the_desk(academie: Academie, enter: Enter) -> None:
    ask(academie.claire)
    assert "demande dont personne ne s’occupe" in text_of(enter(academie.correspondent).get("/"))
    assert "/assistance" not in text_of(enter(academie.claire).get("/"))


def test_a_note_is_on_the_desk_and_not_on_the_page_of_the_person(academie: Academie, enter: Enter) -> None:
    number = ask(academie.claire)
    desk = enter(academie.correspondent)
    assert "Votre note" in main_of(desk.post(f"/assistance/demande/{number}", {"do": "note", "note": " "}))  # it wants words
    desk.post(f"/assistance/demande/{number}", {"do": "note", "note": "Déjà vu mardi"})
    page = main_of(desk.get(f"/assistance/demande/{number}"))
    assert "Déjà vu mardi" in page
    assert "non montré à la personne" in page
    mine = enter(academie.claire)
    assert "Déjà vu" not in text_of(mine.get(f"/demandes/{number}"))
    assert "note interne" in text_of(mine.get("/mes-connexions/journal?autres"))
    mine.post(f"/demandes/{number}", {"do": "note", "note": "x"})
    assert main_of(desk.get(f"/assistance/demande/{number}")).count("thread__message--note") == 1  # nor do they write any


def test_when_an_answer_is_expected_stands_on_both_sides(academie: Academie, enter: Enter) -> None:
    number = ask(academie.claire)
    mine, desk = enter(academie.claire), enter(academie.correspondent)
    for page in (mine.get(f"/demandes/{number}"), mine.get("/demandes"), desk.get(f"/assistance/demande/{number}")):
        assert "Réponse attendue avant" in main_of(page)
    SupportRequest.objects.filter(pk=number).update(due_at=clock.now() - timedelta(hours=1))
    assert "Réponse en retard" in main_of(desk.get("/assistance"))
