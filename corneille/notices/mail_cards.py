"""A service's notice in the person's mailbox: one message, which a change replaces; the one before does not stay beside it.

The new one is filed first, then the old one goes: cut short between the two, the next turn goes on without a double,
since the same message is known by its digest.
"""

import hashlib
import logging
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.db.models import F

from corneille.kernel.ids import AccountId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import Ground, of, portal_address
from corneille.mail.append import append
from corneille.mail.flag import FlagChange, flag
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import find_mailbox
from corneille.mail.move import expunge
from corneille.mail.names import INBOX
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import MailAccount, Mailbox, NewMessage
from corneille.notices.deliver import LOCAL_PART
from corneille.notices.models import Card
from corneille.people.find import Person, find_person

logger = logging.getLogger(__name__)
AT_ONCE = 500
READ_MORE = {"fr": "Pour en savoir plus :", "en": "Read more:"}
WHY = {
    "fr": "Cet avis est aussi sur la page d’accueil du portail ; s’il change, ce message est remplacé.",
    "en": "This notice is also on the portal’s home page; when it changes, this message is replaced.",
}


def mail_cards(now: datetime) -> int:
    """Files what is new or changed; gives how many. Who has no room for it now gets it at a later turn."""
    count, last = 0, 0
    while True:
        rows = Card.objects.filter(pk__gt=last, mailed_revision__lt=F("post__revision"))
        cards = list(rows.select_related("post", "post__service").order_by("pk")[:AT_ONCE])
        if not cards:
            return count
        for card in cards:
            last = card.pk
            try:
                _mail(card)
            except Gone:  # no mail of their own: the portal alone shows it
                _note(card, None, None)
            except Refusal as refused:
                logger.warning("card waits", extra={"card": card.pk, "why": refused.code})
                continue
            count += 1


def _mail(card: Card) -> None:
    account = open_mail_account(AccountId(card.account_id))
    inbox, person = find_mailbox(account, INBOX), find_person(AccountId(card.account_id))
    if inbox is None or person is None:
        raise Gone(card=card.pk)
    content = format_card(card, person)
    uid = None
    if not list_known(account, inbox.id, [hashlib.sha256(content).digest()]):
        filed = append(account, inbox.id, [NewMessage(content, card.post.posted_at)]).result()[0]
        uid = filed.uid
    _drop_former(account, inbox, card)
    _note(card, inbox.uid_validity, uid)


def _drop_former(account: MailAccount, inbox: Mailbox, card: Card) -> None:
    if card.mail_uid is None or card.mail_uid_validity != inbox.uid_validity:
        return
    uids = [Uid(card.mail_uid)]
    flag(account, inbox.id, uids, FlagChange.ADD, frozenset({"\\Deleted"})).result()
    expunge(account, inbox.id, uids, for_good=True).result()


def _note(card: Card, uid_validity: int | None, uid: int | None) -> None:
    told = {"mailed_revision": card.post.revision, "mail_uid_validity": uid_validity, "mail_uid": uid}
    Card.objects.filter(pk=card.pk).update(**told)


def format_card(card: Card, person: Person) -> bytes:
    """The message (RFC 5322): plain text, in the person's language, the same each time it is made."""
    ground, post, language = of(Ground), card.post, person.language
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{_plain(post.service.name)} <{LOCAL_PART}@{ground.domain}>"
    message["To"] = person.principal_address
    message["Subject"] = post.english_title if language == "en" else post.french_title
    message["Date"] = format_datetime(post.posted_at)
    message["Message-ID"] = f"<card-{card.pk}-{post.revision}@{ground.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    lines = [post.english_text if language == "en" else post.french_text, ""]
    if post.url:
        lines += [f"{READ_MORE[language]} {post.url}", ""]
    lines += [f"{WHY[language]} {portal_address()}/", "", "-- ", ground.academie]
    message.set_content("\n".join(lines))
    return message.as_bytes()


def _plain(name: str) -> str:
    """A display name that needs no quoting."""
    return "".join(each for each in name if each.isalnum() or each in " -’'")
