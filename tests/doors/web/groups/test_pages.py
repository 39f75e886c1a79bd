"""« Mes listes » and the page of a list: who is on it and why; its head changes it; others find nothing there."""

import re
from datetime import timedelta
from html import unescape

import pytest

from corneille.groups.entry import add_member
from corneille.groups.gate import list_members, open_group
from corneille.groups.models import Group
from corneille.kernel import clock
from corneille.kernel.journal import list_lines
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.groups.conftest import MATHS, UAI, College
from tests.transport.school import DOMAIN


def page_of(college: College) -> str:
    return f"/listes/{college.maths}"


def follow(browser: Browser, path: str, data: dict[str, str]) -> str:
    answer = browser.post(path, data)
    assert answer.status_code == 302, text_of(answer)
    return unescape(text_of(browser.get(answer.headers["Location"])))


def people_on(page: str) -> list[str]:
    return re.findall(r"<strong>([^<]+)</strong> <span class=\"soft small\">", page)


def test_a_member_sees_who_is_on_it_and_by_what(enter: Enter, college: College) -> None:
    browser = enter(college.ines)
    assert MATHS in text_of(browser.get("/listes"))
    page = unescape(text_of(browser.get(page_of(college))))
    assert people_on(page) == ["Inès Allard", "Yves Barbier"]
    assert "qui enseignent «\u202fMathématiques\u202f»" in page
    assert "Les personnes de la liste" in page
    assert f"/courrier/ecrire?a={MATHS.replace('@', '%40')}" in page
    assert "Retirer" not in page
    assert browser.get(f"{page_of(college)}/modifier").status_code == 404
    for action in ("ajouter", "retirer", "terminer"):
        assert browser.post(f"{page_of(college)}/{action}", {"id": "1", "qui": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["lea", "stranger"])
def test_who_has_nothing_to_do_with_a_list_finds_no_page(enter: Enter, college: College, who: str) -> None:
    browser = enter(getattr(college, who))
    assert browser.get(page_of(college)).status_code == 404
    assert MATHS not in text_of(browser.get("/listes"))
    assert browser.get("/listes/nouvelle").status_code == 404


def test_the_head_adds_takes_out_and_ends(enter: Enter, college: College) -> None:
    browser = enter(college.head)
    page = follow(browser, f"{page_of(college)}/ajouter", {"qui": f"Léa Collet <{college.lea.address}>"})
    assert "Léa Collet est dans la liste." in page
    assert people_on(page) == ["Inès Allard", "Yves Barbier", "Léa Collet"]
    page = follow(browser, f"{page_of(college)}/retirer", {"id": str(college.yves.account)})
    assert people_on(page) == ["Inès Allard", "Léa Collet"]
    assert "déjà dans la liste" in follow(browser, f"{page_of(college)}/ajouter", {"qui": "lcollet"})
    assert "Personne ici n’a" in follow(browser, f"{page_of(college)}/ajouter", {"qui": "inconnu"})
    assert "dans elle-même" in follow(browser, f"{page_of(college)}/ajouter", {"qui": MATHS})
    assert "Choisissez le dernier jour" in follow(browser, f"{page_of(college)}/terminer", {"until_on": "demain"})
    yesterday = clock.now().date() - timedelta(days=1)
    page = follow(browser, f"{page_of(college)}/terminer", {"until_on": yesterday.isoformat()})
    assert "Vous ne pouvez pas écrire à cette liste" in page
    assert "terminée" in page
    told = [(line.action, line.actor) for line in list_lines(college.lea.account, 10)]
    assert ("list-member-added", f"account:{college.head.account}") in told


def test_a_past_day_shows_who_was_on_it_then(enter: Enter, college: College) -> None:
    add_member(college.maths, college.lea.account, clock.now(), by=None)
    browser = enter(college.head)
    before = unescape(text_of(browser.get(f"{page_of(college)}?jour=2026-09-03")))
    assert people_on(before) == ["Inès Allard", "Yves Barbier"]
    assert "2 personnes le 3 septembre 2026" in before.replace("\u00a0", " ")
    assert "Retirer" not in before
    assert len(people_on(unescape(text_of(browser.get(f"{page_of(college)}?jour=hier"))))) == 3


def test_the_head_makes_a_list_and_changes_it(enter: Enter, college: College) -> None:
    browser = enter(college.head)
    form = {
        "title": "Lettres et mathématiques", "short": "français", "uai": UAI, "way": "rule", "function": "Enseignement",
        "subject": "", "writers": "owners", "from_on": "2026-09-01", "until_on": "",
    }  # fmt: skip
    refused = browser.post("/listes/nouvelle", form)
    assert refused.status_code == 422
    assert "sans accent" in text_of(refused)
    page = follow(browser, "/listes/nouvelle", {**form, "short": "equipe"})
    assert f"equipe.{UAI.lower()}@{DOMAIN}" in page
    assert people_on(page) == ["Inès Allard", "Yves Barbier", "Léa Collet"]
    number = int(re.findall(r"/listes/(\d+)/ajouter", page)[0])
    changed = {**form, "way": "hand", "writers": "establishment"}
    assert "Personne n’y est actuellement." in follow(browser, f"/listes/{number}/modifier", changed)
    group = open_group(college.secretary.account, number, clock.now()).group
    assert list_members(group, clock.now()) == []
    assert browser.post(f"/listes/{number}/modifier", {**form, "writers": "world"}).status_code == 422
    assert "déjà été donnée" in unescape(text_of(browser.post("/listes/nouvelle", {**form, "short": "equipe"})))


def test_its_head_brings_people_in_from_pasted_lines(enter: Enter, college: College) -> None:
    browser, path = enter(college.head), f"{page_of(college)}/importer"
    assert path in text_of(browser.get(page_of(college)))
    lines = f"Courriel\n{college.lea.address}\ninconnu@{DOMAIN}\n"
    page = unescape(text_of(browser.post(path, {"texte": lines, "action": "apercu"})))
    assert "1 personne rejoint la liste" in page
    assert "personne ici n’a cette adresse ou cet identifiant" in page
    assert "Léa Collet" not in people_on(text_of(browser.get(page_of(college))))
    follow(browser, path, {"texte": lines, "action": "garder"})
    assert "Léa Collet" in people_on(text_of(browser.get(page_of(college))))
    assert browser.post(path, {"texte": "Nom;Prénom\nA;B\n"}).status_code == 422
    assert enter(college.ines).get(path).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_refused_or_shows_nobody(enter: Enter, college: College, day: str) -> None:
    head = enter(college.head)
    page = f"/listes/{college.maths}"
    head.post(f"{page}/terminer", {"until_on": day})
    assert Group.objects.get(pk=college.maths).until_on is None
    assert head.get(f"{page}?jour={day}").status_code == 200
    made = {"uai": UAI, "title": "A", "short": "a", "way": "hand", "writers": "members", "from_on": day, "until_on": day}
    assert "l’année est entre 1950 et 2150" in text_of(head.post("/listes/nouvelle", made))
