"""What a message says of an event that is kept already: whether it is older, and of a series some occurrences alone.

Programs send such occurrences by themselves (RFC 5546 §3.2.2, §3.2.5), each with a version of its own.
"""

from collections.abc import Sequence
from datetime import date, datetime

from icalendar import Calendar, Component

from corneille.wire.ical.read import find_master, list_parts, parse, read_sequence
from corneille.wire.ical.write import drop_instance_of, find_exception, finish, is_same, list_excluded, put_excluded


def is_of_occurrences(calendar: Component) -> bool:
    """Whether it says nothing of the series that they are of."""
    return all("RECURRENCE-ID" in each for each in list_parts(calendar))


def is_older(message: Component, kept: Component) -> bool:
    """Whether what is kept says something newer of what the message is about (RFC 5546 §2.1.4)."""
    if any(_read_version(kept, each) > read_sequence(each) for each in list_parts(message)):
        return True
    if is_of_occurrences(message) or is_of_occurrences(kept):  # they say nothing of one another
        return False
    return find_news(kept, message) is not None


def find_news(message: Component, kept: Component) -> Component | None:
    """What the message is about: its first part that is newer than what is kept of the same; None: none is."""
    return next((each for each in list_parts(message) if read_sequence(each) > _read_version(kept, each)), None)


def take_occurrence(content: bytes, recurrence: date | datetime) -> bytes:
    """One occurrence by itself, as its series has it where nothing else is said of it. Raises NotAnObject."""
    calendar = parse(content)
    master, found = find_master(calendar), find_exception(calendar, recurrence)
    if found is None:
        found, told = master, {"DTSTART": recurrence, "RECURRENCE-ID": recurrence}
        if "DTEND" in master:
            told["DTEND"] = recurrence + (master.decoded("DTEND") - master.decoded("DTSTART"))
        for name in ("RRULE", "RDATE", "EXDATE", *told):
            master.pop(name, None)
        for name, at in told.items():
            master.add(name, at)
    calendar.subcomponents = [each for each in calendar.subcomponents if each is found or each not in list_parts(calendar)]
    return finish(calendar)


def merge(kept: bytes, message: bytes) -> bytes:
    """What is kept as the message has it: all of it, or the occurrences that it is about. Raises NotAnObject."""
    calendar, told = parse(kept), parse(message)
    if is_of_occurrences(told):
        _include(calendar, list_parts(told))
    else:
        calendar, told = (told, calendar) if is_of_occurrences(calendar) else (told, Calendar())
    for part in list_parts(told):
        former = _find_same(calendar, part)
        if former is not None:
            calendar.subcomponents.remove(former)
        calendar.add_component(part)
    return finish(calendar)


def drop_occurrences(kept: bytes, message: bytes, now: datetime) -> bytes | None:
    """The series without them; None: nothing is left. Raises NotAnObject."""
    calendar = parse(kept)
    is_series = not is_of_occurrences(calendar)
    for part in list_parts(parse(message)):
        recurrence, former = read_recurrence(part), _find_same(calendar, part)
        if recurrence is not None and is_series:
            drop_instance_of(calendar, recurrence, now, is_new_version=False)
        elif former is not None:
            calendar.subcomponents.remove(former)
    return finish(calendar) if list_parts(calendar) else None


def _include(calendar: Component, parts: Sequence[Component]) -> None:
    """Who had declined them may come now: what is left out of its series is not shown, whatever else is said of it."""
    asked = [read_recurrence(each) for each in parts]
    for master in (each for each in list_parts(calendar) if "RECURRENCE-ID" not in each):
        left_out = [at for at in list_excluded(master) if not any(is_same(at, each) for each in asked if each is not None)]
        put_excluded(master, left_out)


def _read_version(calendar: Component, part: Component) -> int:
    """That of what stands for the same there: that occurrence, or the series; -1: nothing does."""
    found = _find_same(calendar, part)
    if found is None and not is_of_occurrences(calendar):
        found = find_master(calendar)
    return -1 if found is None else read_sequence(found)


def _find_same(calendar: Component, part: Component) -> Component | None:
    recurrence = read_recurrence(part)
    return None if recurrence is None else find_exception(calendar, recurrence)


def read_recurrence(part: Component) -> date | datetime | None:
    """Which occurrence a part is of; None: the series, or what happens once."""
    found: date | datetime | None = part.decoded("RECURRENCE-ID", None)
    return found
