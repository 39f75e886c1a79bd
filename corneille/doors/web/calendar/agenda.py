"""The agenda: a week, a month, a day or a list, of every calendar that one has not put aside."""

from dataclasses import replace
from datetime import date, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import dateformat
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from corneille.calendar.level import Level
from corneille.calendar.list_instances import TooMuch, list_instances
from corneille.calendar.make_calendar import COLOURS, begin_agenda
from corneille.calendar.note_reading import note_shown
from corneille.calendar.open_calendar import CalendarOpen, list_calendars
from corneille.doors.web.calendar.days import lay_out
from corneille.doors.web.calendar.holiday_words import name_calendar
from corneille.doors.web.calendar.span import VIEWS, Span, choose_span, parse_day
from corneille.doors.web.kit.formats import format_day, format_number_of_day
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today, zone

ASIDE = "calendars_aside"
VIEW = "calendar_view"
BOARDS = {"semaine": "timeGridWeek", "mois": "dayGridMonth", "jour": "timeGridDay"}
NAMES = {"semaine": _("Week"), "mois": _("Month"), "jour": _("Day"), "liste": _("List")}


@require_safe
@signed_in
def agenda(request: HttpRequest) -> HttpResponseBase:
    """The page; the view that was chosen last is the first next time."""
    account, now = account_of(request), clock.now()
    begin_agenda(account, now)
    asked = request.GET.get("vue", request.session.get(VIEW, VIEWS[0]))
    span = choose_span(asked if asked in VIEWS else VIEWS[0], parse_day(request.GET.get("le", ""), today(now)))
    if request.GET.get("vue") in VIEWS:
        request.session[VIEW] = span.view
    calendars = list_apart(account, now)
    aside = list_aside(request)
    is_too_much = False
    try:
        happenings = list_instances([each for each in calendars if each.id not in aside], *span.instants(zone()))
    except TooMuch:
        happenings, is_too_much = [], True
    note_shown(happenings, "web", now)
    context = {
        "span": span,
        "heading": format_heading(span),
        "days": lay_out(span, happenings, zone(), today(now)),
        "is_too_much": is_too_much,
        "board": "" if is_too_much else BOARDS.get(span.view, ""),
        "views": [(name, NAMES[name]) for name in VIEWS],
        "today": today(now),
        "calendars": [(each, each.id not in aside) for each in calendars],
        "can_write": any(each.level >= Level.WRITE for each in calendars),
    }
    return render(request, "calendar/agenda.html", context)


@require_POST
@signed_in
def choose(request: HttpRequest) -> HttpResponseBase:
    """Which calendars are shown, in this session; the others are put aside."""
    shown = {number for each in request.POST.getlist("agenda") if (number := parse_number(each)) is not None}
    known = {each.id for each in list_calendars(account_of(request), clock.now())}
    request.session[ASIDE] = sorted(known - shown)
    return redirect(to_agenda(request.POST.get("vue", ""), request.POST.get("le", "")))


def list_aside(request: HttpRequest) -> frozenset[int]:
    """The calendars that this session does not show."""
    kept = request.session.get(ASIDE, [])
    return frozenset(each for each in kept if isinstance(each, int)) if isinstance(kept, list) else frozenset()


def list_shown(request: HttpRequest) -> list[CalendarOpen]:
    """Those that it shows."""
    aside = list_aside(request)
    return [each for each in list_apart(account_of(request), clock.now()) if each.id not in aside]


def list_apart(account: AccountId, now: datetime) -> list[CalendarOpen]:
    """All of them, others' in a colour of its own each as far as there are enough; one's own have those that one chose."""
    told: list[CalendarOpen] = []
    listed = list_calendars(account, now)
    taken = {each.colour for each in listed if each.kind == "own"}
    for each in listed:
        if each.kind != "own":
            colour = next((free for free in (each.colour, *COLOURS) if free not in taken), each.colour)
            taken.add(colour)
            each = replace(each, colour=colour)
        told.append(name_calendar(each))
    return told


def to_agenda(view: str, on: str) -> str:
    """The address of the page, with what of it makes sense."""
    day = parse_day(on, date.min)
    told = [f"vue={view}"] if view in VIEWS else []
    told += [f"le={day.isoformat()}"] if day != date.min else []
    return "/agenda/" + ("?" + "&".join(told) if told else "")


def format_heading(span: Span) -> str:
    """« novembre 2026 », « du 2 au 8 novembre 2026 », « mardi 3 novembre 2026 »."""
    if span.view == "mois":
        return dateformat.format(span.on, "F Y")
    if span.view == "jour":
        return format_day(span.on, weekday=True)
    last = date.fromordinal(span.until_on.toordinal() - 1)
    if (span.from_on.year, span.from_on.month) == (last.year, last.month):
        first = format_number_of_day(span.from_on)
    else:
        first = format_day(span.from_on, year=span.from_on.year != last.year)
    return _now("%(first)s to %(last)s") % {"first": first, "last": format_day(last)}
