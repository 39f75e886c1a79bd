"""Writes a copy as a zip archive, straight to the disk, in steps: who asks for the next one decides when it goes on."""

import errno
import json
import os
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import IO, BinaryIO
from zoneinfo import ZoneInfo

from corneille.calendar.feed import format_all
from corneille.calendar.open_calendar import list_calendars
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import DiskFull, Gone, Refusal
from corneille.kernel.settings import Ground, of
from corneille.mail.mailbox import list_mailboxes
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import MailAccount, Mailbox
from corneille.people.find import find_person
from corneille.privacy.export import folder
from corneille.privacy.export.contents import AGENDAS, MAIL, MISSING, PARTS, README, format_readme
from corneille.privacy.export.mail import write_mailbox
from corneille.privacy.export.member_name import choose_name
from corneille.privacy.export.settings import ExportSettings

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class CopyTooLarge(Refusal):
    """The copy grows beyond the setting."""

    code = "copy-too-large"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; `size_bytes`: what was written."""

    done_count: int
    total_count: int
    missing_count: int
    size_bytes: int


@dataclass(slots=True)
class _Archive:
    """The archive and what stands in it; `taken`: names, in lower case."""

    zip: zipfile.ZipFile
    stream: BinaryIO
    made_at: datetime
    progress: Progress
    taken: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """One file of the archive; zip keeps local time."""
        told = zipfile.ZipInfo(name, self.made_at.timetuple()[:6])
        told.compress_type = zipfile.ZIP_DEFLATED
        told.external_attr = 0o600 << 16
        self.taken.add(name.lower())
        with self.zip.open(told, "w", force_zip64=True) as out:
            yield out

    def step(self, done_count: int = 0) -> Progress:
        """What to yield: looks first whether there is room to go on. Raises DiskFull, CopyTooLarge."""
        size_bytes = self.stream.tell()
        if folder.find_free_bytes() <= 0:
            raise DiskFull(size_bytes=size_bytes)
        if size_bytes > of(ExportSettings).largest_bytes:
            raise CopyTooLarge(size_bytes=size_bytes)
        done = min(self.progress.done_count + done_count, self.progress.total_count)  # mail comes in meanwhile
        self.progress = replace(
            self.progress, done_count=done, missing_count=len(self.missing), size_bytes=size_bytes
        )
        return self.progress


def write_copy(account: AccountId, name: str, start: int, now: datetime) -> Generator[Progress, None, None]:
    """Writes everything; when it ends without a fault, the copy is whole, durable and in its place.

    start   which start of the same copy this is
    raises  DiskFull, CopyTooLarge, OSError, and Gone where the account went meanwhile
    """
    try:
        with folder.begin_file(name, start) as stream:
            with zipfile.ZipFile(stream, "w", allowZip64=True) as made:
                archive = _Archive(made, stream, now.astimezone(ZoneInfo(of(Ground).time_zone)), Progress(0, 0, 0, 0))
                yield from _write_all(archive, account, now)
            stream.flush()
            os.fsync(stream.fileno())
            size_bytes = stream.tell()
    except OSError as fault:
        if fault.errno in FULL:
            raise DiskFull(name=name) from fault
        raise
    folder.finish_file(name, start)
    yield replace(archive.progress, size_bytes=size_bytes)


def _write_all(archive: _Archive, account: AccountId, now: datetime) -> Iterator[Progress]:
    person = find_person(account)
    if person is None:
        raise Gone(account=account)
    mail, mailboxes = _list_mail(account)
    archive.progress = Progress(0, sum(each.message_count for each in mailboxes), 0, 0)
    yield archive.step()
    with archive.member(README) as out:
        out.write(format_readme(person.display_name, person.identifier, archive.made_at).encode())
    for part in PARTS:
        with archive.member(part.name) as out:
            out.write(json.dumps(part.table(account, now), ensure_ascii=False, indent=1, default=_format).encode())
        yield archive.step()
    for calendar in list_calendars(account, now):
        if calendar.kind == "own":
            with archive.member(choose_name(AGENDAS, calendar.name.replace("/", "_"), ".ics", archive.taken)) as out:
                out.write(format_all(calendar, with_private=True))
            yield archive.step()
    if mail is not None:
        for mailbox in mailboxes:
            yield from _write_mailbox(archive, mail, mailbox)
    if archive.missing:
        with archive.member(MISSING) as out:
            out.write("\r\n".join(archive.missing).encode())
        yield archive.step()


def _write_mailbox(archive: _Archive, mail: MailAccount, mailbox: Mailbox) -> Iterator[Progress]:
    with archive.member(choose_name(MAIL, mailbox.name, ".mbox", archive.taken)) as out:
        for unread in write_mailbox(mail, mailbox, out):
            if unread is not None:
                archive.missing.append(f"{mailbox.name}\t{unread.uid}\t{unread.received_at.isoformat()}")
            yield archive.step(1)


def _list_mail(account: AccountId) -> tuple[MailAccount | None, list[Mailbox]]:
    try:
        mail = open_mail_account(account)
    except Gone:
        return None, []  # who has no mail of their own
    return mail, list_mailboxes(mail)


def _format(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
