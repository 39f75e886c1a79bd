"""Pictures kept elsewhere: only when asked, for the message or the sender, never in Junk, and the list can be shortened."""

from corneille.mail.values import SpecialUse
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import Box

SENDER = "lettre@exterieur.example"
HTML = (
    b"From: Lettre <Lettre@exterieur.example>\r\nSubject: Couleurs\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<p>Voici<img src='http://exterieur.example/a.png'><img src=https://exterieur.example/suivi.gif width=1 height=1>\r\n"
)


def frame(browser: Browser, message: int) -> tuple[str, str]:
    answer = browser.get(f"/courrier/message/{message}/corps")
    assert answer.headers["Cross-Origin-Embedder-Policy"] == "credentialless"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return text_of(answer), answer.headers["Content-Security-Policy"]


def is_shown(browser: Browser, message: int) -> bool:
    text, policy = frame(browser, message)
    assert "suivi.gif" not in text
    assert ("https://exterieur.example/a.png" in text) == ("img-src 'self' data: https:" in policy)
    assert "script" not in policy.replace("allow-scripts", "")
    return "a.png" in text


def ask(browser: Browser, message: int, whom: str) -> str:
    answer = browser.post(f"/courrier/message/{message}/images", {"pour": whom})
    assert answer.status_code == 302
    return text_of(browser.get(answer.headers["Location"]))


def test_nothing_is_fetched_until_asked_and_then_for_this_message_alone(browser: Browser, box: Box) -> None:
    first, second = box.put(HTML), box.put(HTML.replace(b"Voici", b"Encore"))
    page = text_of(browser.get(f"/courrier/message/{first}/"))
    assert "Afficher les images" in page
    assert not is_shown(browser, first)
    page = ask(browser, first, "message")
    assert "Afficher les images" not in page
    assert "1 image invisible" in page
    assert is_shown(browser, first)
    assert not is_shown(browser, second)
    browser.post("/deconnexion", {})
    browser.sign_in(box.person.identifier)
    assert not is_shown(browser, first)


def test_an_address_cannot_ask_in_the_readers_place(browser: Browser, box: Box) -> None:
    message = box.put(HTML)
    assert browser.get(f"/courrier/message/{message}/images?pour=expediteur").status_code == 405
    assert browser.post(f"/courrier/message/{message}/images", {"pour": "expediteur"}, token=False).status_code == 403
    assert not is_shown(browser, message)


def test_always_for_a_sender_until_taken_out(browser: Browser, box: Box) -> None:
    message = box.put(HTML)
    assert SENDER in ask(browser, message, "expediteur").lower()
    other = box.put(HTML.replace(b"Voici", b"Encore"))
    assert is_shown(browser, other)
    assert not is_shown(browser, box.put(HTML.replace(b"Lettre@", b"autre@")))
    page = text_of(browser.get("/courrier/images"))
    assert SENDER in page
    assert browser.post("/courrier/images", {"expediteur": SENDER}).status_code == 302
    assert SENDER not in text_of(browser.get("/courrier/images")).partition("folder-list")[2]
    assert not is_shown(browser, other)
    assert browser.post("/courrier/images", {"expediteur": SENDER}).status_code == 404


def test_in_junk_it_is_neither_offered_nor_done(browser: Browser, box: Box) -> None:
    ask(browser, box.put(HTML), "expediteur")
    junk = box.put(HTML, box.use(SpecialUse.JUNK).name)
    page = text_of(browser.get(f"/courrier/message/{junk}/"))
    assert "Afficher les images" not in page
    assert "ne sont pas affichées" in page
    ask(browser, junk, "message")
    assert not is_shown(browser, junk)


def test_another_ones_message_and_list_are_not_there(browser: Browser, box: Box, colleague: Box) -> None:
    his = colleague.put(HTML)
    assert browser.post(f"/courrier/message/{his}/images", {"pour": "message"}).status_code == 404
    browser.post("/deconnexion", {})
    for path in ("/courrier/images", f"/courrier/message/{his}/corps"):
        assert browser.get(path).status_code == 302
    assert browser.post(f"/courrier/message/{his}/images", {"pour": "message"}).headers["Location"].startswith("/connexion")
