"""Answers gathered under a letter to a class, and the reminder to exactly those who have not answered."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest

from corneille.classes.import_list import import_list
from corneille.classes.make import remove_class
from corneille.classes.read_list import read_list
from corneille.kernel import clock
from corneille.kernel.ids import Uid
from corneille.mail.append import append
from corneille.mail.mailbox import find_mailbox
from corneille.mail.remove import remove
from corneille.mail.values import NewMessage
from corneille.transport.models import QueuedRecipient
from tests.classes.conftest import LIST, School
from tests.doors.web.classes.conftest import school as school
from tests.doors.web.conftest import Browser, Enter, text_of
from tests.doors.web.mail.test_class_letter import open_form, post
from tests.mail.letter import letter
from tests.transport.school import Member

__all__ = ["school"]


@pytest.fixture
def browser(enter: Enter, school: School) -> Browser:
    """Claire's, who has written to the guardians of her class."""
    import_list(school.claire.account, school.number, read_list(LIST), clock.now(), removes_absent=False)
    browser = enter(school.claire)
    _status, page = post(browser, open_form(browser, school), school, subject="Sortie", text="Qui vient ?")
    assert post(browser, page, school)[0] == 302
    return browser


def words_of(browser: Browser, path: str) -> str:
    page: str = unescape(re.sub(r"<[^>]+>", " ", text_of(browser.get(path))))
    return re.sub(r"[ \s\u00a0\u202f]+", " ", page)


def find_copy(browser: Browser, school: School, at: int = 0) -> str:
    """Where the letter is read, by the page of its class."""
    found: list[str] = re.findall(
        r'href="(/courrier/message/\d+/)#reponses"', text_of(browser.get(f"/classes/{school.number}"))
    )
    return found[at]


def name_letter(school: School) -> str:
    """The Message-ID of the letter written last."""
    return str(message_from_bytes(school.claire.read("Sent")[-1], policy=default)["Message-ID"])


def hear(school: School, sender: str, body: str = "Oui, nous venons.", **more: str) -> None:
    put(school.claire, letter("Re: Sortie", body, **{"from": sender, "in_reply_to": name_letter(school), **more}))


def put(member: Member, content: bytes) -> None:
    inbox = find_mailbox(member.mail, "INBOX")
    assert inbox is not None
    append(member.mail, inbox.id, [NewMessage(content, clock.now())]).result()


def test_what_leaves_carries_no_field_of_ours(browser: Browser, school: School) -> None:
    (copy,) = school.claire.read("Sent")
    assert f"X-Corneille-Class: {school.number} responsables chacun\r\n".encode() in copy
    assert all("X-Corneille" not in row.added for row in QueuedRecipient.objects.all())
    hear(school, f"Paul <{school.paul.address}>")
    _status, page = post(browser, open_form(browser, school), school, to=school.paul.address, text="x")
    assert post(browser, page, school, to=school.paul.address)[0] == 302
    assert b"X-Corneille-Class" not in school.paul.read("INBOX")[0]


def test_who_has_answered_and_who_has_not(browser: Browser, school: School) -> None:
    copy = find_copy(browser, school)
    assert "0 réponse sur 3" in words_of(browser, copy)
    assert "3 personnes n’ont pas répondu" in words_of(browser, copy)
    hear(school, "Maman <Claire@fai.example>")
    hear(school, "minh@travail.example", "Depuis le bureau.")
    hear(school, "Marc <marc@fai.example>", "Je suis absent.", auto_submitted="auto-replied")
    told = words_of(browser, copy)
    assert "1 réponse sur 3" in told
    assert "Claire Durand Oui, nous venons." in told  # as her teacher calls her
    assert "2 personnes n’ont pas répondu Marc Durand Minh Nguyen" in told
    assert "D’une autre adresse : 1 message" in told
    assert "minh@travail.example Depuis le bureau." in told
    assert "1 message automatique" in told
    assert "1 réponse sur 3" in words_of(browser, f"/classes/{school.number}")


def test_what_was_received_gathers_no_answers_whatever_mark_it_bears(browser: Browser, school: School) -> None:
    (copy,) = school.claire.read("Sent")
    put(school.claire, copy)
    path = re.findall(r'href="(/courrier/message/\d+/)', text_of(browser.get("/courrier/")))[0]
    assert "Qui vient ?" in words_of(browser, path)
    assert "réponse sur" not in words_of(browser, path)


def test_an_answer_leads_to_its_message_and_goes_with_it(browser: Browser, school: School) -> None:
    hear(school, "claire@fai.example")
    copy = find_copy(browser, school)
    answers = text_of(browser.get(copy)).partition('id="reponses"')[2]
    (answer,) = re.findall(r'href="(/courrier/message/\d+/)"', answers)
    assert "Oui, nous venons." in words_of(browser, answer)
    inbox = find_mailbox(school.claire.mail, "INBOX")
    assert inbox is not None
    (uid,) = re.findall(r'name="uid" value="(\d+)"', text_of(browser.get(answer)))[:1]
    browser.post(f"/courrier/{inbox.id}/agir", {"uid": uid, "action": "supprimer"})
    assert "0 réponse sur 3" in words_of(browser, copy)


def test_a_reminder_goes_to_exactly_those_who_have_not_answered(browser: Browser, school: School) -> None:
    hear(school, "claire@fai.example")
    copy, before = find_copy(browser, school), len(QueuedRecipient.objects.all())
    (path,) = re.findall(r'href="(/courrier/ecrire\?classe=[^"]+relance=\d+)"', text_of(browser.get(copy)))
    form = text_of(browser.get(unescape(path)))
    assert 'value="Rappel : Sortie"' in unescape(form)
    assert "&gt; Qui vient ?" in form
    hear(school, "marc@fai.example")  # while it is written
    status, page = post(browser, form, school)
    assert (status, "exactement cette personne" in page, "minh@fai.example" in page) == (200, True, True)
    assert "marc@fai.example" not in page
    status, where = post(browser, page, school)
    assert (status, where) == (302, copy)
    assert [row.address for row in QueuedRecipient.objects.order_by("pk")][before:] == ["minh@fai.example"]
    hear(school, "minh@fai.example", "Pardon, oui.")  # answers the reminder
    assert "3 réponses sur 3" in words_of(browser, copy)
    status, told = post(browser, form, school, token="0" * 32)
    assert (status, "Il ne reste personne à relancer" in told) == (422, True)


def test_a_draft_of_a_reminder_stays_one(browser: Browser, school: School) -> None:
    copy = find_copy(browser, school)
    number = re.findall(r"\d+", copy)[0]
    form = text_of(browser.get(f"/courrier/ecrire?classe={school.number}&groupe=responsables&relance={number}"))
    status, where = post(browser, form, school, action="enregistrer", text="Plus tard")
    assert status == 302
    hear(school, "claire@fai.example")
    page = text_of(browser.get(where))
    assert f'name="relance" value="{number}"' in page
    assert "claire@fai.example" not in page
    sent = find_mailbox(school.claire.mail, "Sent")
    assert sent is not None
    remove(school.claire.mail, sent.id, [Uid(1)]).result()
    page = unescape(text_of(browser.get(where)))
    assert "La classe n’est plus là" in page
    assert "Plus tard" in page


def test_nobody_else_reminds_of_it(browser: Browser, enter: Enter, school: School) -> None:
    number = re.findall(r"\d+", find_copy(browser, school))[0]
    other = enter(school.paul)
    path = f"/courrier/ecrire?classe={school.number}&groupe=responsables&relance={number}"
    assert other.get(path).status_code == 404
    assert browser.get(path.replace(number, str(int(number) + 500))).status_code == 404


def test_once_the_class_is_forgotten_its_letter_is_a_letter(browser: Browser, school: School) -> None:
    copy = find_copy(browser, school)
    hear(school, "claire@fai.example")
    remove_class(school.claire.account, school.number, clock.now())
    told = words_of(browser, copy)
    assert "réponse sur" not in told
    assert "Sortie" in told
