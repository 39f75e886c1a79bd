"""« Espace utilisé »: folders and messages by size, and ways to make room."""

from datetime import timedelta
from html import unescape

from corneille.kernel import clock
from corneille.mail.append import append
from corneille.mail.values import NewMessage, SpecialUse
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box

ATTACHED = (
    b"From: Paul <paul@example.net>\r\nSubject: %b\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nVoici.\r\n--b\r\n"
    b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=plan.bin\r\n\r\n%b\r\n--b--\r\n"
)


def put_big(box: Box, subject: bytes, megabytes: int, days: int, special_use: SpecialUse | None = None) -> int:
    content = ATTACHED % (subject, b"x" * (megabytes * 1024 * 1024))
    received_at = clock.now() - timedelta(days=days)
    return append(box.account, box.use(special_use).id, [NewMessage(content, received_at)]).result(20)[0].id


def test_folders_and_messages_are_shown_the_largest_first(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    old = put_big(box, b"Vieux plan", 2, 700)
    new = put_big(box, b"Plan neuf", 3, 10, SpecialUse.SENT)
    page = unescape(text_of(browser.get("/courrier/espace")))
    assert page.index("Envoyés</a>") < page.rindex("Boîte de réception</a>")
    biggest, _, oldest = page.partition("Grosses pièces jointes de plus d’un an")
    assert biggest.index(f"/courrier/message/{new}/") < biggest.index(f"/courrier/message/{old}/")
    assert f"/courrier/message/{old}/" in oldest
    assert f"/courrier/message/{new}/" not in oldest


def test_the_drawing_puts_the_folders_beside_one_another(browser: Browser, box: Box) -> None:
    put_big(box, b"Plan", 3, 1)
    put_big(box, b"Plan", 1, 1, SpecialUse.SENT)
    page = text_of(browser.get("/courrier/espace"))
    assert 'x="0" width="749"' in page
    assert 'x="749" width="250"' in page
    assert "style=" not in page


def test_the_bin_is_emptied_from_there(browser: Browser, box: Box) -> None:
    put_big(box, b"Plan", 1, 1, SpecialUse.TRASH)
    assert "Vider le dossier" in text_of(browser.get("/courrier/espace"))
    browser.post("/courrier/dossiers/vider", {"dossier": str(box.use(SpecialUse.TRASH).id)})
    page = text_of(browser.get("/courrier/espace"))
    assert "Vider le dossier" not in page
    assert "Rien n’occupe encore de place" in unescape(page)
