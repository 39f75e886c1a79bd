"""Imports mail from files that other programs wrote, in batches, and never the same message twice in one mailbox.

What is already there is known by its content: an import that was interrupted, or given again, reads the source again
and files what is missing. A message that cannot be filed is passed over and named; a mail account or a disk that is
full stops the import, and what was filed stays.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from corneille.kernel.ids import MailboxId
from corneille.kernel.settings import of
from corneille.mail.append import append
from corneille.mail.known_content import list_known
from corneille.mail.mailbox import create_mailbox, find_mailbox, find_special_mailbox
from corneille.mail.settings import MailSettings
from corneille.mail.source.choose_source import SourceKind, choose_kind, measure, read_source
from corneille.mail.source.found import Found, PassedOver
from corneille.mail.source.mbox import MboxKind
from corneille.mail.source.usual_name import find_special_use, is_inbox
from corneille.mail.values import KeywordRefused, MailAccount, MessageTooLarge, NewMessage

BATCH_COUNT = 100
BATCH_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """What to import and where to.

    mailbox  its own mailbox for messages that the source keeps in no folder; INBOX when None. When one is named, the
             source's folders go below it; else beside INBOX, and those of usual names ("Sent Items", "Corbeille") into
             the mailboxes that every mail account has
    """

    path: Path
    mailbox: str | None = None
    kind: SourceKind = SourceKind.AUTO
    mbox_kind: MboxKind = MboxKind.AUTO
    keeps_folders: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is, after each batch: `passed_over` holds what this batch did not file."""

    done_bytes: int
    total_bytes: int
    filed_count: int
    known_count: int
    passed_over_count: int
    passed_over: tuple[PassedOver, ...]


@dataclass(slots=True)
class _Batch:
    found: list[Found] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    size_bytes: int = 0
    done_bytes: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.found) + len(self.passed_over) >= BATCH_COUNT or self.size_bytes >= BATCH_BYTES

    def add(self, each: Found | PassedOver) -> None:
        self.done_bytes = each.done_bytes
        if isinstance(each, PassedOver):
            self.passed_over.append(each)
        else:
            self.found.append(each)
            self.size_bytes += len(each.content)


def import_messages(account: MailAccount, source: Source, now: datetime) -> Iterator[Progress]:
    """Files a source's messages, telling its progress after each batch that is durable.

    now     for messages whose date nobody knows, or that come from the future
    raises  SourceRefused, MailboxNameRefused, TooManyMailboxes, OverQuota, DiskFull; what was told as filed stays
    """
    kind = choose_kind(source.path) if source.kind is SourceKind.AUTO else source.kind
    total_bytes = measure(source.path, kind)
    limit_bytes = of(MailSettings).message_bytes
    filer = _Filer(account, source, now)
    batch = _Batch()
    progress = Progress(0, total_bytes, 0, 0, 0, ())
    for each in read_source(source.path, kind, mbox_kind=source.mbox_kind, limit_bytes=limit_bytes):
        batch.add(each)
        if batch.is_full:
            progress = filer.file(batch, progress)
            yield progress
            batch = _Batch()
    batch.done_bytes = total_bytes
    yield filer.file(batch, progress)


class _Filer:
    """Files batches; remembers which mailbox each of the source's folders goes to."""

    def __init__(self, account: MailAccount, source: Source, now: datetime) -> None:
        self._account = account
        self._source = source
        self._now = now
        self._mailboxes: dict[tuple[str, ...], MailboxId] = {}

    def file(self, batch: _Batch, before: Progress) -> Progress:
        filed_count = known_count = 0
        passed_over = list(batch.passed_over)
        by_mailbox: dict[MailboxId, dict[bytes, Found]] = {}
        for each in batch.found:
            mailbox = self._choose_mailbox(each.folder if self._source.keeps_folders else ())
            wanted = by_mailbox.setdefault(mailbox, {})
            digest = hashlib.sha256(each.content).digest()
            known_count += digest in wanted
            wanted.setdefault(digest, each)
        for mailbox, wanted in by_mailbox.items():
            known = list_known(self._account, mailbox, list(wanted))
            fresh = [each for digest, each in wanted.items() if digest not in known]
            refused = self._append(mailbox, fresh)
            known_count += len(known)
            filed_count += len(fresh) - len(refused)
            passed_over += refused
        return Progress(
            batch.done_bytes,
            before.total_bytes,
            before.filed_count + filed_count,
            before.known_count + known_count,
            before.passed_over_count + len(passed_over),
            tuple(passed_over),
        )

    def _append(self, mailbox: MailboxId, found: list[Found]) -> list[PassedOver]:
        """Files them all, or, when one of them is refused, each by itself; returns those that cannot be filed."""
        if not found:
            return []
        try:
            append(self._account, mailbox, [self._message(each) for each in found]).result()
        except (MessageTooLarge, KeywordRefused):
            pass
        else:
            return []
        return [refused for each in found if (refused := self._append_one(mailbox, each)) is not None]

    def _append_one(self, mailbox: MailboxId, each: Found) -> PassedOver | None:
        message = self._message(each)
        try:
            append(self._account, mailbox, [message]).result()
        except MessageTooLarge:
            return PassedOver(each.place, "too-large", each.done_bytes, {"size_bytes": len(each.content)})
        except KeywordRefused:  # the message matters, a label that cannot be kept does not
            flags = frozenset(flag for flag in each.flags if flag.startswith("\\"))
            append(self._account, mailbox, [replace(message, flags=flags)]).result()
        return None

    def _message(self, found: Found) -> NewMessage:
        received_at = found.received_at
        if received_at is None or received_at > self._now:
            received_at = self._now
        return NewMessage(found.content, received_at, found.flags)

    def _choose_mailbox(self, folder: tuple[str, ...]) -> MailboxId:
        if folder not in self._mailboxes:
            self._mailboxes[folder] = self._open_mailbox(folder)
        return self._mailboxes[folder]

    def _open_mailbox(self, folder: tuple[str, ...]) -> MailboxId:
        name = self._name(folder)
        found = find_mailbox(self._account, name)
        if found is None:
            found = create_mailbox(self._account, name).result()
        return found.id

    def _name(self, folder: tuple[str, ...]) -> str:
        if self._source.mailbox is not None:
            return "/".join((self._source.mailbox, *(_clean(level) for level in folder)))
        if folder and is_inbox(folder[0]):
            folder = folder[1:]
        if not folder:
            return "INBOX"
        special_use = find_special_use(folder[0])
        own = None if special_use is None else find_special_mailbox(self._account, special_use)
        first = _clean(folder[0]) if own is None else own.name
        return "/".join((first, *(_clean(level) for level in folder[1:])))


def _clean(level: str) -> str:
    """A folder's name as a mailbox may have it: other programs allow what our names do not."""
    kept = "".join(each if each.isprintable() and each != "/" else "_" for each in level).strip()
    return kept or "_"
