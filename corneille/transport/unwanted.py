"""Marks of campaigns: what still arrives with one of them goes to Junk, never away, so that a mistake loses nothing.

Whoever judges (`protection`) sets and drops them; deliveries read them. Most days there is none, and a delivery pays one
look at an empty table.
"""

from collections.abc import Iterable
from datetime import datetime

from corneille.kernel.ids import MailboxId
from corneille.kernel.plain_sql import find_all
from corneille.mail.mailbox import find_special_mailbox
from corneille.mail.values import MailAccount, SpecialUse
from corneille.transport.marks import HOST, PAGE, list_marks
from corneille.transport.models import UnwantedMark
from corneille.wire.mime.scan import scan

JUNK_KEYWORD = "$Junk"


def set_unwanted(marks: Iterable[str], now: datetime) -> None:
    """From now on, what bears one of these goes to Junk."""
    rows = [UnwantedMark(mark=mark, kind=mark.partition(":")[0] + ":", at=now) for mark in marks]
    UnwantedMark.objects.bulk_create(rows, ignore_conflicts=True)


def drop_unwanted(marks: Iterable[str]) -> None:
    """They mean nothing any more."""
    UnwantedMark.objects.filter(mark__in=list(marks)).delete()


def is_unwanted(content: bytes) -> bool:
    """Whether the message bears a mark."""
    kinds = _list_kinds()
    if not kinds:
        return False
    marks = list_marks(content, scan(content), with_links=bool(kinds & {HOST, PAGE}))
    return UnwantedMark.objects.filter(mark__in=marks).exists()


def _list_kinds() -> set[str]:
    """Asked at each delivery: plain SQL, a fifth of the ORM's cost."""
    return {kind for (kind,) in find_all("SELECT DISTINCT kind FROM transport_unwantedmark", [])}


def find_junk(account: MailAccount) -> MailboxId | None:
    """The account's junk mailbox; None: it has none, and INBOX is where it goes."""
    found = find_special_mailbox(account, SpecialUse.JUNK)
    return None if found is None else found.id
