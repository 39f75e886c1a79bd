"""« Mes classes »: a list is read, shown, and kept only when its teacher says so; nobody else finds anything."""

import re
from html import unescape
from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corneille.classes.gate import list_pupils
from corneille.classes.import_list import import_list
from corneille.classes.read_list import read_list
from corneille.kernel import clock
from corneille.wire.table.read import FILE_BYTES
from tests.classes.conftest import LIST, UAI, School
from tests.doors.web.conftest import Browser, Enter, text_of


def follow(browser: Browser, path: str, data: dict[str, str]) -> str:
    answer = browser.post(path, data)
    assert answer.status_code == 302, text_of(answer)
    return unescape(text_of(browser.get(answer.headers["Location"])))


def ask(browser: Browser, path: str, **data: object) -> tuple[int, str]:
    answer = browser.post(path, cast(dict[str, str], data))
    return answer.status_code, unescape(text_of(answer)).replace("\u202f", " ").replace("\u00a0", " ")


def text_in(page: str) -> str:
    """The list, as the second page sends it back."""
    return str(re.findall(r'<textarea name="texte" hidden>\n(.*?)</textarea>', page, re.DOTALL)[0])


def names(school: School) -> list[str]:
    return [each.said.name for each in list_pupils(school.number)]


def test_a_teacher_makes_a_class_reads_a_list_and_keeps_it(enter: Enter, school: School) -> None:
    browser = enter(school.paul)
    year = re.findall(r'name="year" value="([^"]+)"', text_of(browser.get("/classes/nouvelle")))[0]
    page = follow(browser, "/classes/nouvelle", {"label": "5e B", "uai": UAI, "year": year})
    number = int(re.findall(r"/classes/(\d+)", page)[0])
    file = SimpleUploadedFile("5eB.csv", LIST.encode("cp1252"), "text/csv")
    status, page = ask(browser, f"/classes/{number}/importer", fichier=file, action="apercu")
    assert status == 200
    assert "2 élèves, 3 responsables" in page
    assert "Colonnes laissées de côté : Téléphone." in page
    assert list_pupils(number) == []
    page = follow(browser, f"/classes/{number}/importer", {"texte": text_in(page), "action": "garder"})
    assert "La liste est dans la classe" in page
    assert [each.said.name for each in list_pupils(number)] == ["Léa Durand", "Tom Nguyen"]
    assert "sans adresse : ne reçoit rien" in page.replace("\u00a0", " ")
    assert "06 00" not in page
    assert names(school) == []
    assert "5e B" in text_of(browser.get("/classes"))


def test_what_is_wrong_is_told_with_its_line_and_what_would_be_right(enter: Enter, school: School) -> None:
    browser = enter(school.claire)
    wrong = LIST.replace("lea@ent.example", "lea.ent.example")
    _status, page = ask(browser, f"/classes/{school.number}/importer", texte=wrong, action="apercu")
    assert "1 ligne à regarder" in page
    assert "Ligne 2, Léa Durand" in page
    assert "« lea.ent.example » n’est pas une adresse électronique." in page
    assert "Une adresse ressemble à prenom.nom@exemple.fr" in page


def test_of_several_classes_its_teacher_says_which(enter: Enter, school: School) -> None:
    browser = enter(school.claire)
    text = "Classe;Nom\n4A;Durand\n4C;Nguyen\n"
    path = f"/classes/{school.number}/importer"
    for action in ("apercu", "garder"):
        _status, page = ask(browser, path, texte=text, action=action)
        assert "Le fichier contient 2 classes : laquelle est-ce ?" in page
        assert "Importer cette liste" not in page
    _status, page = ask(browser, path, texte=text, dans="4C", action="apercu")
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)', page) == ["Nguyen"]
    follow(browser, path, {"texte": text, "dans": "4C", "action": "garder"})
    assert names(school) == ["Nguyen"]
    _status, page = ask(browser, path, texte=text.replace("4A", "5ÈME b"), action="apercu")
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)', page) == ["Durand"]  # its own name is enough
    assert "Dans la classe, et pas dans cette liste" in page


@pytest.mark.parametrize(("text", "told"), [
    ("", "Il n’y a rien à lire."),
    ("Ville;Âge\nRouen;9\n", "Elle a : Ville, Âge"),
    ("Nom\n" + "a\n" * 2001, "plus de 2 000 lignes"),
])  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused_and_comes_back(enter: Enter, school: School, text: str, told: str) -> None:
    status, page = ask(enter(school.claire), f"/classes/{school.number}/importer", texte=text, action="apercu")
    assert status == 422
    assert told in page
    assert re.findall(r'name="texte"[^>]*>\n(.*?)</textarea>', page, re.DOTALL) == [text]


@pytest.mark.parametrize(("content", "told"), [(b"PK\x03\x04", "sous, CSV"), (b"x" * (FILE_BYTES + 1), "512 Ko")])
def test_a_file_that_cannot_be_read_is_refused(enter: Enter, school: School, content: bytes, told: str) -> None:
    file = SimpleUploadedFile("liste.csv", content, "text/csv")
    status, page = ask(enter(school.claire), f"/classes/{school.number}/importer", fichier=file, action="apercu")
    assert (status, told in page) == (422, True)


def test_one_person_is_added_corrected_removed(enter: Enter, school: School) -> None:
    browser = enter(school.claire)
    place = f"/classes/{school.number}"
    assert ask(browser, f"{place}/eleve", family_name="Petit", given_name="Zoé", address="zoe@")[0] == 422
    page = follow(browser, f"{place}/eleve", {"family_name": "Petit", "given_name": "Zoé", "address": ""})
    pupil = int(re.findall(rf"{place}/eleve/(\d+)\"", page)[0])
    page = follow(browser, f"{place}/eleve/{pupil}/responsable", {"given_name": "Jeanne", "address": "j@fai.example"})
    guardian = int(re.findall(rf"{place}/eleve/{pupil}/responsable/(\d+)\"", page)[0])
    corrected = {"address": "jeanne@fai.example", "role": "Mère"}
    page = follow(browser, f"{place}/eleve/{pupil}/responsable/{guardian}", corrected)
    assert "jeanne@fai.example" in page
    page = follow(browser, f"{place}/retirer", {"eleve": str(pupil), "responsable": str(guardian)})
    assert "jeanne@fai.example" in page  # says who is no longer in it
    assert list_pupils(school.number)[0].guardians == ()
    follow(browser, f"{place}/retirer", {"eleve": str(pupil), "responsable": ""})
    assert names(school) == []
    assert "Cochez la case" in follow(browser, f"{place}/supprimer", {})
    assert "5e Bilingue" in follow(browser, f"{place}/modifier", {"label": "5e Bilingue"})
    assert "5e Bilingue est supprimée" in follow(browser, f"{place}/supprimer", {"sur": "1"})
    assert browser.get(place).status_code == 404


def test_a_colleague_finds_nothing_there(enter: Enter, school: School) -> None:
    import_list(school.claire.account, school.number, read_list(LIST), clock.now(), removes_absent=False)
    lea = list_pupils(school.number)[0]
    browser = enter(school.paul)
    place = f"/classes/{school.number}"
    pages = ["", "/modifier", "/importer", "/eleve", f"/eleve/{lea.id}", f"/eleve/{lea.id}/responsable"]
    for page in [*pages, f"/eleve/{lea.id}/responsable/{lea.guardians[0].id}"]:
        assert browser.get(place + page).status_code == 404
    for act in ("/supprimer", "/retirer", "/modifier", "/importer", "/eleve", f"/eleve/{lea.id}"):
        assert browser.post(place + act, {"sur": "1", "eleve": str(lea.id), "texte": LIST}).status_code == 404
    assert "Durand" not in text_of(browser.get("/classes"))
    assert len(names(school)) == 2


def test_who_works_in_no_school_is_told_so(enter: Enter, school: School) -> None:
    browser = enter(school.rita)
    assert "votre compte n’y est pas affecté" in text_of(browser.get("/classes"))
    assert browser.get("/classes/nouvelle").status_code == 404
