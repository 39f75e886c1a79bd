"""Puts back a message that was removed for good, while its octets are still there."""

from concurrent.futures import Future
from datetime import datetime

import apsw
from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.mail import store
from corneille.mail.flags import parse_flags, render_flags
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.store.content import Parcel, read_content
from corneille.mail.store.deleted import DeletedRow, drop_deleted, find_deleted
from corneille.mail.store.mail_account import check_room
from corneille.mail.store.mailbox import find_inbox, find_mailbox, list_mailboxes
from corneille.mail.store.message import place_content
from corneille.mail.store.record import Damaged, NotedPlace
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import DELETED, Filed, MailAccount, Mailbox, SpecialUse


def put_back(account: MailAccount, number: int) -> "Future[Filed]":
    """Files it again where it was removed from, once; what came out of the bin, or whose mailbox has gone: in INBOX.

    number   of `list_deleted`
    refuses  Gone (put back already, or its octets are gone), OverQuota, DiskFull
    """
    shard = store.current().shard(account.shard)
    connection = shard.reader()
    answer: Future[Filed] = Future()
    try:
        row = find_deleted(connection, account.id, number)
        content = None if row is None else read_content(connection, shard.contents, row.content)
        if row is None or content is None:
            raise Gone(deleted=number)
        check_room(connection, account.id, len(content))
    except (Damaged, OSError):
        answer.set_exception(Gone(deleted=number))
        return answer
    except Refusal as refusal:
        answer.set_exception(refusal)
        return answer
    flags = parse_flags(row.flags) - {DELETED}
    mailbox = _choose_mailbox(connection, account, row)
    noted = NotedPlace(account.id, mailbox.name, render_flags(flags), mailbox.uid_validity)
    parcel = Parcel((content,), row.received_at, (noted,), len(content))

    def apply(turn: Transaction) -> Filed:
        if not drop_deleted(turn, number):
            raise Gone(deleted=number)
        return place_content(turn, account.id, mailbox.id, parcel, flags)[0]

    return shard.submit(apply, (parcel,))


def put_back_for(owner: AccountId, numbers: list[int], now: datetime, *, actor: str, reason: str) -> list[Filed | Refusal]:
    """The same by an operator: each for itself, and a line of the journal that the owner reads. Raises Gone."""
    account = open_mail_account(owner)
    outcomes: list[Filed | Refusal] = []
    for number in numbers:
        try:
            outcomes.append(put_back(account, number).result())
        except Refusal as refusal:
            outcomes.append(refusal)
    count = sum(isinstance(each, Filed) for each in outcomes)
    if count:
        with transaction.atomic():
            told: dict[str, journal.Value] = {"count": count, "reason": reason}
            journal.append("mail-put-back", actor=actor, subject=owner, data=told, now=now)
    return outcomes


def _choose_mailbox(connection: apsw.Connection, account: MailAccount, row: DeletedRow) -> Mailbox:
    mailboxes = {each.id: each for each in list_mailboxes(connection, account.id)}
    found = mailboxes.get(row.mailbox) or find_mailbox(connection, account.id, row.mailbox_name)
    if found is None or found.special_use is SpecialUse.TRASH:
        found = mailboxes[find_inbox(connection, account.id)]
    return found
