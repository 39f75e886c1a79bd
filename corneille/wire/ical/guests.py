"""Who is invited to an event, by whom, and what they say (RFC 5545 §3.8.4.1, RFC 5546), in an object and in a message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from icalendar import Component, Event, vCalAddress, vText

from corneille.wire.ical.read import find_master, list_parts, next_version, parse
from corneille.wire.ical.write import begin_calendar, find_exception, finish

GUESTS = 200
"""More than these of one event are passed over."""
_MAILTO = "mailto:"


class State(StrEnum):
    """What a guest has said (RFC 5545 §3.2.12)."""

    SILENT = "NEEDS-ACTION"
    YES = "ACCEPTED"
    MAYBE = "TENTATIVE"
    NO = "DECLINED"


class Method(StrEnum):
    """What a message is for (RFC 5546 §1.4); others are passed over."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    REPLY = "REPLY"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited; `address` in lower case."""

    address: str
    name: str
    state: State = State.SILENT


@dataclass(frozen=True, slots=True)
class Guests:
    """All of an event; `organiser`: whose event it is, "" where nobody is invited."""

    organiser: str = ""
    organiser_name: str = ""
    people: tuple[Guest, ...] = ()


def read_guests(content: bytes, recurrence: date | datetime | None = None) -> Guests:
    """Those of the whole series, or of one occurrence. Raises NotAnObject."""
    return read_guests_of(parse(content), recurrence)


def read_guests_of(calendar: Component, recurrence: date | datetime | None = None) -> Guests:
    """What `read_guests` reads, of what is parsed already. Raises NotAnObject."""
    exception = None if recurrence is None else find_exception(calendar, recurrence)
    master = find_master(calendar)
    event = master if exception is None else exception
    organiser = event.get("ORGANIZER", master.get("ORGANIZER"))  # one object is one person's (RFC 6638 §3.2.4.3)
    told = "" if organiser is None or isinstance(organiser, list) else _address(organiser)
    name = str(organiser.params.get("CN", "")) if told else ""
    return Guests(told, name, _list_guests(event))


def read_method(content: bytes) -> Method | None:
    """None: it is no message about an invitation that can be acted upon. Raises NotAnObject."""
    return read_method_of(parse(content))


def read_method_of(calendar: Component) -> Method | None:
    """What `read_method` reads, of what is parsed already."""
    word = str(calendar.get("METHOD", "")).upper()
    has_event = any(each.name == "VEVENT" for each in calendar.subcomponents)
    return Method(word) if word in set(Method) and has_event else None


def put_guests(
    content: bytes, organiser: Guest, people: Sequence[Guest], recurrence: date | datetime | None = None
) -> bytes:
    """The object with exactly these guests, of one occurrence or (None) of all; who was invited before keeps what they
    have said, of each occurrence.

    Nobody is invited to any of it: it is nobody's invitation. Raises NotAnObject.
    """
    calendar = parse(content)
    exception = None if recurrence is None else find_exception(calendar, recurrence)
    before = {each.address: each.state for each in _list_guests(find_master(calendar))}
    for event in list_parts(calendar) if exception is None else [exception]:
        said = before | {each.address: each.state for each in _list_guests(event)}
        event.pop("ATTENDEE", None)
        for each in people:
            told = replace(each, state=said.get(each.address, each.state))
            event.add("ATTENDEE", _make_guest(told), encode=False)
    invites = any("ATTENDEE" in each for each in list_parts(calendar))
    for event in list_parts(calendar):  # one object is one person's (RFC 6638 §3.2.4.3)
        event.pop("ORGANIZER", None)
        if invites:
            event["ORGANIZER"] = _make_address(organiser)
    return finish(calendar)


def ask_anew(content: bytes, recurrence: date | datetime | None) -> bytes:
    """The object as if nobody had answered yet: of one occurrence, or (None) of all. Raises NotAnObject."""
    calendar = parse(content)
    exception = None if recurrence is None else find_exception(calendar, recurrence)
    for event in list_parts(calendar) if exception is None else [exception]:
        for each in _list(event.get("ATTENDEE")):
            each.params["PARTSTAT"] = vText(State.SILENT.value)
            each.params["RSVP"] = vText("TRUE")
    return finish(calendar)


def put_state(content: bytes, address: str, state: State, recurrence: date | datetime | None = None) -> bytes:
    """The object with what one guest says: of one occurrence, or (None) of all; nothing changes for who is not invited.

    An occurrence that the object no longer tells apart is answered by nothing. Raises NotAnObject.
    """
    calendar = parse(content)
    answered = list_parts(calendar) if recurrence is None else [find_exception(calendar, recurrence)]
    for event in filter(None, answered):
        for each in _list(event.get("ATTENDEE")):
            if _address(each) == address.lower():
                each.params["PARTSTAT"] = vText(state.value)
                each.params.pop("RSVP", None)
    return finish(calendar)


def take_out_method(content: bytes) -> bytes:
    """What came in a message, as an agenda keeps it (RFC 4791 §4.1). Raises NotAnObject."""
    calendar = parse(content)
    calendar.pop("METHOD", None)
    return finish(calendar)


def format_message(content: bytes, method: Method, now: datetime, sent_by: str = "") -> bytes:
    """A kept object as it goes to its guests, without its organiser's own alarms and marks of programs; cancelled, it
    says so. Raises NotAnObject.

    sent_by  the address of who writes in the organiser's name (RFC 5545 §3.2.18)
    """
    calendar = parse(content)
    cancelled = next_version(calendar)
    calendar["METHOD"] = vText(method.value)
    _drop_marks(calendar)
    for event in list_parts(calendar):
        _drop_marks(event)
        event.subcomponents = [each for each in event.subcomponents if each.name != "VALARM"]
        if method is Method.CANCEL:
            event.pop("STATUS", None)
            event.add("STATUS", "CANCELLED")
            event["SEQUENCE"] = cancelled
        event.pop("DTSTAMP", None)
        event.add("DTSTAMP", now)
        if sent_by:
            event["ORGANIZER"].params["SENT-BY"] = vText(f"{_MAILTO}{sent_by}")
    return finish(calendar)


def format_reply(content: bytes, guest: Guest, now: datetime) -> bytes:
    """What one guest says, to the organiser (RFC 5546 §3.2.3): nothing of the other guests. Raises NotAnObject."""
    asked = find_master(parse(content))
    calendar = begin_calendar()
    calendar.add("METHOD", Method.REPLY.value)
    reply = Event()
    for name in ("UID", "ORGANIZER", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "SUMMARY"):
        if name in asked:
            reply[name] = asked[name]
    reply.add("DTSTAMP", now)
    reply.add("ATTENDEE", _make_guest(guest), encode=False)
    calendar.add_component(reply)
    return finish(calendar)


def _list_guests(event: Component) -> tuple[Guest, ...]:
    people = (_read_guest(each) for each in _list(event.get("ATTENDEE"))[:GUESTS])
    return tuple(each for each in people if each.address)


def _read_guest(value: Any) -> Guest:
    word = str(value.params.get("PARTSTAT", "")).upper()
    return Guest(_address(value), str(value.params.get("CN", "")), State(word) if word in set(State) else State.SILENT)


def _make_guest(guest: Guest) -> vCalAddress:
    made = _make_address(guest)
    made.params["ROLE"] = vText("REQ-PARTICIPANT")
    made.params["PARTSTAT"] = vText(guest.state.value)
    if guest.state is State.SILENT:
        made.params["RSVP"] = vText("TRUE")
    return made


def _make_address(person: Guest) -> vCalAddress:
    made = vCalAddress(f"{_MAILTO}{person.address}")
    if person.name:
        made.params["CN"] = vText(person.name.replace('"', "'"))
    return made


def _address(value: Any) -> str:
    text = str(value).strip()
    return text[len(_MAILTO) :].lower() if text.lower().startswith(_MAILTO) else ""


def _drop_marks(part: Component) -> None:
    """X-WR-CALNAME names the organiser's agenda; what else programs note is theirs too."""
    for name in [each for each in part if each.startswith("X-")]:
        del part[name]


def _list(value: Any) -> list[Any]:
    return [] if value is None else list(value) if isinstance(value, list) else [value]
