"""Whose pictures are shown without asking: a list that the reader makes, sees and shortens.

By address: until the authentication of what arrives is kept with it (SPF, DKIM, DMARC), a domain would let anybody in
it be claimed. A forger can write an address of the list; what it gains is to learn that the message was opened.
"""

from dataclasses import dataclass
from datetime import datetime

from corneille.kernel.refusal import Gone, Refusal
from corneille.mail import queries
from corneille.mail.values import MailAccount

SENDERS = 1000
"""More than this is no choice any more."""


class TooManySenders(Refusal):
    """The list holds SENDERS addresses."""

    code = "too-many-senders"


@dataclass(frozen=True, slots=True)
class ImageSender:
    """One line of the list."""

    address: str
    added_at: datetime


def shows_images(account: MailAccount, sender: str) -> bool:
    """Whether this sender's pictures are shown without asking."""
    return bool(sender) and queries.is_image_sender(account.id, _fold(sender))


def allow_images(account: MailAccount, sender: str, now: datetime) -> None:
    """Puts a sender on the list; twice is once. Raises Gone without a sender, TooManySenders."""
    if not sender:
        raise Gone
    if queries.count_image_senders(account.id) >= SENDERS and not shows_images(account, sender):
        raise TooManySenders(limit=SENDERS)
    queries.add_image_sender(account.id, _fold(sender), now)


def forget_images(account: MailAccount, sender: str) -> None:
    """Takes a sender off the list. Raises Gone."""
    if not queries.drop_image_sender(account.id, _fold(sender)):
        raise Gone


def list_image_senders(account: MailAccount) -> list[ImageSender]:
    """The list, by address."""
    return [ImageSender(sender, added_at) for sender, added_at in queries.list_image_senders(account.id)]


def _fold(sender: str) -> str:
    return sender.strip().lower()[:320]
