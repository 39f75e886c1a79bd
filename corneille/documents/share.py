"""Shares documents by links, shows a person their own, ends one."""

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from corneille.documents import folder
from corneille.documents.link import format_link, read_link
from corneille.documents.models import SharedDocument
from corneille.documents.settings import DocumentSettings
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.kernel.today import today


class DocumentRefused(Refusal):
    """It cannot be shared; data["reason"]: day, size, quota; data["limit"] in bytes, data["first"] and data["last"] days."""

    code = "document-refused"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file that is to be shared; `filename` as its reader saves it."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A document as its owner sees it; `is_new`: shared just now."""

    id: int
    filename: str
    size_bytes: int
    link: str
    shared_at: datetime
    until_on: date
    is_over: bool
    openings_count: int
    last_opened_at: datetime | None
    is_new: bool = False


def list_days(now: datetime) -> tuple[date, date, date]:
    """The first day that may be the last, the proposed one, the last one that may."""
    settings, on = of(DocumentSettings), today(now)
    return on, on + timedelta(days=settings.days_count), on + timedelta(days=settings.longest_days_count)


def share(
    owner: AccountId, letter: str, files: Sequence[NewDocument], until_on: date, now: datetime
) -> list[DocumentShown]:
    """Shares the files of a letter and gives their links, in order: all of them, or none.

    letter  its key: the same file for the same letter is the same document, so that who tries again shares nothing twice
    raises  DocumentRefused, DiskFull
    """
    settings = of(DocumentSettings)
    first, _usual, last = list_days(now)
    if not first <= until_on <= last:
        raise DocumentRefused(reason="day", first=first, last=last)
    if any(len(each.content) > settings.largest_bytes for each in files):
        raise DocumentRefused(reason="size", limit=settings.largest_bytes)
    with ExitStack() as undo, transaction.atomic():
        shared = [_share_one(owner, letter, each, until_on, now, undo) for each in files]
        undo.pop_all()
    return shared


def withdraw(owner: AccountId, shared: Sequence[DocumentShown]) -> None:
    """Takes back what was shared just now: its letter has not left."""
    for row in SharedDocument.objects.filter(owner_id=owner, pk__in=[each.id for each in shared if each.is_new]):
        row.delete()
        folder.drop_file(row.name)


def list_documents(owner: AccountId, now: datetime) -> list[DocumentShown]:
    """A person's own, those that are over too until they are forgotten; the newest first."""
    return [_show(row, now) for row in SharedDocument.objects.filter(owner_id=owner).order_by("-shared_at", "-pk")]


def count_used(owner: AccountId) -> int:
    """Bytes that a person's documents hold on the disk."""
    used = SharedDocument.objects.filter(owner_id=owner, has_file=True).aggregate(used=Sum("size_bytes"))["used"]
    return used or 0


def end_document(owner: AccountId, number: int, now: datetime) -> None:
    """Its link opens nothing any more, and its file is gone. Raises Gone."""
    with transaction.atomic():
        row = SharedDocument.objects.select_for_update().filter(owner_id=owner, pk=number, is_ended=False).first()
        if row is None:
            raise Gone(document=number)
        _end(row, now)
        _note("document-ended", owner, row, now)


def end_suspected(*, account: AccountId, now: datetime, actor: str, since: datetime, **_signal: object) -> None:
    """Ends what was shared while somebody else may have been in the account; what was shared before goes on."""
    rows = SharedDocument.objects.select_for_update().filter(owner_id=account, shared_at__gte=since, is_ended=False)
    for row in rows.filter(until_on__gte=today(now)):
        _end(row, now)
        _note("document-ended", account, row, now, actor=actor)


def end_link(secret: str, now: datetime, *, by: str, actor: str) -> None:
    """An officer ends a document by its link, under their name; its owner reads it in their register. Raises Gone."""
    with transaction.atomic():
        rows = SharedDocument.objects.select_for_update().filter(name=read_link(secret) or "", is_ended=False)
        row = rows.filter(until_on__gte=today(now)).first()
        if row is None:
            raise Gone
        _end(row, now)
        _note("document-closed", AccountId(row.owner_id), row, now, actor=actor, name=by)


def is_over(row: SharedDocument, now: datetime) -> bool:
    """Whether its link opens nothing any more."""
    return row.is_ended or row.until_on < today(now)


def _share_one(
    owner: AccountId, letter: str, new: NewDocument, until_on: date, now: datetime, undo: ExitStack
) -> DocumentShown:
    digest = hashlib.sha256(new.filename.encode() + b"\0" + new.content).hexdigest()
    row = SharedDocument.objects.filter(owner_id=owner, letter=letter, digest=digest).first()
    if row is not None and not is_over(row, now):
        return _show(row, now)
    if row is not None:
        row.delete()
    limit, used = of(DocumentSettings).quota_bytes, count_used(owner)
    if used + len(new.content) > limit:
        raise DocumentRefused(reason="quota", limit=limit, used=used)
    name = secrets.token_hex(8)
    undo.callback(folder.drop_file, name)
    folder.add_file(name, new.content)
    row = SharedDocument.objects.create(
        owner_id=owner, name=name, letter=letter, digest=digest, filename=new.filename[:120],
        size_bytes=len(new.content), shared_at=now, until_on=until_on,
    )  # fmt: skip
    _note("document-shared", owner, row, now)
    return _show(row, now, is_new=True)


def _end(row: SharedDocument, now: datetime) -> None:
    """Inside the caller's transaction; its file goes once that holds."""
    row.is_ended, row.has_file, row.until_on = True, False, min(row.until_on, today(now))
    row.save()
    transaction.on_commit(lambda: folder.drop_file(row.name))


def _note(
    action: str, owner: AccountId, row: SharedDocument, now: datetime, *, actor: str | None = None, **more: journal.Value
) -> None:
    """Journals that it was shared or ended, and its size; never its name or its link."""
    told: dict[str, journal.Value] = {"document": row.pk, "size": row.size_bytes, "until": row.until_on.isoformat(), **more}
    journal.append(action, actor=actor or journal.name_actor(owner), subject=owner, data=told, now=now)


def _show(row: SharedDocument, now: datetime, *, is_new: bool = False) -> DocumentShown:
    return DocumentShown(
        row.pk, row.filename, row.size_bytes, format_link(row.name), row.shared_at, row.until_on, is_over(row, now),
        row.openings_count, row.last_opened_at, is_new,
    )  # fmt: skip
