"""The mail of positions beside one's own: read by each for themselves, filed by who may, answered as the position."""

import re

import pytest
from django.test import Client

from corneille.access.password import set_password
from corneille.access.register import list_register
from corneille.mail.fetch import list_messages
from corneille.mail.mailbox import find_mailbox, list_mailboxes
from corneille.mail.open_position import PositionMail
from corneille.mail.values import ANSWERED, FLAGGED, SEEN, Summary
from corneille.people.add_position import take
from tests.doors.web.conftest import PASSWORD, Browser, text_of
from tests.positions import SECRETARY, UAI, Positions, deliver_to, found_positions
from tests.transport.school import DOMAIN, NOW, Member

DIRECTION = f"direction.{UAI.lower()}@{DOMAIN}"


@pytest.fixture
def school(browser: Browser) -> Positions:
    made = found_positions()
    for member in (made.head, made.secretary, made.teacher):
        set_password(member.account, PASSWORD, NOW)
    return made


def as_(member: Member) -> Browser:
    browser = Browser(Client(enforce_csrf_checks=True, SERVER_NAME="localhost"))
    assert browser.sign_in(member.person.identifier).status_code == 302
    return browser


def inbox_of(opened: PositionMail) -> int:
    found = find_mailbox(opened.mail, "INBOX")
    assert found is not None
    return found.id


def lines(opened: PositionMail, folder: str = "INBOX") -> list[Summary]:
    found = find_mailbox(opened.mail, folder)
    assert found is not None
    return list(list_messages(opened.mail, found.id).summaries)


def unread_in(page: str, label: str) -> int:
    found = re.search(rf"{label}</span>(?: <span class=\"folders__count\" aria-hidden=\"true\">(\d+))?", page)
    assert found is not None
    return int(found[1] or 0)


def name_current(page: str) -> str:
    """Whose mail the column says that one is in."""
    found = re.search(r'aria-current="true"[^>]*><svg.*?folders__name">([^<]+)', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_one_reads_and_the_other_still_has_it_unread(school: Positions) -> None:
    opened = school.open(school.head, school.direction)
    filed = deliver_to(opened, "Carte scolaire")
    label = f"direction {UAI}"
    head, secretary = as_(school.head), as_(school.secretary)
    assert unread_in(text_of(head.get("/courrier/")), label) == 1
    page = text_of(head.get(f"/courrier/{inbox_of(opened)}/"))
    assert "Carte scolaire" in page
    assert "Carte scolaire" in text_of(head.get(f"/courrier/message/{filed.id}/"))
    assert unread_in(text_of(head.get("/courrier/")), label) == 0
    page = text_of(secretary.get("/courrier/"))
    assert unread_in(page, label) == 1
    assert "line--unseen" in text_of(secretary.get(f"/courrier/{inbox_of(opened)}/"))
    who = [each.name for each in list_register(school.direction) if each.action == "position-opened"]
    assert sorted(who) == ["François Muller", "Éloïse Bézier"]


def test_every_page_of_it_is_closed_to_who_has_no_part_in_it(school: Positions) -> None:
    opened = school.open(school.head, school.direction)
    filed = deliver_to(opened, "Confidentiel")
    deliver_to(school.open(school.secretary, school.office), "Autre")
    browser, inbox, number = as_(school.teacher), inbox_of(opened), filed.id
    assert f"direction {UAI}" not in text_of(browser.get("/courrier/"))
    for path in (
        f"/courrier/{inbox}/", f"/courrier/?boite={school.direction}", f"/courrier/message/{number}/",
        f"/courrier/message/{number}/corps", f"/courrier/message/{number}/source",
        f"/courrier/message/{number}/piece?partie=1", f"/courrier/message/{number}/image?partie=1",
        f"/courrier/recherche?q=confidentiel&boite={school.direction}", f"/courrier/dossiers?boite={school.direction}",
        f"/courrier/ecrire?message={number}&genre=repondre",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404, path
    for path, form in (
        (f"/courrier/{inbox}/agir", {"action": "lu", "uid": "1"}),
        (f"/courrier/message/{number}/images", {"pour": "message"}),
        ("/courrier/dossiers/creer", {"nom": "x", "boite": str(school.direction)}),
        ("/courrier/dossiers/vider", {"dossier": str(inbox), "boite": str(school.direction)}),
        (f"/signaler/{number}", {}),
        (f"/signaler/dossier/{inbox}", {"uid": "1"}),
    ):
        assert browser.post(path, form).status_code == 404, path


def test_a_position_that_was_lost_is_not_there_any_more(school: Positions) -> None:
    opened = school.open(school.secretary, school.direction)
    browser, inbox = as_(school.secretary), inbox_of(opened)
    assert browser.get(f"/courrier/{inbox}/").status_code == 200
    take(school.direction, SECRETARY, None, NOW)
    assert browser.get(f"/courrier/{inbox}/").status_code == 404
    assert f"direction {UAI}" not in text_of(browser.get("/courrier/"))


def test_who_may_only_read_is_told_so_and_marks_for_themselves(school: Positions) -> None:
    opened = school.open(school.secretary, school.direction)
    deliver_to(opened, "Travaux")
    browser, inbox = as_(school.secretary), inbox_of(opened)
    page = text_of(browser.get(f"/courrier/{inbox}/"))
    assert "Vous pouvez lire ici" in page
    assert 'value="supprimer"' not in page
    for action in ("supprimer", "etoile", "archiver"):
        answer = browser.post(f"/courrier/{inbox}/agir", {"action": action, "uid": "1"})
        assert answer.status_code == 403
        assert "Cette boîte vous est ouverte, mais pas pour cela" in text_of(answer)
    assert browser.get(f"/courrier/dossiers?boite={school.direction}").status_code == 403
    assert browser.post(f"/courrier/{inbox}/agir", {"action": "lu", "uid": "1"}).status_code == 302
    assert SEEN in lines(opened)[0].flags
    assert SEEN not in lines(school.open(school.head, school.direction))[0].flags


def test_who_may_write_files_stars_searches_and_makes_folders(school: Positions) -> None:
    opened = school.open(school.head, school.direction)
    deliver_to(opened, "Travaux dans la cour")
    browser, inbox = as_(school.head), inbox_of(opened)
    browser.post(f"/courrier/{inbox}/agir", {"action": "etoile", "uid": "1"})
    assert FLAGGED in lines(school.open(school.secretary, school.direction))[0].flags
    found = text_of(browser.get(f"/courrier/recherche?q=cour&boite={school.direction}"))
    assert "Travaux dans la cour" in found
    assert "Travaux dans la cour" not in text_of(browser.get("/courrier/recherche?q=cour"))
    answer = browser.post("/courrier/dossiers/creer", {"nom": "Mairie", "boite": str(school.direction)})
    assert answer.headers["Location"].endswith(f"?boite={school.direction}")
    (folder,) = [each.id for each in list_mailboxes(opened.mail) if each.name == "Mairie"]
    browser.post(f"/courrier/{inbox}/agir", {"action": "deplacer", "cible": str(folder), "uid": "1"})
    assert len(lines(opened, "Mairie")) == 1
    assert browser.post("/courrier/annuler", {}).status_code == 302
    assert len(lines(opened)) == 1


def test_a_message_is_answered_as_the_position_by_who_may(school: Positions) -> None:
    opened = school.open(school.head, school.direction)
    filed = deliver_to(opened, "Effectifs")
    browser = as_(school.head)
    page = text_of(browser.get(f"/courrier/ecrire?message={filed.id}&genre=repondre"))
    assert f'<option value="{DIRECTION}" selected>' in page
    assert f"François Muller, au nom de direction {UAI}" in page
    assert name_current(page) == f"direction {UAI}"
    assert name_current(text_of(browser.get("/courrier/ecrire"))) == "Mon courrier"
    form = {
        "sender": DIRECTION, "to": school.teacher.address, "subject": "Re: Effectifs", "text": "Confirmés.",
        "action": "envoyer", "message": str(filed.id), "genre": "repondre", "token": "a" * 32,
    }  # fmt: skip
    answer = browser.post("/courrier/ecrire", form)
    assert answer.headers["Location"] == f"/courrier/message/{filed.id}/"
    (content,) = school.teacher.inbox()
    assert f"<{DIRECTION}>".encode() in content
    assert school.head.address.encode() not in content
    assert [each.subject for each in lines(opened, "Sent")] == ["Re: Effectifs"]
    assert ANSWERED in lines(opened)[0].flags
    assert school.head.read("Sent") == []


def test_on_behalf_shows_both_and_a_draft_is_its_writers_own(school: Positions) -> None:
    opened = school.open(school.secretary, school.direction)
    filed = deliver_to(opened, "Cars")
    browser = as_(school.secretary)
    page = text_of(browser.get(f"/courrier/ecrire?message={filed.id}&genre=repondre"))
    assert f'<option value="pour:{DIRECTION}" selected>' in page
    assert f'<option value="{DIRECTION}"' not in page
    form = {
        "sender": f"pour:{DIRECTION}", "to": school.teacher.address, "subject": "Re: Cars", "text": "Bien reçu.",
        "action": "enregistrer", "message": str(filed.id), "genre": "repondre", "token": "b" * 32,
    }  # fmt: skip
    saved = browser.post("/courrier/ecrire", form).headers["Location"]
    assert len(school.secretary.read("Drafts")) == 1
    assert lines(opened, "Drafts") == []
    assert f'<option value="pour:{DIRECTION}" selected>' in text_of(browser.get(saved))
    assert browser.post("/courrier/ecrire", form | {"action": "envoyer"}).status_code == 302
    (content,) = school.teacher.inbox()
    assert b"Sender: =?utf-8?q?" in content
    assert f"<{school.secretary.address}>".encode() in content
    assert len(lines(opened, "Sent")) == 1
    assert ANSWERED not in lines(opened)[0].flags  # marking is not hers to do
    refused = browser.post("/courrier/ecrire", form | {"sender": DIRECTION, "action": "envoyer", "token": "c" * 32})
    assert refused.status_code == 422
    assert len(school.teacher.inbox()) == 1
