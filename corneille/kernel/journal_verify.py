"""Checks the journal: every line's mac, that none is missing, that the seals hold, and that its end is its end.

Who can write to the database but has not the key file cannot change, drop or insert a line unseen. Who deletes the
newest lines and mends the end would be: so the end (number and mac) is logged every hour, and `since` takes it back.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from corneille.kernel import keys
from corneille.kernel.journal import PURPOSE, format_month, make_mac
from corneille.kernel.journal_seal import make_seal_mac
from corneille.kernel.journal_settings import find_kept_since
from corneille.kernel.models import JournalEntry, JournalHead, JournalSeal


@dataclass(frozen=True, slots=True)
class End:
    """Where the journal ends."""

    number: int
    mac: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where.

    kind  "altered" (a line is not what was written), "missing" (a gap), "seal" (a month's seal does not hold),
          "dropped-too-early" (its lines went before their time), "end" (the last line is not the one that was last),
          "unknown-key" (the key file lacks its key)
    """

    kind: str
    where: str


def find_end() -> End:
    """The journal's end now; (0, "") when nothing was written."""
    head = JournalHead.objects.filter(pk=1).first()
    return End(head.last_number, head.last_mac) if head else End(0, "")


def verify_journal(now: datetime, since: End | None = None) -> Iterator[Fault]:
    """Everything that is wrong, in order; nothing: the journal is what was written.

    since  an end that was noted earlier, in a log kept elsewhere
    """
    secrets = {key.id: key.secret for key in keys.current().all(PURPOSE)}
    seals = list(JournalSeal.objects.order_by("first_number"))
    yield from _verify_seals(secrets, seals, now)
    number, mac = _start(seals)
    for entry in JournalEntry.objects.order_by("number").iterator():
        if entry.number != number + 1:
            yield Fault("missing", f"{number + 1}-{entry.number - 1}")
        elif entry.key_id not in secrets:
            yield Fault("unknown-key", str(entry.number))
        elif not hmac.compare_digest(entry.mac, make_mac(secrets[entry.key_id], mac, entry)):
            yield Fault("altered", str(entry.number))
        if since is not None and entry.number == since.number and not hmac.compare_digest(entry.mac, since.mac):
            yield Fault("altered", str(entry.number))
        number, mac = entry.number, entry.mac
    end = find_end()
    if (number, mac) != (end.number, end.mac) or (since is not None and since.number > number):
        yield Fault("end", str(max(end.number, since.number if since else 0)))


def _start(seals: list[JournalSeal]) -> tuple[int, str]:
    """What stood before the first line that is still here: the seal of the last month that went."""
    dropped = [seal for seal in seals if seal.dropped_at is not None]
    last = max(dropped, key=lambda seal: seal.last_number, default=None)
    return (last.last_number, last.last_mac) if last else (0, "")


def _verify_seals(secrets: dict[int, bytes], seals: list[JournalSeal], now: datetime) -> Iterator[Fault]:
    for seal in seals:
        secret = secrets.get(seal.key_id)
        if secret is None:
            yield Fault("unknown-key", seal.month)
        elif not hmac.compare_digest(seal.mac, make_seal_mac(secret, seal)):
            yield Fault("seal", seal.month)
        elif seal.dropped_at is not None:
            if seal.dropped_at > now or seal.month >= format_month(find_kept_since(seal.dropped_at)):
                yield Fault("dropped-too-early", seal.month)
        else:
            kept = JournalEntry.objects.filter(number=seal.last_number).values_list("mac", flat=True).first()
            if kept != seal.last_mac:
                yield Fault("seal", seal.month)
