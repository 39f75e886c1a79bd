"""Events and tasks are filed, read and removed here; each act takes the agenda's next number in its own transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corneille.calendar.level import Level
from corneille.calendar.models import Calendar, CalendarObject, Change
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.slug import is_object_name
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.kernel.today import zone
from corneille.wire.ical.read import NotAnObject, ReadObject, read_object


class ObjectRefused(Refusal):
    """It cannot be filed. `reason`: "size", "name", "too-many", "taken" (its UID, at `name`), "private" (what is at `name`
    is private to who manages the agenda, or would be), or what `NotAnObject` says."""

    code = "object-refused"


class Stale(Refusal):
    """It is not what the asker thinks it is: somebody changed it meanwhile."""

    code = "stale"


@dataclass(frozen=True, slots=True)
class Filed:
    """One object as it stands now."""

    name: str
    etag: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be there for the act to happen: any of these etags; `absent`: nothing; neither: whatever."""

    etags: frozenset[str] | None = None
    absent: bool = False


ANYTHING = Expected()


def put_object(
    calendar: CalendarOpen, name: str, content: bytes, now: datetime, expected: Expected = ANYTHING, *,
    by: AccountId | None = None,
) -> Filed:  # fmt: skip
    """Files an object under a name, in place of what is there. Raises ObjectRefused, Stale, RightMissing.

    by  whose act it is, where it is another's than that of who has opened the agenda: a guest's who answers
    """
    calendar.need(Level.WRITE)
    read = _read(name, content)
    if read.is_private and not calendar.sees_private:  # who files it would neither read nor change it any more
        raise ObjectRefused(reason="private", name=name)
    etag = hashlib.sha256(content).hexdigest()[:32]
    with transaction.atomic():
        row = Calendar.objects.select_for_update().filter(pk=calendar.id).first()
        if row is None:
            raise Gone(calendar=calendar.id)
        former = _find_for_change(calendar, name, expected)
        _check_room(calendar, name, read.uid, is_new=former is None)
        kept = former or CalendarObject(calendar=row, name=name)
        kept.uid, kept.component, kept.content, kept.etag = read.uid, read.component, content, etag
        kept.start_at, kept.end_at, kept.is_recurring = read.start_at, read.end_at, read.is_recurring
        kept.is_private, kept.changed_at = read.is_private, now
        kept.save()
        _note(row, name, now, is_gone=False)
        if by is None:
            _journal(calendar, "calendar-event-written", calendar.asker, now)
        else:
            _journal(calendar, "calendar-event-answered", by, now)
    return Filed(name, etag, former is None)


def drop_object(calendar: CalendarOpen, name: str, now: datetime, expected: Expected = ANYTHING) -> None:
    """Removes one. Raises Gone, Stale, RightMissing."""
    calendar.need(Level.WRITE)
    with transaction.atomic():
        row = Calendar.objects.select_for_update().filter(pk=calendar.id).first()
        former = None if row is None else _find_for_change(calendar, name, expected)
        if row is None or former is None:
            raise Gone(name=name)
        former.delete()
        _note(row, name, now, is_gone=True)
        _journal(calendar, "calendar-event-dropped", calendar.asker, now)


def _read(name: str, content: bytes) -> ReadObject:
    if len(content) > of(CalendarSettings).object_bytes:
        raise ObjectRefused(reason="size")
    if not is_object_name(name):
        raise ObjectRefused(reason="name")
    try:
        return read_object(content, zone())
    except NotAnObject as refused:
        raise ObjectRefused(reason=refused.reason) from None


def _find_for_change(calendar: CalendarOpen, name: str, expected: Expected) -> CalendarObject | None:
    former = CalendarObject.objects.filter(calendar_id=calendar.id, name=name).first()
    if former is not None and former.is_private and not calendar.sees_private:
        raise ObjectRefused(reason="private", name=name)
    if expected.absent and former is not None:
        raise Stale(name=name)
    if expected.etags is not None and (former is None or former.etag not in expected.etags):
        raise Stale(name=name)
    return former


def _check_room(calendar: CalendarOpen, name: str, uid: str, *, is_new: bool) -> None:
    other = CalendarObject.objects.filter(calendar_id=calendar.id, uid=uid).exclude(name=name).first()
    if other is not None:  # RFC 4791 §5.3.2.1, no-uid-conflict
        raise ObjectRefused(reason="taken", name=other.name)
    if is_new and CalendarObject.objects.filter(calendar_id=calendar.id).count() >= of(CalendarSettings).objects_count:
        raise ObjectRefused(reason="too-many")


def _note(row: Calendar, name: str, now: datetime, *, is_gone: bool) -> None:
    row.sequence += 1
    row.save(update_fields=["sequence"])
    told = {"sequence": row.sequence, "is_gone": is_gone, "at": now}
    Change.objects.update_or_create(calendar=row, name=name, defaults=told)


def _journal(calendar: CalendarOpen, action: str, by: AccountId, now: datetime) -> None:
    """What somebody else did in a person's agenda, for that person; not what the event says."""
    if calendar.owner_id is not None and calendar.owner_id != by:
        told: dict[str, journal.Value] = {"calendar": calendar.id, "label": calendar.name}
        journal.append(action, actor=name_actor(by), subject=AccountId(calendar.owner_id), data=told, now=now)
