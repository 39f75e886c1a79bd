"""Files of a letter go as links: the letter brings them, a stranger takes them with a button, the sender sees the count."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from corneille.documents.share import list_documents
from corneille.kernel import clock
from corneille.kernel.settings import load
from corneille.mail.values import SpecialUse
from corneille.run.ground import Ground
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import Box, box, colleague
from tests.doors.web.mail.test_writing import HIM, read, write

__all__ = ["box", "colleague"]


@pytest.fixture
def stranger(ground: Ground) -> Client:
    return Client(enforce_csrf_checks=True, SERVER_NAME="localhost")


def send(browser: Browser, **typed: object) -> tuple[int, str]:
    file = SimpleUploadedFile("Été <i>.pdf", b"%PDF-1.7 devoir", "text/html")
    typed = {"to": HIM, "subject": "Devoir", "text": "Voici le devoir.", "files": file, "liens": "1", **typed}
    return write(browser, **typed)  # type: ignore[arg-type]


def body_of(mailbox: Box) -> str:
    body = read(mailbox).get_body()
    assert body is not None
    return str(body.get_content())


def path_in(text: str) -> str:
    return str(re.findall(r"https://localhost(/partage/[0-9a-f]{48})\s", text)[0])


def test_a_stranger_takes_the_file_and_the_sender_sees_it(
    browser: Browser, box: Box, colleague: Box, stranger: Client
) -> None:
    assert send(browser)[0] == 302
    letter = body_of(colleague)
    assert "Documents à télécharger jusqu’au" in letter
    assert list(read(colleague).iter_attachments()) == []
    assert path_in(letter) in str(read(box, SpecialUse.SENT).get_body().get_content())  # type: ignore[union-attr]
    page = stranger.get(path_in(letter), secure=True)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Été _i_.pdf" in unescape(page.content.decode())
    assert stranger.head(path_in(letter), secure=True).status_code == 200
    assert list_documents(box.person.id, clock.now())[0].openings_count == 0
    got = stranger.post(path_in(letter), secure=True)
    assert got.getvalue() == b"%PDF-1.7 devoir"
    got.close()
    assert got.headers["Content-Type"] == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment; ")
    assert got.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    mine = unescape(text_of(browser.get("/documents")))
    assert "1 ouverture" in mine
    number = re.findall(r'name="id" value="(\d+)"', mine)[0]
    assert browser.post("/documents/terminer", {"id": number}).status_code == 302
    for over in (stranger.get(path_in(letter), secure=True), stranger.post(path_in(letter), secure=True)):
        assert over.status_code == 410
        told = unescape(over.content.decode())
        assert "Ce lien est terminé" in told
        assert "il n’y a rien à faire" in told
        assert "Été" not in told, "it may be a thief's: neither file nor sender is named"
    assert browser.post("/documents/terminer", {"id": number}).status_code == 404


def test_a_day_that_cannot_be_is_told_and_nothing_leaves(browser: Browser, box: Box, colleague: Box) -> None:
    status, page = send(browser, jusqu="2020-01-01")
    assert (status, "Le dernier jour des liens" in unescape(page)) == (422, True)
    assert colleague.list() == []
    assert list_documents(box.person.id, clock.now()) == []


def test_a_letter_that_does_not_leave_shares_nothing(browser: Browser, box: Box) -> None:
    status, _page = send(browser, to="personne@ac-demonstration.test")
    assert status == 422
    assert list_documents(box.person.id, clock.now()) == []


def test_a_full_quota_and_a_full_disk_are_told(browser: Browser, box: Box, colleague: Box, ground: Ground) -> None:
    data = {"data": str(ground.data)}
    load(None, {}, ground=data, documents={"largest_bytes": 5, "quota_bytes": 5})
    assert "le maximum pour un lien" in unescape(send(browser)[1])
    load(None, {}, ground={**data, "disk_reserve_bytes": 2**62}, documents={})
    status, page = send(browser)
    assert status == 422
    assert "n’a plus de place" in unescape(page)
    assert colleague.list() == []


def test_a_draft_keeps_the_choice(browser: Browser, box: Box) -> None:
    status, where = send(browser, action="enregistrer", jusqu="2026-12-24")
    assert status == 302
    page = text_of(browser.get(where))
    assert re.search(r'name="liens" value="1" checked', page)
    assert 'name="jusqu" value="2026-12-24"' in page
    assert list_documents(box.person.id, clock.now()) == []
