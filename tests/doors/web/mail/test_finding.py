"""The search box and its form: operators find, the form writes them and is filled from them, faults are told in words."""

from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from corneille.kernel import clock
from corneille.mail.index_attachments import index_attachments
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box
from tests.mail.documents import letter_with, make_pdf
from tests.mail.indexed import wait_until_indexed


def find(browser: Browser, text: str) -> str:
    answer = browser.get(f"/courrier/recherche?{urlencode({'q': text})}")
    assert answer.status_code == 200
    return unescape(text_of(answer))


def test_operators_find_and_leave_out(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    for text in ("de:anaïs", 'objet:"réunion de rentrée"', "à:paul après:2026", "réunion pj:non", "réunion -cantine"):
        assert "Anaïs Petit" in find(browser, text), text
    for text in ("de:paul", "objet:bonjour", "réunion avant:2020", "réunion -rentrée", "réunion pièce:oui"):
        assert "Rien n’a été trouvé" in find(browser, text), text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("avant:hier", "« hier » n’est pas une date. Écrivez avant:20/11/2026"), ("de:", "après « de: »"),
        ("pièce:rouge", "Après pièce: écrivez oui ou non"),
    ],
)  # fmt: skip
def test_an_operator_that_cannot_be_understood_is_told_in_words(browser: Browser, box: Box, text: str, told: str) -> None:
    page = find(browser, text).replace("\u202f", " ")
    assert told in page
    assert "<details class=\"advanced\" open>" in page


def test_the_form_writes_the_operators_and_is_filled_from_them(browser: Browser, box: Box) -> None:
    typed = {
        "mots": "menu cantine", "phrase": "conseil de classe", "sans": "brouillon vieux", "de": "Paul Roux", "a": "anne",
        "objet": "réunion", "apres": "2026-09-01", "avant": "2026-12-01", "piece": "1", "dossier": str(box.use(None).id),
    }  # fmt: skip
    answer = browser.get(f"/courrier/recherche?{urlencode(typed)}")
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert asked["q"] == [
        'menu cantine "conseil de classe" -brouillon -vieux de:"Paul Roux" à:anne objet:réunion après:2026-09-01 '
        "avant:2026-12-01 pièce:oui"
    ]
    assert asked["dossier"] == [typed["dossier"]]
    page = unescape(text_of(browser.get(answer.headers["Location"])))
    for name in ("mots", "phrase", "sans", "de", "a", "objet", "apres", "avant"):
        assert f'name="{name}" value="{typed[name]}"' in page, name
    assert 'value="1" checked' in page


def test_the_form_of_a_stranger_leads_to_the_sign_in_page(browser: Browser) -> None:
    assert browser.get("/courrier/recherche?de=paul").headers["Location"].startswith("/connexion")


def test_words_of_an_attached_document_are_found_and_the_file_is_named(browser: Browser, box: Box) -> None:
    box.put(letter_with("programme.pdf", make_pdf("Programme de géométrie")))
    wait_until_indexed()
    index_attachments(clock.now())
    page = find(browser, "geometrie")
    assert "dans la pièce jointe programme.pdf" in page
    assert "dans la pièce jointe" not in find(browser, "voici")
