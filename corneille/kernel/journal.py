"""The journal: who did what to whom and when, append-only and chained, so that a changed or missing line shows.

Each line's mac is an HMAC over the line and the mac before it, under a key that is not in the database. Months that
are over are sealed; a sealed month older than the retention goes whole, and the chain goes on from its seal.
Lines hold no secret and no content of mail. (CNIL, délibération 2021-122: 6 to 12 months.)
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from corneille.kernel import keys
from corneille.kernel.ids import AccountId
from corneille.kernel.models import JournalEntry, JournalHead
from corneille.kernel.plain_sql import execute, find_one, insert

PURPOSE = "kernel/journal"
SYSTEM = "system"
STRANGER = "stranger"

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as those who may read it see it; `actor`: "account:17", "system", "stranger" or "cli"."""

    number: int
    at: datetime
    action: str
    actor: str
    subject: AccountId | None
    data: dict[str, Value]


def name_actor(account: AccountId) -> str:
    """How the journal names a person who acts."""
    return f"account:{account}"


def hold() -> JournalHead:
    """The journal's end, held until the caller's transaction ends: what is written meanwhile is in one order."""
    head = _find_head()
    if head is None:
        JournalHead.objects.get_or_create(pk=1)
        head = _find_head()
        assert head is not None
    return head


def append(
    action: str,
    *,
    actor: str,
    subject: AccountId | None,
    data: Mapping[str, Value],
    now: datetime,
    head: JournalHead | None = None,
) -> int:
    """Adds a line within the caller's transaction (or its own) and gives its number.

    head     what `hold` gave, where the caller holds the journal already
    action   a stable code in kebab case: "password-changed", "app-password-revoked"
    """
    with transaction.atomic(savepoint=False):  # without its line, what the caller writes is not kept either
        head = head or hold()
        key = keys.current().newest(PURPOSE)
        entry = JournalEntry(
            number=head.last_number + 1, at=now, month=max(head.last_month, format_month(now)), action=action,
            actor=actor, subject=subject, data=dict(data), key_id=key.id,
        )  # fmt: skip
        entry.mac = make_mac(key.secret, head.last_mac, entry)
        insert(entry)
        head.last_number, head.last_mac, head.last_month = entry.number, entry.mac, entry.month
        execute(
            "UPDATE kernel_journalhead SET last_number = %s, last_mac = %s, last_month = %s WHERE id = 1",
            [head.last_number, head.last_mac, head.last_month],
        )
    return entry.number


def format_month(at: datetime) -> str:
    """The month that a line belongs to, in UTC: "2026-09". A clock that goes back never goes back a month."""
    return at.strftime("%Y-%m")


def list_lines(subject: AccountId, limit: int) -> list[Line]:
    """What concerns one person, the newest first."""
    return [_show(row) for row in JournalEntry.objects.filter(subject=subject).order_by("-number")[:limit]]


def find_line(action: str, *, subject: AccountId) -> Line | None:
    """The newest line of one kind about one person."""
    row = JournalEntry.objects.filter(subject=subject, action=action).order_by("-number").first()
    return None if row is None else _show(row)


def has_line(action: str, *, actor: str, subject: AccountId, data: Mapping[str, Value], since: datetime) -> bool:
    """Whether somebody has done this to an account, with these very details, since then."""
    rows = JournalEntry.objects.filter(subject=subject, at__gte=since, action=action, actor=actor)
    return any(row == dict(data) for row in rows.values_list("data", flat=True))


def list_entries(*, after: int = 0) -> Iterator[Line]:
    """Every line, the oldest first."""
    for row in JournalEntry.objects.filter(number__gt=after).order_by("number").iterator():
        yield _show(row)


def make_mac(secret: bytes, previous: str, entry: JournalEntry) -> str:
    """The mac of one line, chained to the mac of the line before it."""
    told = json.dumps(entry.data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    fields = (
        previous, str(entry.number), entry.at.isoformat(), entry.month, entry.action, entry.actor,
        "" if entry.subject is None else str(entry.subject), told,
    )  # fmt: skip
    return keys.keyed_hash(secret, *(each.encode() for each in fields)).hex()


def _find_head() -> JournalHead | None:
    """The row, locked where the database locks rows (SQLite's transactions, which begin by writing, hold it whole)."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    row = find_one(f"SELECT id, last_number, last_mac, last_month FROM kernel_journalhead WHERE id = %s{lock}", [1])  # noqa: S608
    return None if row is None else JournalHead(id=row[0], last_number=row[1], last_mac=row[2], last_month=row[3])


def _show(row: JournalEntry) -> Line:
    subject = None if row.subject is None else AccountId(row.subject)
    return Line(row.number, row.at, row.action, row.actor, subject, row.data)

