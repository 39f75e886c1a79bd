"""A service's notice in the person's mailbox: one message, which a change replaces; the one before does not stay beside it.

The new one is filed first, then the old one goes: cut short between the two, the next turn goes on without a double,
since the same message is known by its digest. The old one is known by its Message-ID, in whichever folder its owner put it
(in the Trash it stays). A card that is withdrawn goes after its message.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db.models import F

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import Ground, of, portal_address
from corneille.mail.append import append
from corneille.mail.conversation import fold_id, read_conversation
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import find_mailbox
from corneille.mail.names import INBOX
from corneille.mail.open_mail_account import open_mail_account, open_mail_accounts
from corneille.mail.remove import remove
from corneille.mail.values import Filed, MailAccount, NewMessage
from corneille.notices.models import Card
from corneille.notices.plain import Plain, find_message_id, format_plain
from corneille.people.addressee import Addressee, list_addressees

Result = TypeVar("Result")
logger = logging.getLogger(__name__)
AT_ONCE = 50
"""Filed together: the store commits them as one."""
READ_MORE = {"fr": "Pour en savoir plus :", "en": "Read more:"}
WHY = {
    "fr": "Cet avis est aussi sur la page d’accueil du portail ; s’il change, ce message est remplacé.",
    "en": "This notice is also on the portal’s home page; when it changes, this message is replaced.",
}


@dataclass(frozen=True, slots=True)
class Filing:
    """A message on its way; `filed` None: none is to come. Without an account: of somebody who has no mail."""

    account: MailAccount | None
    filed: Future[tuple[Filed, ...]] | None


def mail_cards(now: datetime) -> int:
    """Files what is new or changed; gives how many. Who has no room for it now gets it at a later turn."""
    _drop_withdrawn()
    count, last = 0, 0
    while True:
        rows = Card.objects.filter(pk__gt=last, withdrawn_at=None, mailed_revision__lt=F("revision"))
        cards = list(rows.select_related("post", "post__service").order_by("pk")[:AT_ONCE])
        if not cards:
            return count
        last = cards[-1].pk
        count += _mail(cards, now)


def _mail(cards: Sequence[Card], now: datetime) -> int:
    """All are on their way before one is waited for, and noted together when the last one is there."""
    owners = [AccountId(card.account_id) for card in cards]
    people = {int(each.account): each for each in list_addressees(owners, now)}
    accounts = open_mail_accounts(owners)
    filings = [
        (card, _attempt(card, partial(_begin, card, accounts.get(owner), people.get(owner), now)))
        for card, owner in zip(cards, owners, strict=True)
    ]
    done = [card for card, filing in filings if filing is not None and _attempt(card, partial(_finish, card, filing))]
    for revision in {card.post.revision for card in done}:
        told = [card.pk for card in done if card.post.revision == revision]
        Card.objects.filter(pk__in=told).update(mailed_revision=revision)
    return len(done)


def _attempt(card: Card, step: Callable[[], Result]) -> Result | None:
    """What a step gives; None where the card waits for a later turn."""
    try:
        return step()
    except Refusal as refused:
        logger.warning("card waits", extra={"card": card.pk, "why": refused.code})
        return None


def _begin(card: Card, account: MailAccount | None, person: Addressee | None, now: datetime) -> Filing:
    """Sends the message on its way into the mailbox, unless it is there or there is nothing to be told any more."""
    if account is None:  # no mail of their own: the portal alone shows it
        return Filing(None, None)
    inbox = find_mailbox(account, INBOX)
    assert inbox is not None, "every mail account has one"
    if card.post.valid_until is not None and card.post.valid_until <= now:
        return Filing(account, None)
    address, language = ("", "fr") if person is None else (person.address, person.language)
    content = format_card(card, address, language)
    if list_known(account, inbox.id, [hashlib.sha256(content).digest()]):
        return Filing(account, None)
    return Filing(account, append(account, inbox.id, [NewMessage(content, card.post.posted_at)]))


def _finish(card: Card, filing: Filing) -> bool:
    """Waits until it is filed, and takes the one before away, where there is one."""
    if filing.filed is not None:
        filing.filed.result()
    if filing.account is not None and card.mailed_revision:
        _drop_message(filing.account, card, card.mailed_revision)
    return True


def _drop_withdrawn() -> None:
    last = 0
    while cards := list(
        Card.objects.filter(pk__gt=last, withdrawn_at__isnull=False).select_related("post").order_by("pk")[:AT_ONCE]
    ):
        last = cards[-1].pk
        for card in cards:
            _attempt(card, partial(_drop_card, card))


def _drop_card(card: Card) -> None:
    """Its message, then the card: cut short between the two, the next turn finds no message and goes on."""
    try:
        account = open_mail_account(AccountId(card.account_id))
    except Gone:
        account = None
    if account is not None:
        # The last one too, which may have been filed by a turn that was cut short before it was noted.
        for revision in {card.mailed_revision, card.post.revision}:
            _drop_message(account, card, revision)
    if not Card.objects.filter(pk=card.pk, withdrawn_at__isnull=False).delete()[0]:
        Card.objects.filter(pk=card.pk).update(mailed_revision=0)  # its person came back meanwhile: a new message


def _drop_message(account: MailAccount, card: Card, revision: int) -> None:
    message_id = find_message_id(_name(card, revision))
    for spoken in read_conversation(account, message_id):
        if spoken.message_id == fold_id(message_id):
            remove(account, spoken.summary.mailbox, [spoken.summary.uid], for_good=True).result()


def _name(card: Card, revision: int) -> str:
    return f"card-{card.pk}-{revision}"


def format_card(card: Card, address: str, language: str) -> bytes:
    """The message (RFC 5322): plain text, in the person's language, the same each time it is made."""
    post = card.post
    subject = post.english_title if language == "en" else post.french_title
    lines = [post.english_text if language == "en" else post.french_text, ""]
    if post.url:
        lines += [f"{READ_MORE[language]} {post.url}", ""]
    lines += [f"{WHY[language]} {portal_address()}/", "", "-- ", of(Ground).academie]
    name = _name(card, post.revision)
    return format_plain(Plain(address, subject, "\n".join(lines), post.posted_at, name, sender_name=post.service.name))
