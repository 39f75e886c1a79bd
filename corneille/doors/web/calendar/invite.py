"""Whom an event invites, from its form; and what they are told by mail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.calendar.host import find_host
from corneille.calendar.invite import (
    WHOLE,
    InvitationRefused,
    Touched,
    Words,
    find_guests,
    list_guests,
    list_pending,
    send_event,
    set_guests,
)
from corneille.calendar.kept import Kept
from corneille.calendar.list_objects import find_by_uid
from corneille.calendar.open_calendar import CalendarOpen
from corneille.doors.web.kit.formats import format_day, format_moment
from corneille.doors.web.mail.explain import explain
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.today import zone
from corneille.people.find import find_name
from corneille.wire.ical.expand import Instance, show_part
from corneille.wire.ical.guests import Guest, Guests, Method, State, read_guests
from corneille.wire.ical.occurrence import take_occurrence
from corneille.wire.ical.read import find_master, parse
from corneille.wire.ical.write import Written

WHY: dict[str, Promise] = {
    "unknown": _("Nobody here has this identifier or address: %(typed)s."),
    "self": _("You need not invite yourself: %(typed)s."),
    "too-many": _("An event invites %(limit)s people at most. For more, use the calendar of a team or an establishment."),
    "not-yours": _("Somebody else invites to this event: only they change whom."),
    "elsewhere": _("%(name)s invites to this event: it stays in their calendar."),
}
STATES: dict[State, Promise] = {
    State.SILENT: _("has not answered"), State.YES: _("comes"), State.MAYBE: _("perhaps"), State.NO: _("does not come"),
}  # fmt: skip
INVITED, CANCELLED = _("Invitation: %(title)s"), _("Cancelled: %(title)s")


@dataclass(frozen=True, slots=True)
class Change:
    """What a page makes of an event, as its guests are told.

    written  what it says now
    before   the object and the occurrence as they were: whoever is no longer invited knows no other; None: it is new
    touched  how much of it is changed, and whether it takes place at another time
    """

    written: Written
    before: tuple[Kept, Instance] | None = None
    touched: Touched = WHOLE


def parse_typed(text: str) -> list[str]:
    """What stands between commas, semicolons and line ends; of « Paul Petit <address> » the address."""
    pieces = [re.sub(r".*<([^<>]*)>.*", r"\1", each).strip() for each in re.split(r"[,;\r\n]+", text)]
    return [each for each in pieces if each]


def read_typed(host: AccountId, text: str, former: Sequence[Guest]) -> tuple[tuple[Guest, ...], str]:
    """The colleagues, and those of before who stay; or why somebody is none."""
    try:
        return find_guests(host, parse_typed(text), former), ""
    except InvitationRefused as refused:
        return (), say_why(refused)


def say_why(refused: InvitationRefused) -> str:
    """Why nobody is invited so."""
    return str(WHY[str(refused.data["reason"])]) % refused.data


def show_guests(calendar: CalendarOpen, instance: Instance) -> tuple[Guests, AccountId | None, list[tuple[Guest, Promise]]]:
    """Who is invited; in whose name the asker says who, or None; each with what they say in words."""
    guests = list_guests(calendar, instance.uid, instance.recurrence)
    return guests, find_host(calendar, guests), [(each, STATES[each.state]) for each in guests.people]


def invite(
    request: HttpRequest, calendar: CalendarOpen, uid: str, people: Sequence[Guest], change: Change, now: datetime
) -> None:
    """Keeps whom the event invites and tells them by mail; what did not leave is said on the page."""
    recurrence = change.touched.recurrence
    if not people and not list_guests(calendar, uid, recurrence).people:
        return
    changed = set_guests(calendar, uid, people, now, change.touched)
    if change.before is not None:
        cancel(request, calendar, changed.left_out, *change.before, now, recurrence)
    for content, to in changed.told:
        _send(request, calendar, to, content, Method.REQUEST, _tell(calendar, content, change), now)


def cancel(
    request: HttpRequest, calendar: CalendarOpen, to: Sequence[str], kept: Kept, instance: Instance, now: datetime,
    recurrence: date | datetime | None = None,
) -> None:  # fmt: skip
    """Tells those who were invited that it, or one occurrence, does not take place, for them; they knew it as it was."""
    content = kept.content if recurrence is None else take_occurrence(kept.content, recurrence)
    told = [_join_facts(instance), *_say_on_behalf(calendar, content)]
    words = Words(str(CANCELLED) % {"title": instance.title}, "\n\n".join(told) + "\n")
    _send(request, calendar, to, content, Method.CANCEL, words, now)


def tell_dropped(
    request: HttpRequest, calendar: CalendarOpen, people: Sequence[Guest], before: tuple[Kept, Instance],
    recurrence: date | datetime | None, now: datetime,
) -> None:  # fmt: skip
    """Tells those invited that it, or one occurrence, is removed: who has not answered the series yet is asked for what is
    left of it, for they have nothing to take out."""
    kept, instance = before
    pending = frozenset() if recurrence is None else list_pending(kept.content)
    told = [each.address for each in people]
    cancel(request, calendar, [each for each in told if each not in pending], kept, instance, now, recurrence)
    if pending & set(told):
        left = find_by_uid(calendar, instance.uid).content
        series = parse(left)
        first = show_part(find_master(series), series, zone())
        words = _tell(calendar, left, Change(Written(first.title, first.start, first.end, first.place, first.notes)))
        _send(request, calendar, sorted(pending & set(told)), left, Method.REQUEST, words, now)


def _send(
    request: HttpRequest, calendar: CalendarOpen, to: Sequence[str], content: bytes, method: Method, words: Words,
    now: datetime,
) -> None:  # fmt: skip
    try:
        send_event(calendar.asker, to, content, method, words, now)
    except Refusal as refusal:
        told = _now("The event is saved, but the message to those invited did not leave:")
        messages.warning(request, format_html("{} {}", told, explain(refusal)))


def _tell(calendar: CalendarOpen, content: bytes, change: Change) -> Words:
    """What it is, when and where, for who reads the message in a program that knows no invitations."""
    written = change.written
    by = _say_on_behalf(calendar, content) or [_now("Invited by %(name)s") % {"name": find_name(calendar.asker)}]
    text = "\n\n".join(each for each in (_join_facts(written), written.notes, *by) if each)
    return Words(str(INVITED) % {"title": written.title}, f"{text}\n")


def _say_on_behalf(calendar: CalendarOpen, content: bytes) -> list[str]:
    """Nothing, where who writes is who invites."""
    host = find_host(calendar, read_guests(content))
    if host is None or host == calendar.asker:
        return []
    names = {"name": find_name(host), "writer": find_name(calendar.asker)}
    return [_now("Invited by %(name)s; written on their behalf by %(writer)s") % names]


def _join_facts(event: Written | Instance) -> str:
    start = event.start
    told = format_moment(start, zone()) if isinstance(start, datetime) else format_day(start)
    return "\n".join(each for each in (event.title, told, event.place) if each)
