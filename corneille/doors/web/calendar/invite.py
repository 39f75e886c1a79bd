"""Whom an event invites, from its form; and what they are told by mail."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.calendar.invite import (
    InvitationRefused,
    Words,
    find_guests,
    find_organiser,
    list_guests,
    may_invite,
    send_event,
    set_guests,
)
from corneille.calendar.open_calendar import CalendarOpen
from corneille.doors.web.kit.formats import format_day, format_moment
from corneille.doors.web.mail.explain import explain
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.today import zone
from corneille.wire.ical.guests import Guest, Guests, Method, State
from corneille.wire.ical.write import Written

WHY: dict[str, Promise] = {
    "unknown": _("Nobody here has this identifier or address: %(typed)s."),
    "self": _("You need not invite yourself: %(typed)s."),
    "too-many": _("An event invites %(limit)s people at most. For more, use the calendar of a team or an establishment."),
    "not-yours": _("Somebody else invites to this event: only they change whom."),
}
STATES: dict[State, Promise] = {
    State.SILENT: _("has not answered"), State.YES: _("comes"), State.MAYBE: _("perhaps"), State.NO: _("does not come"),
}  # fmt: skip


def parse_typed(text: str) -> list[str]:
    """What stands between commas, semicolons and line ends; of « Paul Petit <address> » the address."""
    pieces = [re.sub(r".*<([^<>]*)>.*", r"\1", each).strip() for each in re.split(r"[,;\r\n]+", text)]
    return [each for each in pieces if each]


def read_typed(account: AccountId, text: str, former: Sequence[Guest]) -> tuple[tuple[Guest, ...], str]:
    """The colleagues, and those of before who stay; or why somebody is none."""
    try:
        return find_guests(account, parse_typed(text), former), ""
    except InvitationRefused as refused:
        return (), str(WHY[str(refused.data["reason"])]) % refused.data


def show_guests(calendar: CalendarOpen, uid: str) -> tuple[Guests, bool, list[tuple[Guest, Promise]]]:
    """Who is invited; whether the asker says who; each with what they say in words."""
    guests = list_guests(calendar, uid)
    return guests, may_invite(calendar, guests), [(each, STATES[each.state]) for each in guests.people]


def invite(
    request: HttpRequest, calendar: CalendarOpen, uid: str, people: Sequence[Guest], written: Written, now: datetime, *,
    is_moved: bool,
) -> None:  # fmt: skip
    """Keeps whom the event invites and tells them by mail; what did not leave is said on the page."""
    if not people and not list_guests(calendar, uid).people:
        return
    changed = set_guests(calendar, uid, people, now, is_moved=is_moved)
    try:
        send_event(
            calendar.asker, changed.invited, changed.content, Method.REQUEST,
            tell(calendar.asker, written, _now("Invitation: %(title)s")), now,
        )  # fmt: skip
    except Refusal as refusal:
        _warn(request, refusal)
        return
    cancel(request, calendar.asker, changed.left_out, changed.cancelled, written, now)


def cancel(
    request: HttpRequest, account: AccountId, to: Sequence[str], content: bytes, written: Written, now: datetime
) -> None:
    """Tells those who were invited that it does not take place, for them."""
    try:
        send_event(account, to, content, Method.CANCEL, tell(account, written, _now("Cancelled: %(title)s")), now)
    except Refusal as refusal:
        _warn(request, refusal)


def tell(account: AccountId, written: Written, subject: str) -> Words:
    """What it is, when and where, for who reads the message in a program that knows no invitations."""
    facts = [each for each in (written.title, _tell_when(written), written.place) if each]
    by = _now("Invited by %(name)s") % {"name": find_organiser(account).name}
    text = "\n\n".join(each for each in ("\n".join(facts), written.notes, by) if each)
    return Words(subject % {"title": written.title}, f"{text}\n")


def _tell_when(written: Written) -> str:
    if isinstance(written.start, datetime):
        return format_moment(written.start, zone())
    return format_day(written.start)


def _warn(request: HttpRequest, refusal: Refusal) -> None:
    told = _now("The event is saved, but the message to those invited did not leave:")
    messages.warning(request, format_html("{} {}", told, explain(refusal)))
