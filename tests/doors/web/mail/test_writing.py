"""Writing: answers, drafts, files; sent once; nothing typed is lost; nothing leaves its header."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from corneille.mail.fetch import read_content
from corneille.mail.values import ANSWERED, SpecialUse
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box
from tests.doors.web.mail.test_reading import ATTACHED

ME = "claire.lemoine@ac-demonstration.test"
HIM = "paul.roux@ac-demonstration.test"


def fields(page: str) -> dict[str, str]:
    """The form as a browser would send it back."""
    form = page[page.index('class="letter"') :]
    tags = re.findall(r"<input[^>]*>", form)
    sent = [each for each in tags if not re.search(r'type="(checkbox|radio)"', each) or " checked" in each]
    inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', " ".join(sent))
    found = {unescape(name): unescape(value) for name, value in inputs if name != "garder"}
    found.pop("csrfmiddlewaretoken", None)
    text = re.search(r'<textarea[^>]*name="text"[^>]*>\r?\n?(.*?)</textarea>', form, re.DOTALL)
    found["text"] = unescape(text[1]) if text else ""
    found["sender"] = ME
    return found


def write(browser: Browser, action: str = "envoyer", path: str = "/courrier/ecrire", **typed: object) -> tuple[int, str]:
    form = {**fields(text_of(browser.get(path))), "action": action, **typed}
    answer = browser.post("/courrier/ecrire", cast(dict[str, str], form))
    if answer.status_code == 302:
        return 302, answer.headers["Location"]
    return answer.status_code, text_of(answer)


def read(box: Box, special_use: SpecialUse | None = None) -> EmailMessage:
    return message_from_bytes(read_content(box.account, box.list(special_use)[0].id), policy=default)


def test_a_letter_reaches_a_colleague_and_is_kept_in_sent(browser: Browser, box: Box, colleague: Box) -> None:
    file = SimpleUploadedFile("Été 2026.pdf", b"%PDF-1.7 \x00\xff", "application/pdf")
    status, _ = write(browser, to=f"Paul <{HIM}>", subject="Sortie à la mer", text="Bonjour Paul,\n\nÀ demain.", files=file)
    assert status == 302
    got = read(colleague)
    assert (got["subject"], got["to"]) == ("Sortie à la mer", f"Paul <{HIM}>")
    assert ME in got["from"]
    body = got.get_body()
    assert body is not None
    assert "À demain." in body.get_content()
    attached = next(got.iter_attachments())
    assert attached.get_filename() == "Été 2026.pdf"
    assert attached.get_content() == b"%PDF-1.7 \x00\xff"
    assert len(box.list(SpecialUse.SENT)) == 1


def test_a_blind_copy_stays_blind(browser: Browser, box: Box, colleague: Box) -> None:
    write(browser, to=ME, bcc=HIM, subject="x", text="y")
    assert "bcc" not in read(colleague)
    assert HIM in str(read(box, SpecialUse.SENT)["bcc"])


def test_an_answer_continues_the_conversation(browser: Browser, box: Box, colleague: Box) -> None:
    message = box.put(LETTER.replace(b"anais.petit@", b"paul.roux@"))
    page = text_of(browser.get(f"/courrier/ecrire?message={message}&genre=repondre"))
    begun = fields(page)
    assert begun["to"] == f"Anaïs Petit <{HIM}>"
    assert begun["subject"] == "Re: Réunion de rentrée"
    assert "> la réunion est à 14 h." in begun["text"]
    write(browser, path=f"/courrier/ecrire?message={message}&genre=repondre")
    got = read(colleague)
    assert got["in-reply-to"] == "<un@ac-demonstration.test>"
    assert ANSWERED in box.list()[0].flags


def test_an_answer_to_all_leaves_oneself_out(browser: Browser, box: Box) -> None:
    message = box.put(LETTER)
    begun = fields(text_of(browser.get(f"/courrier/ecrire?message={message}&genre=tous")))
    assert begun["to"] == "Anaïs Petit <anais.petit@ac-demonstration.test>"
    assert begun["cc"] == f"Paul Roux <{HIM}>"


def test_a_letter_is_sent_once_however_often_the_form_is(browser: Browser, box: Box, colleague: Box) -> None:
    form = {**fields(text_of(browser.get("/courrier/ecrire"))), "to": HIM, "subject": "x", "text": "y", "action": "envoyer"}
    assert browser.post("/courrier/ecrire", form).status_code == 302
    for _ in range(2):
        page = text_of(browser.post("/courrier/ecrire", form))
        assert "Déjà envoyé" in page
        assert HIM in page
        assert f"/courrier/message/{box.list(SpecialUse.SENT)[0].id}/" in page
    assert len(colleague.list()) == 1
    assert len(box.list(SpecialUse.SENT)) == 1


def test_words_changed_after_sending_go_on_in_a_new_draft(browser: Browser, box: Box, colleague: Box) -> None:
    form = {**fields(text_of(browser.get("/courrier/ecrire"))), "to": HIM, "subject": "x", "text": "y", "action": "envoyer"}
    assert browser.post("/courrier/ecrire", form).status_code == 302
    page = text_of(browser.post("/courrier/ecrire", {**form, "text": "Autre <texte>"}))
    page = page[page.index("letter__again") :].replace("<form", '<form class="letter"', 1)
    again = {**fields(page), "action": "enregistrer"}
    assert again["text"] == "Autre <texte>"
    assert again["token"] != form["token"]
    assert browser.post("/courrier/ecrire", again).status_code == 302
    assert "Autre <texte>" in read(box, SpecialUse.DRAFTS).get_content()


def test_a_draft_left_by_a_crash_is_not_sent_again(browser: Browser, box: Box, colleague: Box) -> None:
    form = {**fields(text_of(browser.get("/courrier/ecrire"))), "to": HIM, "subject": "x", "text": "y"}
    browser.post("/courrier/ecrire", {**form, "action": "enregistrer"})
    left = read_content(box.account, box.list(SpecialUse.DRAFTS)[0].id)
    assert browser.post("/courrier/ecrire", {**form, "action": "envoyer"}).status_code == 302
    draft = box.put(left, box.use(SpecialUse.DRAFTS).name)  # as if it had not been dropped
    again = {**fields(text_of(browser.get(f"/courrier/ecrire?brouillon={draft}"))), "action": "envoyer"}
    assert "Déjà envoyé" in text_of(browser.post("/courrier/ecrire", again))
    assert len(colleague.list()) == 1
    assert box.list(SpecialUse.DRAFTS) == []


def test_a_draft_keeps_text_and_files_and_goes_when_sent(browser: Browser, box: Box, colleague: Box) -> None:
    file = SimpleUploadedFile("a.txt", b"abc", "text/plain")
    status, there = write(browser, "enregistrer", to=HIM, bcc=ME, subject="Brouillon é", text="Début\n", files=file)
    assert status == 302
    page = text_of(browser.get(there))
    again = fields(page)
    assert (again["to"], again["bcc"], again["subject"], again["text"].strip()) == (HIM, ME, "Brouillon é", "Début")
    assert "a.txt" in page
    kept = re.findall(r'name="garder" value="([^"]+)"', page)
    form = {**again, "text": "Fin", "action": "envoyer", "garder": kept}
    assert browser.post("/courrier/ecrire", cast(dict[str, str], form)).status_code == 302
    assert box.list(SpecialUse.DRAFTS) == []
    assert next(read(colleague).iter_attachments()).get_content().strip() == "abc"


def test_what_was_typed_and_attached_survives_a_wrong_address(browser: Browser, box: Box) -> None:
    file = SimpleUploadedFile("photo.png", b"\x89PNG", "image/png")
    status, page = write(browser, to="pas une adresse", subject="Sujet tapé", text="Texte tapé", files=file)
    assert status == 422
    assert "pas une adresse" in page
    assert "Sujet tapé" in page
    assert "Texte tapé" in page
    assert "photo.png" in page


def test_an_unknown_colleague_is_named_and_nothing_is_sent(browser: Browser, box: Box, colleague: Box) -> None:
    status, page = write(browser, to=f"{HIM}, personne@ac-demonstration.test", subject="x", text="y")
    assert status == 422
    assert "personne@ac-demonstration.test" in page
    assert colleague.list() == []


def test_nobody_to_write_to_is_said(browser: Browser, box: Box) -> None:
    status, page = write(browser, subject="x", text="y")
    assert status == 422
    assert "à qui" in page


EVIL = (
    "x\r\nBcc: mechant@ac-demonstration.test", "x\nX-Evil: 1",
    "x\r\n\r\ncorps", "x\x00y", "x\u2028Bcc: a", "x\x0b\x0cBcc: y",
)


@pytest.mark.parametrize(
    "field", ["to", "cc", "bcc", "subject", "sender", "token", "text", "brouillon", "message", "genre", "dans"]
)
def test_no_field_injects_a_header(browser: Browser, box: Box, colleague: Box, field: str) -> None:
    for evil in EVIL:
        injected = f"{HIM} {evil}" if field in {"to", "cc", "bcc"} else evil
        typed = {"to": HIM, "subject": "s", "text": "t", field: injected}
        status, _ = write(browser, **typed)
        assert status in {302, 404, 422}
    for each in colleague.list():
        got = message_from_bytes(read_content(colleague.account, each.id), policy=default)
        assert got["x-evil"] is None
        assert got["bcc"] is None
        assert [name for name in got if name.lower() == "subject"] == ["Subject"]


def test_nobody_writes_under_another_address(browser: Browser, box: Box, colleague: Box) -> None:
    status, _ = write(browser, to=HIM, sender=HIM, subject="x", text="y")
    assert status == 422
    assert colleague.list() == []


def test_a_message_is_sent_on_with_its_files(browser: Browser, box: Box, colleague: Box) -> None:
    message = box.put(ATTACHED)
    page = text_of(browser.get(f"/courrier/ecrire?message={message}&genre=transferer"))
    kept = re.findall(r'name="garder" value="([^"]+)"', page)
    assert len(kept) == 2
    form = {**fields(page), "to": HIM, "action": "envoyer", "garder": kept}
    assert browser.post("/courrier/ecrire", cast(dict[str, str], form)).status_code == 302
    assert len(list(read(colleague).iter_attachments())) == 2


def test_colleagues_are_suggested(browser: Browser, box: Box, colleague: Box) -> None:
    page = text_of(browser.get("/courrier/suggestions?to=a%40b.fr%2C%20rou"))
    assert "a@b.fr, Paul" in page
    assert HIM in page
    assert "option" not in text_of(browser.get("/courrier/suggestions?to=r"))
