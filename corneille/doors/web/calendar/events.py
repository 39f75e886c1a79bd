"""What the page's script asks for: the events of a stretch as JSON, and a move by hand. Pages do both without scripts."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from corneille.calendar.event import change_event, find_event, is_editable, name_occurrence
from corneille.calendar.invite import Touched
from corneille.calendar.level import Level
from corneille.calendar.list_instances import Happening, list_instances
from corneille.calendar.note_reading import note_shown
from corneille.calendar.open_calendar import open_calendar
from corneille.calendar.put_object import ObjectRefused, Stale
from corneille.doors.web.calendar.agenda import list_shown
from corneille.doors.web.calendar.days import title_of, url_of
from corneille.doors.web.calendar.invite import Change, invite, show_guests
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.day import parse_day
from corneille.kernel.today import zone
from corneille.wire.ical.write import Written

LONGEST = timedelta(days=400)
BODY_BYTES = 4096


@require_safe
@signed_in
def events(request: HttpRequest) -> HttpResponseBase:
    """`debut` and `fin`: days, the second not included."""
    first, last = _parse(request.GET.get("debut", "")), _parse(request.GET.get("fin", ""))
    if not isinstance(first, datetime) or not isinstance(last, datetime) or not first < last <= first + LONGEST:
        return JsonResponse({"error": "debut, fin"}, status=400)
    found = list_instances(list_shown(request), first, last)
    note_shown(found, "web", clock.now())
    return JsonResponse({"events": [_show(each) for each in found]})


@require_POST
@signed_in
def move(request: HttpRequest) -> HttpResponseBase:
    """Another day or hour, for one occurrence alone: `{agenda, uid, fois, debut, fin}`.

    Where people are invited nothing is moved before `prevenir` says that they are to be told: a hand slips easily.
    """
    try:
        told = json.loads(request.body[:BODY_BYTES])
        number, uid, at = parse_number(str(told["agenda"])), str(told["uid"]), str(told["fois"])
        start, end = _parse_either(str(told["debut"])), _parse_either(str(told["fin"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({"error": "agenda, uid, fois, debut, fin"}, status=400)
    if number is None or type(start) is not type(end) or not _is_forwards(start, end):
        return JsonResponse({"error": "debut, fin"}, status=400)
    now = clock.now()
    calendar = open_calendar(account_of(request), number, Level.WRITE, now)
    kept, found = find_event(calendar, uid, at)
    guests, host, _people = show_guests(calendar, found)
    tells_guests = host is not None and bool(guests.people)
    if tells_guests and told.get("prevenir") is not True:
        return JsonResponse({"ask": _ask(len(guests.people), "" if host == calendar.asker else calendar.owner)})
    written = Written(found.title, start, end, found.place, found.notes, found.rule, found.is_private, found.is_busy)
    try:
        change_event(calendar, uid, at, written, now, whole=False)
        if tells_guests:
            change = Change(written, (kept, found), Touched(found.recurrence, is_moved=True))
            invite(request, calendar, uid, guests.people, change, now)
    except (Stale, ObjectRefused):
        return JsonResponse({"error": "stale"}, status=409)
    return JsonResponse({"ok": True})


def _ask(count: int, host: str) -> str:
    """`host`: in whose name they are told; empty: in one's own."""
    in_their_name = ngettext(
        "%(host)s invites %(count)s person to this event. Move it, tell them by mail in the name of %(host)s, and ask them "
        "anew whether they come?",
        "%(host)s invites %(count)s people to this event. Move it, tell them by mail in the name of %(host)s, and ask them "
        "anew whether they come?",
        count,
    )
    told = in_their_name if host else ngettext(
        "%(count)s person is invited to this event. Move it, tell them by mail, and ask them anew whether they come?",
        "%(count)s people are invited to this event. Move it, tell them by mail, and ask them anew whether they come?",
        count,
    )
    return told % {"count": count, "host": host}


def _show(happening: Happening) -> dict[str, object]:
    told, here = happening.instance, zone()
    start, end = told.start_at.astimezone(here), told.end_at.astimezone(here)
    shape = "%Y-%m-%d" if told.is_day else "%Y-%m-%dT%H:%M:%S"
    return {
        "title": title_of(happening), "start": start.strftime(shape), "end": end.strftime(shape), "allDay": told.is_day,
        "url": url_of(happening), "color": happening.calendar.colour, "editable": is_editable(happening),
        "agenda": happening.calendar.id, "uid": told.uid, "fois": name_occurrence(told), "place": told.place,
        "calendar": happening.calendar.name,
    }  # fmt: skip


def _parse(text: str) -> datetime | None:
    """A day, at midnight here."""
    try:
        return datetime.combine(parse_day(text[:10]), datetime.min.time(), zone())
    except ValueError:
        return None


def _parse_either(text: str) -> date | datetime:
    """A day, or a day and an hour here. Raises ValueError."""
    day = parse_day(text[:10])
    if len(text) == 10:
        return day
    return datetime.strptime(text[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=ZoneInfo(str(zone())))


def _is_forwards(start: date | datetime, end: date | datetime) -> bool:
    if isinstance(start, datetime) and isinstance(end, datetime):
        return start <= end
    return start < end
