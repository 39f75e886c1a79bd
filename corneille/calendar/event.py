"""Events as pages write them: made, changed, moved, removed; one of a series or all of it."""

import secrets
from datetime import date, datetime, timedelta

from corneille.calendar.invite import may_invite
from corneille.calendar.kept import Kept
from corneille.calendar.level import Level
from corneille.calendar.list_instances import Happening
from corneille.calendar.list_objects import find_by_uid
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.put_object import Expected, Filed, drop_object, put_object
from corneille.calendar.settings import CalendarSettings
from corneille.kernel.day import parse_day
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.kernel.today import zone
from corneille.wire.ical.expand import Instance, expand
from corneille.wire.ical.guests import read_guests
from corneille.wire.ical.read import read_object
from corneille.wire.ical.write import Written, drop_instance, rewrite_event, rewrite_instance, write_event


def add_event(calendar: CalendarOpen, written: Written, now: datetime) -> Filed:
    """Files a new event under a name of its own. Raises RightMissing, ObjectRefused."""
    uid = secrets.token_hex(16)
    return put_object(calendar, f"{uid}.ics", write_event(uid, written, now), now, Expected(absent=True))


def find_event(calendar: CalendarOpen, uid: str, at: str) -> tuple[Kept, Instance]:
    """The object and the occurrence that `at` names (as `name_occurrence` does). Raises Gone, RightMissing."""
    kept = find_by_uid(calendar, uid)
    read = read_object(kept.content, zone())
    if not at and read.start_at is not None:
        return kept, _first(kept, read.start_at)
    occurrence = _parse(at)
    for each in _unfold(kept, occurrence):
        if name_occurrence(each) == at:
            return kept, each
    raise Gone(uid=uid)


def change_event(
    calendar: CalendarOpen, uid: str, at: str, written: Written, now: datetime, *, whole: bool, etag: str = ""
) -> None:
    """Writes an event anew; of a series all (`whole`) or one occurrence. Raises Gone, Stale, RightMissing, ObjectRefused."""
    kept, instance = find_event(calendar, uid, at)
    calendar.need(Level.WRITE)
    is_own = may_invite(calendar, read_guests(kept.content))  # a guest's change of their copy makes no new version of it
    if instance.recurrence is None or whole:
        told = _for_series(kept, instance, written) if instance.recurrence else written
        content = rewrite_event(kept.content, told, now, is_new_version=is_own)
    else:
        content = rewrite_instance(kept.content, instance.recurrence, written, now, is_new_version=is_own)
    put_object(calendar, kept.name, content, now, Expected(frozenset({etag or kept.etag})))


def drop_event(calendar: CalendarOpen, uid: str, at: str, now: datetime, *, whole: bool) -> None:
    """Removes it; of a series all (`whole`) or one occurrence. Raises Gone, RightMissing."""
    kept, instance = find_event(calendar, uid, at)
    calendar.need(Level.WRITE)
    expected = Expected(frozenset({kept.etag}))
    if instance.recurrence is None or whole:
        drop_object(calendar, kept.name, now, expected)
    else:
        is_own = may_invite(calendar, read_guests(kept.content))
        content = drop_instance(kept.content, instance.recurrence, now, is_new_version=is_own)
        put_object(calendar, kept.name, content, now, expected)


def move_event(source: CalendarOpen, target: CalendarOpen, uid: str, now: datetime) -> None:
    """Takes it to another agenda, as it is. Raises Gone, RightMissing, ObjectRefused."""
    kept = find_by_uid(source, uid)
    source.need(Level.WRITE)
    put_object(target, kept.name, kept.content, now, Expected(absent=True))
    drop_object(source, kept.name, now, Expected(frozenset({kept.etag})))


def name_occurrence(instance: Instance) -> str:
    """One of a series, for addresses; empty where there is no series."""
    if instance.recurrence is None:
        return ""
    at = instance.recurrence
    return at.astimezone(zone()).strftime("%Y%m%dT%H%M") if isinstance(at, datetime) and at.tzinfo else f"{at:%Y%m%dT%H%M}"


def is_editable(happening: Happening) -> bool:
    """Whether this person may change it."""
    return not happening.is_hidden and happening.calendar.level >= Level.WRITE


def _for_series(kept: Kept, instance: Instance, written: Written) -> Written:
    """What was typed over one occurrence, brought to the series' first day."""
    read = read_object(kept.content, zone())
    assert read.start_at is not None
    first = _first(kept, read.start_at)
    if type(first.start) is not type(written.start) or instance.recurrence is None:
        return written
    shift = _wall(written.start) - _wall(instance.recurrence)
    lasting = _wall(written.end) - _wall(written.start)
    start = first.start + shift
    return Written(written.title, start, start + lasting, written.place, written.notes, written.rule,
                   written.is_private, written.is_busy)  # fmt: skip


def _first(kept: Kept, start_at: datetime) -> Instance:
    found = expand(kept.content, start_at, start_at + timedelta(days=800), zone(), of(CalendarSettings).instances_count)
    if not found:
        raise Gone(name=kept.name)
    return found[0]


def _unfold(kept: Kept, at: datetime) -> list[Instance]:
    margin = timedelta(days=400)  # an occurrence may have been moved far from where its series has it
    return expand(kept.content, at - margin, at + margin, zone(), of(CalendarSettings).instances_count)


def _parse(at: str) -> datetime:
    try:
        parse_day(at[:8])  # no years that the margin would lead out of the calendar
        return datetime.strptime(at, "%Y%m%dT%H%M").replace(tzinfo=zone())
    except ValueError:
        raise Gone(at=at) from None


def _wall(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return (value.astimezone(zone()) if value.tzinfo else value).replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001  # a day on the wall
