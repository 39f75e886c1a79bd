"""« Ce n'était pas moi » in the portal: on the home page's notices, and beside each sign-in that can be disowned."""

import re
from datetime import timedelta

from django.http import HttpResponse

from corneille.access.containment import find_step
from corneille.access.facts import Containment
from corneille.access.not_me import LASTS, make_links
from corneille.kernel import clock
from corneille.kernel.outbox import add_notice
from corneille.kernel.settings import portal_address
from corneille.mail.fetch import list_messages, read_content
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import create_mail_account
from corneille.mail.values import MailAccount
from corneille.notices.deliver import deliver_due
from corneille.people.find import Person
from tests.doors.web.conftest import PASSWORD, Browser, text_of

NEW = "panier-orage-kayak-27"


def find_links(page: HttpResponse) -> list[str]:
    return re.findall(r'href="(/pas-moi/[^"]+)"', text_of(page))


def read_newest(account: MailAccount) -> str:
    inbox = find_mailbox(account, "INBOX")
    assert inbox is not None
    newest = list_messages(account, inbox.id).summaries[0]
    return read_content(account, newest.id).decode()


def test_the_home_page_offers_the_link_of_the_message_where_it_has_one(browser: Browser, teacher: Person) -> None:
    account = create_mail_account(teacher.id, quota_bytes=50_000_000)
    browser.sign_in("clemoine")
    now = clock.now()
    deliver_due(now)
    add_notice(teacher.id, "let-go", {"at": now.isoformat()}, now, key="let-go/1")
    assert find_links(browser.get("/")) == [], "what no thief does is not disowned"
    add_notice(teacher.id, "new-program", {"program": "Thunderbird", "network": "203.0.113.9"}, now, key="new-program/1")
    deliver_due(now)
    (link,) = find_links(browser.get("/"))
    assert f"{portal_address()}{link}" in read_newest(account).replace("=\r\n", "")
    page = text_of(browser.get(link))
    assert "Un geste" in page, "no proof is asked for but the button"
    assert "votre mot de passe est fermé" not in page, "a session proves no more than the mailbox"
    assert find_step(teacher.id) is Containment.NONE
    assert "Le compte est protégé" in text_of(browser.post(link, {}))
    assert find_step(teacher.id) is Containment.HOLD_SENDING
    assert browser.get("/").headers["Location"].startswith("/connexion"), "every session is ended, this one too"


def test_each_sign_in_of_this_week_can_be_disowned_until_the_password_is_changed(browser: Browser, teacher: Person) -> None:
    browser.sign_in("clemoine", "rien-de-tel-ici")
    browser.sign_in("clemoine")
    rows = [row for row in text_of(browser.get("/mes-connexions")).split("<tr>") if "attempt__reference" in row]
    assert ["/pas-moi/" in row for row in rows] == [True, False], "against the refused one the password held"
    (link,) = find_links(browser.get("/mes-connexions"))
    assert "Un geste" in text_of(browser.get(link))
    browser.post("/mot-de-passe", {"present": PASSWORD, "new": NEW, "again": NEW})
    assert link not in find_links(browser.get("/mes-connexions")), "whoever knew the former one knows this one no more"
    assert "Ce lien ne vaut plus" in text_of(browser.get(link))


def test_a_sign_in_older_than_a_week_has_no_link(teacher: Person) -> None:
    now = clock.now()
    week_ago = now - LASTS
    assert list(make_links(teacher.id, (week_ago, week_ago - timedelta(seconds=1)), now)) == [week_ago]
