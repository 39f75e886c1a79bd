"""Private events for who may only know when: stripped, and remembered, since programs ask again and again.

Taking one apart costs milliseconds. What it says is not remembered: its owner may remove it, and then it is nowhere.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

from corneille.calendar.models import CalendarObject
from corneille.wire.ical.read import NotAnObject
from corneille.wire.ical.strip import strip

REMEMBERED_BYTES = 4096
LIMIT = 2048


@dataclass(frozen=True, slots=True)
class Masked:
    """The stripped object and its own tag."""

    content: bytes
    etag: str


_lock = threading.Lock()
_known: OrderedDict[tuple[int, str, str], Masked | None] = OrderedDict()


def mask(row: CalendarObject, word: str) -> Masked | None:
    """`word` stands for what it says. None: it takes no time, as a private task never does."""
    key = row.pk, row.etag, word
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    masked = _mask(bytes(row.content), word)
    if masked is None or len(masked.content) <= REMEMBERED_BYTES:
        with _lock:
            _known[key] = masked
            while len(_known) > LIMIT:
                _known.popitem(last=False)
    return masked


def _mask(content: bytes, word: str) -> Masked | None:
    try:
        masked = strip(content, word)
    except NotAnObject:  # taken in by an earlier version: it happens at no time
        return None
    return None if masked is None else Masked(masked, hashlib.sha256(masked).hexdigest()[:32])
