"""What stands in an agenda, as somebody with this right may see it, and what changed since a number."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.db.models import Max, QuerySet

from corneille.calendar.busy_time import find_word, list_busy_time, list_named_busy_time
from corneille.calendar.kept import Kept
from corneille.calendar.level import Level
from corneille.calendar.mask import mask
from corneille.calendar.models import Calendar, CalendarObject, Change
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.window import in_window
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.wire.ical.strip import STAMP


class TokenForgotten(Refusal):
    """Changes since then are no longer all known: everything is to be read anew."""

    code = "token-forgotten"


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed after a number: names and tags as they are now, names that are gone; `sequence`: asked with next time."""

    kept: list[Kept]
    gone: list[str]
    sequence: int
    is_all: bool


def list_objects(
    calendar: CalendarOpen,
    *,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    component: str | None = None,
) -> list[Kept]:
    """Objects whose window touches the stretch, in order of name; for who sees free and busy alone, busy time.

    Raises RightMissing, TooMuch.
    """
    if calendar.level is Level.FREE_BUSY:
        return list_busy_time(calendar, from_at, until_at, component)
    rows = in_window(_known(calendar), from_at, until_at, component)
    word = _word_for(calendar)
    return [kept for row in rows if (kept := _show(calendar, row, word)) is not None]


def find_object(calendar: CalendarOpen, name: str) -> Kept:
    """One by its name. Raises Gone, RightMissing."""
    if calendar.level is Level.FREE_BUSY:
        if name not in (found := list_named_busy_time(calendar, [name])):
            raise Gone(name=name)
        return found[name]
    row = _known(calendar).filter(name=name).first()
    kept = None if row is None else _show(calendar, row, _word_for(calendar))
    if kept is None:
        raise Gone(name=name)
    return kept


def find_by_uid(calendar: CalendarOpen, uid: str) -> Kept:
    """One by its UID, with what it says. Raises Gone, RightMissing."""
    row = _known(calendar).filter(uid=uid).first()
    kept = None if row is None else _show(calendar, row, _word_for(calendar))
    if kept is None or kept.is_masked:
        raise Gone(uid=uid)
    return kept


def list_named(calendar: CalendarOpen, names: Collection[str]) -> dict[str, Kept]:
    """Those of these names that are there."""
    if calendar.level is Level.FREE_BUSY:
        return list_named_busy_time(calendar, names)
    rows, wanted, word = _known(calendar), list(names), _word_for(calendar)
    found: list[Kept | None] = []
    for start in range(0, len(wanted), 500):  # SQLite takes so many values at once
        found += [_show(calendar, row, word) for row in rows.filter(name__in=wanted[start : start + 500])]
    return {kept.name: kept for kept in found if kept is not None}


def list_changes(calendar: CalendarOpen, since: int, limit: int | None = None) -> Changes:
    """What changed after `since`, the oldest first. Raises TokenForgotten, RightMissing."""
    calendar.need(Level.READ)
    with transaction.atomic():
        now_at = Calendar.objects.filter(pk=calendar.id).values_list("sequence", "forgotten").first()
        if now_at is None or not (since == 0 or now_at[1] <= since <= now_at[0]):
            raise TokenForgotten(calendar=calendar.id)
        rows = list(Change.objects.filter(calendar_id=calendar.id, sequence__gt=since).order_by("sequence")[:limit])
        kept = {} if not rows else list_named(calendar, [row.name for row in rows if not row.is_gone])
    is_all = limit is None or len(rows) < limit
    gone = [row.name for row in rows if row.name not in kept] if since else []
    return Changes(list(kept.values()), gone, now_at[0] if is_all else rows[-1].sequence, is_all)


def forget_changes(now: datetime) -> int:
    """Forgets removals of long ago, and gives how many; who asks from before them reads everything anew."""
    before = now - timedelta(days=of(CalendarSettings).changes_days_count)
    old = Change.objects.filter(is_gone=True, at__lt=before)
    count = 0
    for calendar, last in old.values_list("calendar").annotate(Max("sequence")).order_by():
        with transaction.atomic():
            Calendar.objects.filter(pk=calendar, forgotten__lt=last).update(forgotten=last)
            count += Change.objects.filter(calendar_id=calendar, is_gone=True, at__lt=before).delete()[0]
    return count


def _known(calendar: CalendarOpen) -> "QuerySet[CalendarObject]":
    calendar.need(Level.READ)
    return CalendarObject.objects.filter(calendar_id=calendar.id)


def _find_span(row: CalendarObject, content: bytes) -> tuple[datetime, datetime] | None:
    """The window of what is one event alone is the event: nothing is read again to know when it is."""
    is_alone = content.upper().count(b"BEGIN:%b" % row.component.encode()) == 1
    if row.is_recurring or not is_alone or row.start_at is None or row.end_at is None:
        return None
    return row.start_at, row.end_at


def _word_for(calendar: CalendarOpen) -> Callable[[], str]:
    """What private events are called to the asker; looked up when it is needed, and once."""
    return cache(lambda: find_word(calendar.asker))


def _show(calendar: CalendarOpen, row: CalendarObject, word: Callable[[], str]) -> Kept | None:
    """None: private, and it takes no time; a private task never does."""
    if not row.is_private or calendar.sees_private:
        content = bytes(row.content)
        return Kept(
            row.name, row.etag, row.component, content, row.is_recurring, len(content), row.changed_at,
            span=_find_span(row, content),
        )  # fmt: skip
    masked = mask(row, word())
    if masked is None:
        return None
    size = len(masked.content)  # nor is told when it was changed: its words may have been
    return Kept(row.name, masked.etag, row.component, masked.content, row.is_recurring, size, STAMP, is_masked=True)
