"""Brings the mail of one mail account, or one message of it, back from a backup into an installation that serves.

What is there already is known by its content: nothing is filed twice in one mailbox, nothing is changed or taken away,
and an interrupted restore goes on when it is given again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import apsw
from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId, MailboxId
from corneille.mail.append import append
from corneille.mail.backup import MANIFEST_NAME
from corneille.mail.flags import parse_flags
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import create_mailbox, find_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.restore import RestoreRefused
from corneille.mail.store.copied import Copied, CopiedMail, open_copied
from corneille.mail.values import DELETED, MailAccount, NewMessage, instant

BATCH_COUNT = 100
BATCH_BYTES = 8 * 1024 * 1024


@dataclass(slots=True)
class MailRestored:
    """How far it is; the last one is the result."""

    total_count: int
    done_count: int = 0
    filed_count: int = 0
    known_count: int = 0
    damaged_count: int = 0


def restore_mail(
    source: Path, owner: AccountId, now: datetime, *, actor: str, reason: str, message_id: str = ""
) -> Iterator[MailRestored]:
    """Files what the backup holds of this person's mail and is missing now, each message in the mailbox of that name.

    message_id  only the message that has it, as it stands in its Message-ID field
    raises      RestoreRefused, Gone, OverQuota, DiskFull; what was told as filed stays
    """
    if not (source / MANIFEST_NAME).exists():
        raise RestoreRefused(why="unfinished" if source.is_dir() else "no-backup", source=str(source))
    account = open_mail_account(owner)
    with open_copied(source / "mail" / str(account.shard), account.id) as copied:
        told = MailRestored(copied.count(message_id))
        try:
            for batch in _gather(copied, message_id, told):
                _file(account, batch, told)
                yield told
        except apsw.Error as error:
            raise RestoreRefused(why="unreadable", source=str(source)) from error
        finally:
            if told.filed_count:
                with transaction.atomic():
                    data: dict[str, journal.Value] = {"count": told.filed_count, "reason": reason}
                    journal.append("mail-restored", actor=actor, subject=owner, data=data, now=now)
    yield told


def _gather(copied: CopiedMail, message_id: str, told: MailRestored) -> Iterator[list[Copied]]:
    batch: list[Copied] = []
    size_bytes = 0
    for each in copied.read(message_id):
        if batch and (each.mailbox_name != batch[0].mailbox_name or len(batch) >= BATCH_COUNT or size_bytes >= BATCH_BYTES):
            yield batch
            batch, size_bytes = [], 0
        batch.append(each)
        size_bytes += len(each.content or b"")
    if batch:
        yield batch


def _file(account: MailAccount, batch: list[Copied], told: MailRestored) -> None:
    """One mailbox's messages."""
    mailbox = _open_mailbox(account, batch[0].mailbox_name)
    whole = {each.digest: each for each in batch if each.content is not None}
    known = list_known(account, mailbox, list(whole))
    fresh = [each for digest, each in whole.items() if digest not in known]
    if fresh:
        append(account, mailbox, [_message(each) for each in fresh]).result()
    told.done_count += len(batch)
    told.damaged_count += sum(each.content is None for each in batch)
    told.known_count += len(known)
    told.filed_count += len(fresh)


def _open_mailbox(account: MailAccount, name: str) -> MailboxId:
    found = find_mailbox(account, name)
    return found.id if found is not None else create_mailbox(account, name).result().id


def _message(copied: Copied) -> NewMessage:
    assert copied.content is not None, "the damaged ones were left out"
    return NewMessage(copied.content, instant(copied.received_at), parse_flags(copied.flags) - {DELETED})
