"""« Messages supprimés récemment »: the owner puts back what left the bin."""

import re
from html import unescape

from corneille.kernel import clock
from corneille.mail.flag import FlagChange, flag
from corneille.mail.move import expunge
from corneille.mail.recently_deleted import list_deleted
from corneille.mail.values import DELETED, SpecialUse
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box


def empty_bin(browser: Browser, box: Box) -> None:
    browser.post("/courrier/dossiers/vider", {"dossier": str(box.use(SpecialUse.TRASH).id)})


def test_what_left_the_bin_is_listed_and_put_back(browser: Browser, box: Box) -> None:
    box.put(LETTER, "Trash")
    empty_bin(browser, box)
    page = unescape(text_of(browser.get("/courrier/supprimes")))
    assert "Réunion de rentrée" in page
    numbers = re.findall(r'name="numero" value="(\d+)"', page)
    (number,) = numbers
    browser.post("/courrier/supprimes/remettre", {"numero": number})
    assert "1 message est de nouveau là" in unescape(text_of(browser.get("/courrier/supprimes")))
    assert [each.subject for each in box.list()] == ["Réunion de rentrée"]
    browser.post("/courrier/supprimes/remettre", {"numero": number})
    assert "ne peut plus être remis" in unescape(text_of(browser.get("/courrier/supprimes")))


def test_a_colleagues_message_is_not_mine_to_put_back(browser: Browser, box: Box, colleague: Box) -> None:
    colleague.put(LETTER)
    inbox = colleague.use(None).id
    uids = [each.uid for each in colleague.list()]
    flag(colleague.account, inbox, uids, FlagChange.ADD, frozenset({DELETED})).result()
    expunge(colleague.account, inbox, uids).result()
    (gone,) = list_deleted(colleague.account, clock.now())
    assert "Réunion" not in unescape(text_of(browser.get("/courrier/supprimes")))
    browser.post("/courrier/supprimes/remettre", {"numero": str(gone.number)})
    assert box.list() == []
    assert list_deleted(colleague.account, clock.now()) == [gone]


def test_nothing_chosen_is_told(browser: Browser, box: Box) -> None:
    browser.post("/courrier/supprimes/remettre", {})
    assert "Choisissez au moins un message" in unescape(text_of(browser.get("/courrier/supprimes")))
