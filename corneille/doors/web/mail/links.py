"""The files of a letter as links: until which day, and the lines of the letter that bring them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _now

from corneille.documents.share import DocumentRefused, DocumentShown, NewDocument, list_days, share
from corneille.doors.web.kit.formats import format_day, format_size
from corneille.doors.web.mail.opened import Opened
from corneille.kernel.ids import AccountId
from corneille.transport.compose import AttachedFile, clean_filename

MARK = "X-Corneille-Links"


@dataclass(frozen=True, slots=True)
class Links:
    """What the form says: whether files go as links, and the day as it was typed; the days between which it may be."""

    is_chosen: bool
    typed: str
    first_on: date
    last_on: date

    @property
    def until_on(self) -> date | None:
        """The last day; None: what was typed is none that may be chosen."""
        try:
            day = date.fromisoformat(self.typed)
        except ValueError:
            return None
        return day if self.first_on <= day <= self.last_on else None

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """What a draft keeps of it."""
        return ((MARK, self.typed or "-"),) if self.is_chosen and self.typed.isascii() else ()

    def tell_fault(self) -> str:
        """What is wrong with the day, and what would be right."""
        return tell_day(self.first_on, self.last_on)


def find_links(asked: Mapping[str, str], draft: Opened | None, now: datetime, *, is_form: bool) -> Links:
    """What the form says, or else the draft."""
    first, usual, last = list_days(now)
    if is_form:
        return Links(asked.get("liens") == "1", asked.get("jusqu", "")[:10] or usual.isoformat(), first, last)
    kept = draft.headers.text(MARK).strip()[:10] if draft is not None else ""
    return Links(bool(kept), kept or usual.isoformat(), first, last)


def share_files(
    account: AccountId, token: str, files: Sequence[AttachedFile], until_on: date, now: datetime
) -> list[DocumentShown]:
    """Shares the files of a letter. Raises DocumentRefused, DiskFull."""
    return share(account, token, [NewDocument(clean_filename(each.filename), each.content) for each in files], until_on, now)


def tell_links(shared: Sequence[DocumentShown]) -> str:
    """What the letter says of them, at its end."""
    lines = [f"{each.filename} ({format_size(each.size_bytes)})\n{each.link}" for each in shared]
    head = _now("Documents to download until %(day)s:") % {"day": format_day(shared[0].until_on)}
    return "\n\n" + "\n\n".join([head, *lines]) + "\n"


def explain_document(refused: DocumentRefused) -> str:
    """Why a file cannot go as a link, and what would be right."""
    data = refused.data
    if data["reason"] == "day":
        return tell_day(data["first"], data["last"])
    limit = format_size(int(str(data["limit"])))
    if data["reason"] == "size":
        return _now("A file is bigger than %(limit)s, the most for a link: make it smaller.") % {"limit": limit}
    told = _now("Your shared documents would hold more than %(limit)s: end links in “My shared documents”, then send.")
    return told % {"limit": limit}


def tell_day(first: object, last: object) -> str:
    """Between which days the last one may be."""
    assert isinstance(first, date)
    assert isinstance(last, date)
    told = _now("The last day of the links: a day from %(first)s to %(last)s.")
    return told % {"first": format_day(first), "last": format_day(last)}
