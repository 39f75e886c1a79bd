"""Answers an invitation that came by mail: the event comes into one's agenda or goes out of it, and its organiser knows.

An organiser of the académie finds the answer in their own event at once; whoever it is, a reply goes to them by mail
(RFC 6047), for their programs. Only what the guest says of themselves is changed in the organiser's event.
"""

import hashlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from icalendar import Component

from corneille.calendar.host import list_own_addresses, may_speak_for
from corneille.calendar.invite import InvitationRefused, Words, send_event
from corneille.calendar.kept import Kept
from corneille.calendar.level import Level
from corneille.calendar.list_objects import find_by_uid
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.models import CalendarObject
from corneille.calendar.open_calendar import CalendarOpen, RightMissing, open_calendar, open_named
from corneille.calendar.put_object import Expected, Stale, drop_object, put_object
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.slug import OWN
from corneille.groups.audience import find_list
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of
from corneille.kernel.today import zone
from corneille.people.find import find_account
from corneille.wire.ical.expand import Instance, show_part
from corneille.wire.ical.guests import (
    Guest,
    Guests,
    Method,
    State,
    format_reply,
    put_state,
    read_guests_of,
    read_method_of,
    take_out_method,
)
from corneille.wire.ical.occurrence import (
    drop_occurrences,
    find_news,
    is_of_occurrences,
    is_older,
    merge,
    read_recurrence,
    take_occurrence,
)
from corneille.wire.ical.read import FAULTS, find_master, parse, read_parsed

TRIES = 5


@dataclass(frozen=True, slots=True)
class Came:
    """How a message came: the address in its From, and when."""

    sender: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as one guest reads it.

    agenda   where the guest keeps what they come to
    content  the event as it came; where an occurrence alone is asked about, that: what is shown is what is answered
    first    the event, or the first of its series; or that occurrence
    own      the guest that the reader is, and what they have said of it
    kept     the event as it stands in their agenda
    is_past  a newer one stands there: this one is no longer to be answered
    is_from_organiser  the message comes from whose event it says it is (RFC 6047 §3), or from who was given the right to
                       act for them on the day when it came: nothing else is acted upon
    """

    agenda: CalendarOpen
    content: bytes
    method: Method
    uid: str
    first: Instance
    guests: Guests
    own: Guest
    kept: Kept | None
    is_past: bool
    is_from_organiser: bool


def read_invitation(account: AccountId, content: bytes, came: Came, now: datetime) -> Invitation | None:
    """None: it is no invitation, or not for this person, or somebody else's event stands in their agenda under its UID."""
    if len(content) > of(CalendarSettings).object_bytes:  # it could not be kept; reading it would cost
        return None
    asked = _read(content)
    own = None if asked is None else _find_guest(asked[2], list_own_addresses(account))
    if asked is None or own is None:
        return None
    calendar, method, guests, uid = asked
    begin_agenda(account, now)
    agenda = open_named(account, OWN, Level.MANAGE, now)
    kept = _find_kept(agenda, uid)
    standing = None if kept is None else parse(kept.content)
    if standing is not None and read_guests_of(standing).organiser != guests.organiser:
        return None
    with suppress(*FAULTS):
        part, said = _find_part(calendar, standing, own)
        recurrence = read_recurrence(part)
        told = content if recurrence is None or method is Method.CANCEL else take_occurrence(content, recurrence)
        first = show_part(part, calendar, zone())
        return Invitation(
            agenda, told, method, uid, first, guests, said, kept,
            standing is not None and is_older(calendar, standing), _is_from(came, guests.organiser),
        )  # fmt: skip
    return None


def _is_from(came: Came, organiser: str) -> bool:
    sender = came.sender.strip().lower()
    if sender == organiser:
        return True
    colleague = find_account(sender) if "@" in sender else None
    return colleague is not None and may_speak_for(colleague.id, organiser, came.at)


def _read(content: bytes) -> tuple[Component, Method, Guests, str] | None:
    """None: it is no invitation; whatever a stranger wrote, their message can be opened."""
    try:
        calendar = parse(content)
        method, guests = read_method_of(calendar), read_guests_of(calendar)
        calendar.pop("METHOD", None)
        read = read_parsed(calendar, zone())
    except FAULTS:
        return None
    if method is None or method is Method.REPLY or not guests.organiser or read.start_at is None:
        return None
    return calendar, method, guests, read.uid


def _find_part(calendar: Component, standing: Component | None, own: Guest) -> tuple[Component, Guest]:
    """What it asks about, and what the guest has said of that: an answer to what has changed since is none."""
    news = None if standing is None else find_news(calendar, standing)
    part = find_master(calendar) if news is None else news
    known = calendar if standing is None or news is not None else standing
    return part, _find_guest(read_guests_of(known, read_recurrence(part)), {own.address}) or own


def answer_invitation(asked: Invitation, state: State, words: Words, now: datetime) -> None:
    """Says yes, perhaps or no.

    raises  InvitationRefused ("not-invited", "not-yours"), Stale, ObjectRefused; what `submit` refuses, once all else is
            done
    """
    if find_list(asked.guests.organiser) is not None:  # else a whole list gets the answer
        raise InvitationRefused(reason="not-yours")
    _check(asked, Method.REQUEST)
    event = put_state(take_out_method(asked.content), asked.own.address, state)
    if state is State.NO:
        _take_out(asked, now)
    elif asked.kept is None:
        put_object(asked.agenda, _name(asked.uid), event, now)
    else:
        put_object(asked.agenda, asked.kept.name, merge(asked.kept.content, event), now)
    _tell_organiser(asked, state, now)
    reply = format_reply(event, Guest(asked.own.address, asked.own.name, state), now)
    send_event(asked.agenda.asker, (asked.guests.organiser,), reply, Method.REPLY, words, now)


def take_out_cancelled(asked: Invitation, now: datetime) -> None:
    """Takes what its organiser has cancelled out of one's agenda. Raises InvitationRefused, Stale."""
    _check(asked, Method.CANCEL)
    if asked.kept is None:
        raise InvitationRefused(reason="not-invited")
    _take_out(asked, now)


def _take_out(asked: Invitation, now: datetime) -> None:
    """All of it, or the occurrences that the message is about."""
    kept, of_some = asked.kept, is_of_occurrences(parse(asked.content))
    if kept is None:
        return
    left = drop_occurrences(kept.content, asked.content, now) if of_some else None
    if left is None:
        drop_object(asked.agenda, kept.name, now)
    else:
        put_object(asked.agenda, kept.name, left, now)


def _check(asked: Invitation, method: Method) -> None:
    """Raises InvitationRefused where it is not to be acted upon so, Stale where a newer one stands in the agenda."""
    if asked.method is not method:
        raise InvitationRefused(reason="not-invited")
    if not asked.is_from_organiser:
        raise InvitationRefused(reason="not-yours")
    if asked.is_past:
        raise Stale(uid=asked.uid)


def _tell_organiser(asked: Invitation, state: State, now: datetime) -> None:
    """In the agendas that the organiser may change; a guest's own copy says the same already."""
    organiser = find_account(asked.guests.organiser)
    if organiser is None:
        return
    for number in CalendarObject.objects.filter(uid=asked.uid).values_list("calendar_id", flat=True):
        with suppress(Gone, RightMissing):
            _put_state(open_calendar(organiser.id, number, Level.WRITE, now), asked, state, now)


def _put_state(calendar: CalendarOpen, asked: Invitation, state: State, now: datetime) -> None:
    for is_last in (*(False,) * (TRIES - 1), True):
        kept = find_by_uid(calendar, asked.uid)
        standing, message = parse(kept.content), parse(asked.content)
        if read_guests_of(standing).organiser != asked.guests.organiser or is_older(message, standing):
            return  # nobody has answered the newer one
        told = put_state(kept.content, asked.own.address, state, read_recurrence(find_master(message)))
        try:
            put_object(calendar, kept.name, told, now, Expected(frozenset({kept.etag})), by=asked.agenda.asker)
        except Stale:  # another guest answered in between
            if is_last:
                raise
        else:
            return


def _find_guest(guests: Guests, addresses: Collection[str]) -> Guest | None:
    return next((each for each in guests.people if each.address in addresses), None)


def _find_kept(calendar: CalendarOpen, uid: str) -> Kept | None:
    try:
        return find_by_uid(calendar, uid)
    except Gone:
        return None


def _name(uid: str) -> str:
    """An object's name that any UID may give."""
    return f"{hashlib.sha256(uid.encode()).hexdigest()[:32]}.ics"
