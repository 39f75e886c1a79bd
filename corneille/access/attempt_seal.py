"""Ties the attempt rows to the journal: each group that is committed leaves one line with a digest of its rows.

So an attempt that is changed or taken away afterwards shows, at the cost of one line for a whole group. A line belongs to
the month of its newest row; its rows stay as long as it does (`access/forget`), for a group may stand on both sides of the
end of a month.
"""

import hashlib
from collections.abc import Iterator, Sequence

from corneille.access.models import SignInAttempt
from corneille.kernel import journal
from corneille.kernel.models import JournalHead

ACTION = "attempts"


def seal_attempts(rows: Sequence[SignInAttempt], head: JournalHead) -> None:
    """Adds the line; the caller holds the journal since before it wrote the rows, so that they are one range."""
    numbers = [row.pk for row in rows]
    first, last = min(numbers), max(numbers)
    told: dict[str, journal.Value] = {"first": first, "last": last, "count": len(rows), "digest": _digest(rows)}
    journal.append(ACTION, actor=journal.SYSTEM, subject=None, data=told, now=max(row.at for row in rows), head=head)


def find_first_kept() -> int | None:
    """The number of the first attempt of the oldest line that is kept; None: no line is."""
    line = next((each for each in journal.list_entries() if each.action == ACTION), None)
    return None if line is None else int(str(line.data["first"]))


def list_altered() -> Iterator[str]:
    """The ranges of attempts that are no longer what was written: "120-134"."""
    for line in journal.list_entries():
        if line.action != ACTION:
            continue
        first, last = line.data["first"], line.data["last"]
        rows = list(SignInAttempt.objects.filter(pk__gte=first, pk__lte=last).order_by("pk"))
        if len(rows) != line.data["count"] or _digest(rows) != line.data["digest"]:
            yield f"{first}-{last}"


def _digest(rows: Sequence[SignInAttempt]) -> str:
    digest = hashlib.sha256()
    for row in sorted(rows, key=lambda each: each.pk):
        fields = (
            row.pk, row.at.isoformat(), row.reference, row.account_id, row.unknown, row.door, row.network_address,
            row.program, row.device_id, row.method, row.decision, row.reason,
        )  # fmt: skip
        for each in fields:
            text = str(each).encode()
            digest.update(len(text).to_bytes(4, "big") + text)
    return digest.hexdigest()
