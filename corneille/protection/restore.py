"""Puts back what a removal took out: same folder, flags and date; a folder that has gone is INBOX."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future

from django.db import transaction

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.mail.append import append
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import find_mailbox
from corneille.mail.names import INBOX
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import MailboxGone, NewMessage
from corneille.protection import evidence
from corneille.protection.models import Removal, RemovedCopy
from corneille.protection.steps import journal_copies

SLICE_COUNT = 50


def restore_copies(removal: Removal) -> Iterator[int]:
    """In slices; what cannot be put back now (a full mailbox) keeps its problem, and can be asked for again."""
    RemovedCopy.objects.filter(removal=removal).update(problem="")
    last = 0
    while True:
        waiting = RemovedCopy.objects.filter(removal=removal, state="removed", pk__gt=last).order_by("pk")
        copies = list(waiting[:SLICE_COUNT])
        if not copies:
            return
        last = copies[-1].pk
        begun = [(copy, _begin(copy)) for copy in copies]
        back = [copy for copy, done in begun if _settle(copy, done)]
        with transaction.atomic():
            RemovedCopy.objects.filter(pk__in=[copy.pk for copy in back]).update(state="restored")
            owners = [AccountId(copy.account_id) for copy in back]
            journal_copies("campaign-copy-restored", removal, owners, clock.now())
        yield len(back)


def _begin(copy: RemovedCopy) -> "Future[object] | Refusal | None":
    """Files it, unless an undoing that was cut short has done so: then None."""
    try:
        account = open_mail_account(AccountId(copy.account_id))
        mailbox = find_mailbox(account, copy.folder) or find_mailbox(account, INBOX)
        if mailbox is None:
            return MailboxGone()
        content = evidence.read(copy.content)
        if list_known(account, mailbox.id, [hashlib.sha256(content).digest()]):
            return None
        message = NewMessage(content, copy.received_at, frozenset(copy.flags.split()))
        return append(account, mailbox.id, [message])  # type: ignore[return-value]
    except Refusal as refused:
        return refused


def _settle(copy: RemovedCopy, done: "Future[object] | Refusal | None") -> bool:
    try:
        if isinstance(done, Refusal):
            raise done
        if done is not None:
            done.result()
    except Refusal as refused:
        RemovedCopy.objects.filter(pk=copy.pk).update(problem=refused.code[:40])
        return False
    return True
