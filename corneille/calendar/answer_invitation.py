"""Answers an invitation that came by mail: the event comes into one's agenda or goes out of it, and its organiser knows.

An organiser of the académie finds the answer in their own event at once; whoever it is, a reply goes to them by mail
(RFC 6047), for their programs. Only what the guest says of themselves is changed in the organiser's event.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

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
from corneille.people.find import find_account, find_person
from corneille.wire.ical.expand import Instance, show_first
from corneille.wire.ical.guests import (
    Guest,
    Guests,
    Method,
    State,
    format_reply,
    put_state,
    read_guests,
    read_guests_of,
    read_method_of,
    take_out_method,
)
from corneille.wire.ical.read import FAULTS, parse, read_parsed

TRIES = 5


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation as one guest reads it.

    first    the event, or the first of its series
    own      the guest that the reader is
    is_kept  it stands in their agenda
    is_past  a newer one stands there: this one is no longer to be answered
    is_from_organiser  the message comes from whose event it says it is (RFC 6047 §3): nothing else is acted upon
    """

    method: Method
    uid: str
    first: Instance
    guests: Guests
    own: Guest
    is_kept: bool
    is_past: bool
    is_from_organiser: bool


def read_invitation(account: AccountId, content: bytes, sender: str, now: datetime) -> Invitation | None:
    """None: it is no invitation, or not for this person, or somebody else's event stands in their agenda under its UID.

    sender  the address in the message's From
    """
    if len(content) > of(CalendarSettings).object_bytes:  # it could not be kept; reading it would cost
        return None
    try:
        calendar = parse(content)
        method, guests = read_method_of(calendar), read_guests_of(calendar)
        own = _find_own(account, guests)
        if own is None or not guests.organiser or method is None or method is Method.REPLY:
            return None
        calendar.pop("METHOD", None)
        read, first = read_parsed(calendar, zone()), show_first(calendar, zone())
    except FAULTS:  # whatever a stranger wrote, their message can be opened
        return None
    if read.start_at is None:
        return None
    kept = _find_kept(_open_own(account, now), read.uid)
    known = None if kept is None else read_guests(kept.content)
    if known is not None and known.organiser != guests.organiser:
        return None
    said = own if known is None else next((each for each in known.people if each.address == own.address), own)
    return Invitation(
        method, read.uid, first, guests, said, kept is not None,
        known is not None and known.sequence > guests.sequence, sender.strip().lower() == guests.organiser,
    )  # fmt: skip


def answer_invitation(
    account: AccountId, content: bytes, sender: str, state: State, words: Words, now: datetime
) -> None:
    """Says yes, perhaps or no to what `read_invitation` read.

    raises  InvitationRefused ("not-invited", "not-yours"), Stale, ObjectRefused; what `submit` refuses, once all else is
            done
    """
    asked = read_invitation(account, content, sender, now)
    if asked is None or asked.method is not Method.REQUEST:
        raise InvitationRefused(reason="not-invited")
    if not asked.is_from_organiser or find_list(asked.guests.organiser) is not None:  # else a whole list gets the answer
        raise InvitationRefused(reason="not-yours")
    if asked.is_past:
        raise Stale(uid=asked.uid)
    event = put_state(take_out_method(content), asked.own.address, state)
    agenda = _open_own(account, now)
    kept = _find_kept(agenda, asked.uid)
    if state is not State.NO:
        put_object(agenda, kept.name if kept is not None else _name(asked.uid), event, now)
    elif kept is not None:
        drop_object(agenda, kept.name, now)
    _tell_organiser(asked, state, now)
    reply = format_reply(event, Guest(asked.own.address, asked.own.name, state), now)
    send_event(account, (asked.guests.organiser,), reply, Method.REPLY, words, now)


def take_out_cancelled(account: AccountId, content: bytes, sender: str, now: datetime) -> None:
    """Takes what its organiser has cancelled out of one's agenda. Raises InvitationRefused where it is none of theirs, and
    Stale where they have invited to it again since."""
    asked = read_invitation(account, content, sender, now)
    agenda = _open_own(account, now)
    kept = None if asked is None else _find_kept(agenda, asked.uid)
    if asked is None or asked.method is not Method.CANCEL or kept is None:
        raise InvitationRefused(reason="not-invited")
    if not asked.is_from_organiser:
        raise InvitationRefused(reason="not-yours")
    if asked.is_past:
        raise Stale(uid=asked.uid)
    drop_object(agenda, kept.name, now)


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
        known = read_guests(kept.content)
        if known.organiser != asked.guests.organiser or known.sequence > asked.guests.sequence:
            return  # nobody has answered the newer one
        told = put_state(kept.content, asked.own.address, state)
        try:
            put_object(calendar, kept.name, told, now, Expected(frozenset({kept.etag})))
        except Stale:  # another guest answered in between
            if is_last:
                raise
        else:
            return


def _find_own(account: AccountId, guests: Guests) -> Guest | None:
    person = find_person(account)
    own = frozenset() if person is None else frozenset(each.lower() for each in person.addresses)
    return next((each for each in guests.people if each.address in own), None)


def _open_own(account: AccountId, now: datetime) -> CalendarOpen:
    begin_agenda(account, now)
    return open_named(account, OWN, Level.MANAGE, now)


def _find_kept(calendar: CalendarOpen, uid: str) -> Kept | None:
    try:
        return find_by_uid(calendar, uid)
    except Gone:
        return None


def _name(uid: str) -> str:
    """An object's name that any UID may give."""
    return f"{hashlib.sha256(uid.encode()).hexdigest()[:32]}.ics"
