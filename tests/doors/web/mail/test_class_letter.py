"""A letter to a class: shown to exactly whom, then each apart or in blind copy; one copy in « Sent » tells to whom."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest

from corneille.classes.gate import list_pupils
from corneille.classes.import_list import import_list
from corneille.classes.make import remove_class
from corneille.classes.person import Which, remove_person
from corneille.classes.read_list import read_list
from corneille.kernel import clock
from corneille.transport.models import QueuedRecipient
from corneille.transport.queue import list_queue
from corneille.wire.mime.address import list_group_names
from tests.classes.conftest import LIST, School
from tests.doors.web.classes.conftest import school as school
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.doors.web.mail.test_writing import fields

__all__ = ["school"]

PARENTS = ["claire@fai.example", "marc@fai.example", "minh@fai.example"]


@pytest.fixture
def browser(enter: Enter, school: School) -> Browser:
    """Claire's, whose class has its list."""
    import_list(school.claire.account, school.number, read_list(LIST), clock.now(), removes_absent=False)
    return enter(school.claire)


def post(browser: Browser, page: str, school: School, **typed: str) -> tuple[int, str]:
    form = {**fields(page), "sender": school.claire.address, "action": "envoyer", "facon": "chacun", **typed}
    answer = browser.post("/courrier/ecrire", form)
    told = unescape(text_of(answer)).replace("\u00a0", " ").replace("\u202f", " ")
    return answer.status_code, answer.headers.get("Location", "") or told


def open_form(browser: Browser, school: School, part: str = "responsables") -> str:
    return text_of(browser.get(f"/courrier/ecrire?classe={school.number}&groupe={part}"))


def to_of(content: bytes) -> str:
    return str(message_from_bytes(content, policy=default)["To"])


def groups_of(content: bytes) -> list[str]:
    return list_group_names(message_from_bytes(content)["To"].encode())


def test_each_apart_once_its_writer_has_been_shown_exactly_whom(browser: Browser, school: School) -> None:
    status, page = post(browser, open_form(browser, school), school, subject="Sortie", text="Bonjour")
    assert status == 200
    assert "exactement ces 3 personnes, à chacune séparément" in page
    assert list_queue() == []
    assert post(browser, page, school)[:2] == (302, f"/classes/{school.number}")
    rows = list(QueuedRecipient.objects.order_by("pk"))
    assert [row.address for row in rows] == PARENTS
    assert [to_of(row.added.encode()) for row in rows] == [
        "Claire Durand <claire@fai.example>", "Marc Durand <marc@fai.example>", "Minh Nguyen <minh@fai.example>",
    ]  # fmt: skip
    (copy,) = school.claire.read("Sent")
    assert groups_of(copy) == ["Responsables de 5e B, à chacun séparément (3)"]
    assert [each in str(message_from_bytes(copy, policy=default)["Bcc"]) for each in PARENTS] == [True] * 3
    folders = re.findall(r'href="(/courrier/\d+/)"[^>]*title="([^"]+)"', text_of(browser.get("/courrier/")))
    sent = next(path for path, title in folders if title == "Envoyés")
    listed = text_of(browser.get(sent))
    assert "Responsables de 5e B, à chacun séparément (3)" in listed
    shown = text_of(browser.get(re.findall(r'href="(/courrier/message/\d+/)', listed)[0]))
    assert "Responsables de 5e B, à chacun séparément (3)" in shown
    assert "minh@fai.example" in shown


def test_in_blind_copy_nobody_is_named(browser: Browser, school: School) -> None:
    _status, page = post(browser, open_form(browser, school, "tous"), school, facon="cci", text="x")
    assert "en copie cachée vers exactement ces 4 personnes" in page
    assert post(browser, page, school, facon="cci")[0] == 302
    assert {row.added for row in QueuedRecipient.objects.all()} == {""}
    (copy,) = school.claire.read("Sent")
    assert groups_of(copy) == ["Élèves et responsables de 5e B, en copie cachée (4)"]


@pytest.mark.parametrize("way", ["chacun", "cci"])
def test_who_is_named_beside_the_class_gets_it_the_same_way(browser: Browser, school: School, way: str) -> None:
    also = f"Paul <{school.paul.address}>, aide@fai.example, claire@fai.example"  # the last is of the class already
    _status, page = post(browser, open_form(browser, school), school, facon=way, to=also, text="x")
    assert "exactement ces 5 personnes" in page
    assert f"Aussi à : Paul {school.paul.address}, aide@fai.example" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert post(browser, page, school, facon=way, to=also)[0] == 302
    queued = {row.address: row.added for row in QueuedRecipient.objects.all()}
    assert set(queued) >= {*PARENTS, "aide@fai.example"}
    assert to_of(queued["aide@fai.example"].encode()) == ("aide@fai.example" if way == "chacun" else "None")
    (got,) = school.paul.read("INBOX")
    assert to_of(got) == (f"Paul <{school.paul.address}>" if way == "chacun" else "Responsables de 5e B:;")
    assert all(address.encode() not in got for address in PARENTS)
    (copy,) = school.claire.read("Sent")
    assert str(message_from_bytes(copy, policy=default)["Cc"]) == f"Paul <{school.paul.address}>, aide@fai.example"
    assert "aide@" not in str(message_from_bytes(copy, policy=default)["Bcc"])


def test_another_beside_the_class_is_shown_again_before_it_leaves(browser: Browser, school: School) -> None:
    _status, page = post(browser, open_form(browser, school), school, text="x")
    status, page = post(browser, page, school, to="aide@fai.example")
    assert (status, "exactement ces 4 personnes" in page) == (200, True)
    assert list_queue() == []


@pytest.mark.parametrize(
    ("typed", "told"), [("nobody@{domain}", "Il n’y a personne à l’adresse"), ("Paul", "n’est pas une adresse")]
)
def test_who_cannot_be_written_to_beside_the_class_is_told(browser: Browser, school: School, typed: str, told: str) -> None:
    typed = typed.format(domain=school.paul.address.partition("@")[2])
    status, page = post(browser, open_form(browser, school), school, to=typed, text="x")
    assert (status, told in page) == (422, True)
    assert list_queue() == []


def test_a_draft_keeps_who_is_named_beside_the_class(browser: Browser, school: School) -> None:
    _status, where = post(browser, open_form(browser, school), school, action="enregistrer", to="Aide <aide@fai.example>")
    assert 'value="Aide &lt;aide@fai.example&gt;"' in text_of(browser.get(where))


def test_who_came_or_went_meanwhile_is_shown_first(browser: Browser, school: School) -> None:
    _status, page = post(browser, open_form(browser, school), school, text="x")
    tom = next(each for each in list_pupils(school.number) if each.said.given_name == "Tom")
    remove_person(school.claire.account, school.number, Which(tom.id), clock.now())
    status, page = post(browser, page, school)
    assert (status, "exactement ces 2 personnes" in page) == (200, True)
    assert list_queue() == []


def test_the_same_form_twice_sends_once(browser: Browser, school: School) -> None:
    _status, page = post(browser, open_form(browser, school), school, text="x")
    assert post(browser, page, school)[0] == 302
    status, again = post(browser, page, school)
    assert (status, "Déjà envoyé" in again) == (200, True)
    assert len(list_queue()) == 3


def test_a_draft_keeps_the_choice_and_names_nobody(browser: Browser, school: School) -> None:
    page = open_form(browser, school, "eleves")
    status, where = post(browser, page, school, action="enregistrer", facon="cci", text="Plus tard")
    assert status == 302
    (draft,) = school.claire.read("Drafts")
    assert b"lea@ent.example" not in draft
    page = text_of(browser.get(where))
    assert "Élèves de 5e B" in page
    assert re.search(r'value="cci" checked', page)
    remove_class(school.claire.account, school.number, clock.now())
    page = unescape(text_of(browser.get(where)))
    assert "La classe n’est plus là" in page
    assert "Plus tard" in page
    assert 'name="to"' in page


@pytest.mark.parametrize("query", ["groupe=responsables", "groupe=autres", ""])
def test_a_class_of_somebody_else_is_not_there(enter: Enter, school: School, query: str) -> None:
    browser = enter(school.paul)
    assert browser.get(f"/courrier/ecrire?classe={school.number}&{query}").status_code == 404
    form = {**fields(text_of(browser.get("/courrier/ecrire"))), "sender": school.paul.address, "classe": str(school.number)}
    answer = browser.post("/courrier/ecrire", {**form, "groupe": "tous", "action": "envoyer", "text": "x"})
    assert answer.status_code == 422
    assert "La classe n’est plus là" in unescape(text_of(answer))
    assert list_queue() == []


def test_a_part_in_which_nobody_has_an_address_is_told(enter: Enter, school: School) -> None:
    import_list(school.claire.account, school.number, read_list("Nom\nDurand\n"), clock.now(), removes_absent=False)
    browser = enter(school.claire)
    page = open_form(browser, school)
    assert "Sans adresse, et donc non atteints" in unescape(page)
    status, told = post(browser, page, school, text="x")
    assert (status, "corrigez d’abord la classe" in told) == (422, True)
