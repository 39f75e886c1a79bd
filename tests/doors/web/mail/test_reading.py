"""Lists, messages and what they carry, as pages."""

import re
from pathlib import Path

import pytest

from corneille.mail.values import SEEN, SpecialUse
from tests.corpus import malformed
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box

SHARED = Path(__file__).resolve().parents[4].parent / "shared/corpora/messages"
HTML = (
    b"From: a@b.example\r\nSubject: <b>x</b>\r\nContent-Type: multipart/related; boundary=q\r\n\r\n--q\r\n"
    b"Content-Type: text/html\r\n\r\n"
    b"<p>Bonjour<script>alert(1)</script><img src='cid:plan@x'>"
    b"<img src='https://t.example/1.gif' width=1></p>\r\n"
    b"--q\r\nContent-Type: image/png\r\nContent-ID: <plan@x>\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--q--\r\n"
)
ATTACHED = (
    b"From: a@b.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n\r\ntexte\r\n--q\r\n"
    b"Content-Type: text/html; name=\"../../etc/passwd.html\"\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''..%2F..%2F%C3%A9t%C3%A9%0D%0AX-Evil%3A%201.html\r\n\r\n"
    b"<script>alert(1)</script>\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n" + LETTER + b"\r\n--q--\r\n"
)


def test_the_inbox_lists_what_arrived_with_what_is_unread(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    page = text_of(browser.get("/courrier/"))
    assert "Boîte de réception" in page
    assert "Anaïs Petit" in page
    assert "Réunion de rentrée" in page
    assert "Non lu" in page


def test_opening_a_message_shows_it_and_marks_it_as_read(browser: Browser, box: Box) -> None:
    message = box.put(LETTER)
    page = text_of(browser.get(f"/courrier/message/{message}/"))
    assert "la réunion est à 14 h." in page
    assert "anais.petit@ac-demonstration.test" in page
    assert SEEN in box.list()[0].flags


def test_nobody_opens_the_mail_of_another(browser: Browser, box: Box, colleague: Box) -> None:
    his = colleague.put(LETTER)
    folder = colleague.use(None).id
    own = [f"message/{his}/{each}" for each in ("", "corps", "source", "piece?partie=1", "image?partie=1")]
    for path in [*own, f"{folder}/"]:
        theirs = browser.get(f"/courrier/{path}")
        unknown = browser.get("/courrier/" + path.replace(str(his), "9999999").replace(f"{folder}/", "9999999/"))
        assert (theirs.status_code, unknown.status_code) == (404, 404)
    for path in (f"/courrier/{folder}/agir", "/courrier/dossiers/vider"):
        assert browser.post(path, {"action": "supprimer", "uid": "1", "dossier": str(folder)}).status_code == 404
    assert browser.get(f"/courrier/ecrire?message={his}&genre=repondre").status_code == 404
    assert len(colleague.list()) == 1


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(browser: Browser) -> None:
    message = ["message/1/" + each for each in ("", "corps", "source", "piece", "image")]
    for path in ["", "1/", *message, "ecrire", "recherche", "dossiers", "suggestions"]:
        assert browser.get(f"/courrier/{path}").headers["Location"].startswith("/connexion")


def test_html_is_framed_apart_under_a_policy_that_runs_and_fetches_nothing(browser: Browser, box: Box) -> None:
    message = box.put(HTML)
    page = text_of(browser.get(f"/courrier/message/{message}/"))
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in page
    assert "1 image conservée ailleurs n" in page
    frame = browser.get(f"/courrier/message/{message}/corps")
    policy = frame.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert "frame-ancestors 'self'" in policy
    assert "<script" not in text_of(frame)
    assert "t.example" not in text_of(frame)
    picture = re.search(r'src="(/courrier/[^"]+)"', text_of(frame))
    assert picture is not None
    shown = browser.get(picture[1].replace("&amp;", "&"))
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.content == b"\x89PNG\r\n\x1a\n"


def test_attachments_are_saved_never_shown_under_a_name_without_a_path(browser: Browser, box: Box) -> None:
    message = box.put(ATTACHED)
    page = text_of(browser.get(f"/courrier/message/{message}/"))
    saved = browser.get(f"/courrier/message/{message}/piece?partie=2")
    disposition = saved.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert not re.search(r"[/\\\r\n]", disposition)
    assert "passwd" in disposition or "%C3%A9t%C3%A9" in disposition
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in saved.headers["Content-Security-Policy"]
    assert "?dans=3" in page
    assert browser.get(f"/courrier/message/{message}/piece?partie=9").status_code == 404
    assert browser.get(f"/courrier/message/{message}/image?partie=2").status_code == 404


def test_a_message_inside_a_message_opens(browser: Browser, box: Box) -> None:
    message = box.put(ATTACHED)
    page = text_of(browser.get(f"/courrier/message/{message}/?dans=3"))
    assert "Réunion de rentrée" in page
    assert "la réunion est à 14 h." in page
    assert text_of(browser.get(f"/courrier/message/{message}/source?dans=3")).startswith("From: =?utf-8?")
    for wrong in ("2", "9", "3-3", "../..", "x" * 5000):
        assert browser.get(f"/courrier/message/{message}/?dans={wrong}").status_code == 404


def open_everywhere(browser: Browser, box: Box, name: str, content: bytes) -> None:
    message = box.put(content)
    for path in ("", "?format=texte", "corps", "source"):
        assert browser.get(f"/courrier/message/{message}/{path}").status_code == 200, (name, path)
    page = text_of(browser.get(f"/courrier/message/{message}/"))
    for link in re.findall(r'href="(/courrier/message/[^"]*(?:piece|dans)[^"]*)"', page)[:6]:
        assert browser.get(link.replace("&amp;", "&")).status_code == 200, (name, link)
    for kind in ("tous", "transferer"):
        assert browser.get(f"/courrier/ecrire?message={message}&genre={kind}").status_code == 200, (name, kind)


@pytest.mark.slow
def test_every_malformed_message_opens_in_every_form(browser: Browser, box: Box) -> None:
    for name, content in malformed.MALFORMED.items():
        open_everywhere(browser, box, name, content)
    assert browser.get("/courrier/").status_code == 200


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not on this machine")
def test_every_message_of_the_shared_corpus_opens(browser: Browser, box: Box) -> None:
    for path in sorted(SHARED.rglob("*.*")):
        if path.is_file():
            open_everywhere(browser, box, path.name, path.read_bytes())


@pytest.mark.parametrize("query", ["page=x", "page=%00", "page=" + "9" * 4000, "non-lus=1&page=%27"])
def test_a_cursor_that_no_page_gave_is_no_fault(browser: Browser, box: Box, query: str) -> None:
    box.put(LETTER)
    assert browser.get(f"/courrier/?{query}").status_code in {200, 404}
    assert browser.get(f"/courrier/recherche?q=reunion&{query}").status_code in {200, 404}


def test_a_draft_opens_in_the_form(browser: Browser, box: Box) -> None:
    draft = box.put(LETTER, box.use(SpecialUse.DRAFTS).name)
    link = f"/courrier/ecrire?brouillon={draft}"
    assert link in text_of(browser.get(f"/courrier/{box.use(SpecialUse.DRAFTS).id}/"))
    assert link in text_of(browser.get("/courrier/recherche?q=reunion"))
    assert "Réunion de rentrée" in text_of(browser.get(link))


def test_words_are_found_with_and_without_accents(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    for text in ("réunion", "REUNION", "reun"):
        page = text_of(browser.get(f"/courrier/recherche?q={text}"))
        assert "Anaïs Petit" in page, text
    assert "Rien n" in text_of(browser.get("/courrier/recherche?q=introuvable"))
    for odd in ("%22", "*", "(", "%00", "a" * 5000, "%F0%9F%98%80", "NOT", "-"):
        assert browser.get(f"/courrier/recherche?q={odd}").status_code == 200
