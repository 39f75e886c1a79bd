"""What a person sent from a page, once: a key written with the queue, and the writer's copy owed until it is filed.

The row is written in the transaction that queues the message: where it is, the message leaves, and no second one with
its key. The copy for « Sent » waits beside it as a blob: who is cut off after the queue finds it filed later. A row
outlives the message by `[transport] sent_letter_days`, so that a page reloaded next week still knows.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from corneille.kernel import blobs
from corneille.kernel.ids import AccountId, BlobId, MailboxId, MessageId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.mail.append import append
from corneille.mail.criteria import HeaderHas
from corneille.mail.fetch import fetch
from corneille.mail.mailbox import list_mailboxes
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.search import search
from corneille.mail.slices import finish
from corneille.mail.values import SEEN, MailAccount, NewMessage, SpecialUse
from corneille.transport import queries
from corneille.transport.settings import TransportSettings
from corneille.transport.values import Once

OWED_S = 300
"""How long the page that sent it has for filing the copy; then whoever comes first may."""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that was sent; `copy` is its place in « Sent », None when it is owed or was never filed."""

    key: str
    sent_at: datetime
    recipients: tuple[str, ...]
    copy: MessageId | None


def find_sent(writer: AccountId, key: str) -> SentLetter | None:
    """The letter that this person sent with this key; None: none, or longer ago than is remembered."""
    row = queries.find_letter(writer, key)
    if row is None:
        return None
    return SentLetter(key, row.sent_at, tuple(json.loads(row.recipients)), None if row.copy is None else MessageId(row.copy))


def owe_copy(
    once: Once, recipients: tuple[str, ...], keeper: AccountId | None, now: datetime
) -> queries.NewLetter:
    """Keeps the copy until it is filed, and gives what is to be written with the queue.

    keeper  the position whose « Sent » it is for; None: the writer's
    """
    until = now + timedelta(seconds=OWED_S)
    owed = blobs.current().add(once.copy)
    return queries.NewLetter(once.key, once.message_id, json.dumps(recipients), owed, until, keeper)


def forgive_copy(writer: AccountId, letter: queries.NewLetter) -> None:
    """Lets go of a copy whose letter had been sent before; the same octets may be the ones that are owed."""
    row = queries.find_letter(writer, letter.key)
    if row is None or row.owed != letter.owed:
        blobs.current().drop(letter.owed)


def file_copy(writer: AccountId, key: str, now: datetime) -> bool:
    """Files the copy of a letter that was just sent, by whoever sent it; False: there is no room, it is tried again."""
    row = queries.find_letter(writer, key)
    return row is None or not row.owed or _file(row, now)


def file_owed(now: datetime) -> int:
    """Files the copies that are still owed, because a page was cut off or a mail was full; gives how many."""
    count = 0
    for number in queries.list_owed_letters(now, OWED_S):
        row = queries.claim_letter(number, now=now, longest_s=OWED_S)
        if row is not None and _file(row, now):
            count += 1
    return count


def forget_letters(now: datetime) -> int:
    """Forgets what was sent long ago, with copies that found no room in all that time; gives how many."""
    dropped = queries.drop_letters_before(now - timedelta(days=of(TransportSettings).sent_letter_days))
    for owed in dropped:
        if owed:
            blobs.current().drop(BlobId(owed))
    return len(dropped)


def _file(row: queries.LetterRow, now: datetime) -> bool:
    """Files a copy unless it is there already: who filed it may have been cut off before writing that down."""
    try:
        mail = _open_keeper(row)
        content = blobs.current().read(BlobId(row.owed))
        sent = next((each.id for each in list_mailboxes(mail) if each.special_use is SpecialUse.SENT), None)
        if sent is None:
            return False
        copy = _find_copy(mail, sent, row) if now - row.sent_at > timedelta(seconds=OWED_S) else None
        if copy is None:
            copy = append(mail, sent, [NewMessage(content, row.sent_at, frozenset({SEEN}))]).result()[0].id
    except Gone:
        return True  # the mail or the blob is no more: nobody waits for this
    except Refusal:
        return False
    queries.set_letter_filed(row.number, copy)
    blobs.current().drop(BlobId(row.owed))
    return True


def _open_keeper(row: queries.LetterRow) -> MailAccount:
    """The writer's mail, or that of the position as whose it left: there the copy is read to its writer alone."""
    if row.keeper is None:
        return open_mail_account(AccountId(row.writer))
    return replace(open_mail_account(AccountId(row.keeper)), reader=AccountId(row.writer))


def _find_copy(mail: MailAccount, sent: MailboxId, row: queries.LetterRow) -> MessageId | None:
    for uid in finish(search(mail, sent, HeaderHas("message-id", row.message_id))):
        return next((each.id for rows in fetch(mail, sent, [(uid, uid)]) for each in rows), None)
    return None
