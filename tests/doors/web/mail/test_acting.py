"""Filing, marking, deleting, undoing; and folders."""

import pytest

from corneille.mail.mailbox import delete_mailbox, find_mailbox
from corneille.mail.values import FLAGGED, SEEN, SpecialUse
from tests.doors.web.conftest import Browser, text_of
from tests.doors.web.mail.conftest import LETTER, Box


def act(browser: Browser, box: Box, action: str, special_use: SpecialUse | None = None, **more: str) -> str:
    line = box.list(special_use)[0]
    answer = browser.post(f"/courrier/{line.mailbox}/agir", {"action": action, "uid": str(line.uid), **more})
    assert answer.status_code == 302
    return text_of(browser.get(answer.headers["Location"]))


@pytest.mark.parametrize(
    ("action", "there"),
    [("archiver", SpecialUse.ARCHIVE), ("supprimer", SpecialUse.TRASH), ("indesirable", SpecialUse.JUNK)],
)
def test_a_message_is_filed_and_the_move_is_undone(browser: Browser, box: Box, action: str, there: SpecialUse) -> None:
    box.put(LETTER)
    page = act(browser, box, action)
    assert "Annuler" in page
    assert (len(box.list()), len(box.list(there))) == (0, 1)
    browser.post("/courrier/annuler", {})
    assert (len(box.list()), len(box.list(there))) == (1, 0)
    assert browser.post("/courrier/annuler", {}).status_code == 302
    assert len(box.list()) == 1


def test_an_archive_that_a_program_deleted_is_made_again(browser: Browser, box: Box) -> None:
    delete_mailbox(box.account, "Archive").result(10)
    box.put(LETTER)
    assert "Archives" in act(browser, box, "archiver")
    assert len(box.list(SpecialUse.ARCHIVE)) == 1


def test_deleting_from_the_bin_is_for_good(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    act(browser, box, "supprimer")
    act(browser, box, "supprimer", SpecialUse.TRASH)
    assert box.list(SpecialUse.TRASH) == []


def test_a_message_is_moved_to_a_chosen_folder_and_marked(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    act(browser, box, "lu")
    assert SEEN in box.list()[0].flags
    act(browser, box, "non-lu")
    assert SEEN not in box.list()[0].flags
    act(browser, box, f"etoile:{box.list()[0].uid}")
    assert FLAGGED in box.list()[0].flags
    act(browser, box, "deplacer", cible=str(box.use(SpecialUse.ARCHIVE).id))
    assert len(box.list(SpecialUse.ARCHIVE)) == 1


def test_a_form_from_elsewhere_changes_nothing(browser: Browser, box: Box) -> None:
    box.put(LETTER)
    line = box.list()[0]
    form = {"action": "supprimer", "uid": str(line.uid)}
    assert browser.post(f"/courrier/{line.mailbox}/agir", form, token=False).status_code == 403
    assert browser.post(f"/courrier/{line.mailbox}/agir", form, Origin="https://mechant.example").status_code == 403
    assert browser.get(f"/courrier/{line.mailbox}/agir").status_code == 405
    assert len(box.list()) == 1


@pytest.mark.parametrize(
    "back",
    ["https://mechant.example/", "//mechant.example", "/\\mechant.example", "javascript:alert(1)", "/courrier/\r\nX: 1"],
)
def test_one_comes_back_to_a_page_of_ours_only(browser: Browser, box: Box, back: str) -> None:
    box.put(LETTER)
    line = box.list()[0]
    answer = browser.post(f"/courrier/{line.mailbox}/agir", {"action": "lu", "uid": str(line.uid), "retour": back})
    assert answer.headers["Location"].startswith("/courrier/")


@pytest.mark.parametrize(
    "form",
    [{}, {"action": "x"}, {"uid": "x", "action": "lu"}, {"uid": "9" * 400, "action": "lu"}, {"action": "deplacer"}],
)
def test_a_form_that_no_page_made_changes_nothing(browser: Browser, box: Box, form: dict[str, str]) -> None:
    box.put(LETTER)
    line = box.list()[0]
    answer = browser.post(f"/courrier/{line.mailbox}/agir", {"uid": str(line.uid), **form})
    assert answer.status_code in {302, 404}
    assert len(box.list()) == 1


def test_folders_are_made_renamed_and_deleted(browser: Browser, box: Box) -> None:
    made_at = browser.post("/courrier/dossiers/creer", {"nom": "Élèves 3e"}).headers["Location"]
    assert "est là" in text_of(browser.get(made_at))
    made = find_mailbox(box.account, "Élèves 3e")
    assert made is not None
    browser.post("/courrier/dossiers/creer", {"nom": "Sorties/2026", "parent": str(made.id)})
    assert find_mailbox(box.account, "Élèves 3e/Sorties∕2026") is not None
    browser.post("/courrier/dossiers/renommer", {"dossier": str(made.id), "nom": "Élèves"})
    assert find_mailbox(box.account, "Élèves/Sorties∕2026") is not None
    box.put(LETTER, "Élèves")
    browser.post("/courrier/dossiers/supprimer", {"dossier": str(made.id)})
    assert find_mailbox(box.account, "Élèves") is not None
    browser.post("/courrier/dossiers/supprimer", {"dossier": str(made.id), "avec-messages": "1"})
    assert find_mailbox(box.account, "Élèves") is None


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\r\nb", "a\x00b", "..", "INBOX", "é" * 199])
def test_an_odd_folder_name_is_answered_clearly(browser: Browser, box: Box, name: str) -> None:
    answer = browser.post("/courrier/dossiers/creer", {"nom": name})
    assert answer.status_code == 302
    assert 'class="alert' in text_of(browser.get(answer.headers["Location"]))


def test_a_folder_of_the_service_stays(browser: Browser, box: Box) -> None:
    inbox = box.use(None).id
    for action in ("supprimer", "renommer", "vider"):
        browser.post(f"/courrier/dossiers/{action}", {"dossier": str(inbox), "nom": "X", "avec-messages": "1"})
    assert find_mailbox(box.account, "INBOX") is not None


def test_the_bin_is_emptied(browser: Browser, box: Box) -> None:
    box.put(LETTER, box.use(SpecialUse.TRASH).name)
    browser.post("/courrier/dossiers/vider", {"dossier": str(box.use(SpecialUse.TRASH).id)})
    assert box.list(SpecialUse.TRASH) == []
