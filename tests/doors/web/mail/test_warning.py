"""The banner above a message that may be a trap, and its absence above others."""

from corneille.mail.values import SpecialUse
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box

BANNER = "peut être un piège"
MILD = "peut-être pas votre collègue"
TRAP = (
    b"From: \"Paul Roux\" <paul.roux.direction@gmail.com>\r\nTo: claire.lemoine@ac-demonstration.test\r\n"
    b"Subject: Disponible\r\nMessage-ID: <piege@gmail.com>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    b'<a href="http://portail.ac-demonstration.test.acces.example/">https://portail.ac-demonstration.test</a>\r\n'
)  # fmt: skip


def test_a_trap_is_told_with_its_reasons(browser: Browser, box: Box, colleague: Box) -> None:
    page = text_of(browser.get(f"/courrier/message/{box.put(TRAP)}/"))
    assert BANNER in page
    assert "paul.roux.direction@gmail.com" in page
    assert "mène à portail.ac-demonstration.test.acces.example" in page
    assert "d’un collègue" in page
    assert "Extérieur" in page


def test_an_ordinary_letter_has_none(browser: Browser, box: Box) -> None:
    page = text_of(browser.get(f"/courrier/message/{box.put(LETTER)}/"))
    assert BANNER not in page
    assert "Extérieur" not in page


def test_the_private_address_of_a_colleague_is_known_once_written_to(browser: Browser, box: Box, colleague: Box) -> None:
    honest = b"From: Paul Roux <paul.roux@orange.fr>\r\nSubject: Demain\r\n\r\nA demain.\r\n"
    number = box.put(honest)
    page = text_of(browser.get(f"/courrier/message/{number}/"))
    assert MILD in page
    assert BANNER not in page
    sent = b"From: claire.lemoine@ac-demonstration.test\r\nTo: paul.roux@orange.fr\r\n\r\nBonjour\r\n"
    box.put(sent, box.use(SpecialUse.SENT).name)
    assert MILD not in text_of(browser.get(f"/courrier/message/{number}/"))


def test_what_one_sends_is_not_judged(browser: Browser, box: Box, colleague: Box) -> None:
    assert BANNER not in text_of(browser.get(f"/courrier/message/{box.put(TRAP, box.use(SpecialUse.SENT).name)}/"))


def test_what_a_stranger_writes_in_a_name_stays_text(browser: Browser, box: Box) -> None:
    letter = b'From: "ac-demonstration.test <script>alert(1)</script>" <x@evil.example>\r\nSubject: x\r\n\r\nx\r\n'
    page = text_of(browser.get(f"/courrier/message/{box.put(letter)}/"))
    assert BANNER in page
    assert "<script>alert" not in page


def test_our_own_notices_about_passwords_are_left_alone(browser: Browser, box: Box) -> None:
    """They name a trap's subject, a password, and the portal, which need not stand in a mail domain."""
    letter = (
        "From: Corneille <ne-pas-repondre@ac-demonstration.test>\r\nSubject: Merci\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        "« Votre boîte sera supprimée » : si vous avez tapé votre mot de passe, changez-le : https://localhost:8443/\r\n"
    )
    assert BANNER not in text_of(browser.get(f"/courrier/message/{box.put(letter.encode())}/"))
