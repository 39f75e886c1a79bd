"""An event's page: made, read, changed, moved to another calendar, removed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from corneille.calendar.event import add_event, change_event, drop_event, find_event, move_event
from corneille.calendar.invite import InvitationRefused, Touched, change_guests, list_guests, may_invite
from corneille.calendar.kept import Kept
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.note_reading import note_reading
from corneille.calendar.open_calendar import CalendarOpen, list_calendars, open_calendar
from corneille.calendar.put_object import ObjectRefused, Stale
from corneille.doors.web.calendar.agenda import to_agenda
from corneille.doors.web.calendar.event_form import EventForm, begin, fill
from corneille.doors.web.calendar.holiday_words import name_calendar, name_holiday
from corneille.doors.web.calendar.invite import Change, invite, read_typed, say_why, show_guests, tell_dropped
from corneille.doors.web.calendar.span import parse_day
from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.today import today, zone
from corneille.wire.ical.expand import Instance
from corneille.wire.ical.guests import Guest, Guests

USUAL_HOUR = 8
WHY: dict[str, Promise] = {
    "size": _("The event is too large: shorten the notes."),
    "too-many": _("This calendar is full. Remove old events, or choose another calendar."),
    "taken": _("This event is in that calendar already."),
    "private": _("Only who manages this calendar reads its private events: you no longer could. Untick “Private”."),
}
STALE = _("This event was changed meanwhile, perhaps in another program. Here is how it stands now; make your change again.")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponseBase:
    """The form of a new event; `le` and `heure` say when."""
    account, now = account_of(request), clock.now()
    begin_agenda(account, now)
    writable = _list_writable(account)
    on = parse_day(request.GET.get("le", ""), today(now))
    hour = parse_number(request.GET.get("heure", ""))
    initial = begin(on, hour if hour is not None and hour < 23 else USUAL_HOUR, writable[0].id)
    form = EventForm(request.POST or None, calendars=writable, initial=initial)
    if form.is_bound and form.is_valid() and (people := _read_guests(form, account, ())) is not None:
        calendar, written = open_calendar(account, form.cleaned_data["calendar"], Level.WRITE, now), form.written(zone())
        try:
            filed = add_event(calendar, written, now)
            invite(request, calendar, filed.name.removesuffix(".ics"), people, Change(written), now)
        except ObjectRefused as refused:
            form.add_error(None, str(WHY.get(str(refused.data["reason"]), WHY["size"])))
        else:
            messages.success(request, _say_added(calendar))
            return redirect(to_agenda("", form.cleaned_data["from_on"].isoformat()))
    return render(request, "calendar/event_form.html", {"form": form, "is_new": True, "invites": True})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def event(request: HttpRequest) -> HttpResponseBase:
    """What is known of an event; for who may change it, its form."""
    calendar, kept, instance = _find(request, Level.READ)
    note_reading(calendar, "web", clock.now())
    if calendar.level < Level.WRITE or calendar.kind == "holidays":
        read = replace(instance, title=name_holiday(calendar, instance.title))
        context = {"calendar": name_calendar(calendar), "event": read, "days": _days(instance, zone())}
        return render(request, "calendar/event.html", context)
    account = account_of(request)
    guests, host, people = show_guests(calendar, instance)
    form = EventForm(
        request.POST or None,
        calendars=_list_writable(account),
        rule=instance.rule,
        initial={**fill(calendar.id, instance, zone()), "guests": ", ".join(each.address for each in guests.people)},
    )
    if form.is_bound and form.is_valid():
        answer = _change(request, form, calendar, (kept, instance), (guests, host))
        if answer is not None:
            return answer
    context = {"form": form, "calendar": calendar, "event": instance, "etag": kept.etag, "at": request.GET.get("fois", "")}
    context |= {"invites": host is not None, "guests": guests, "people": people, "is_for_owner": host not in {None, account}}
    return render(request, "calendar/event_form.html", context)


@require_POST
@signed_in
def drop(request: HttpRequest) -> HttpResponseBase:
    """Removes it: one of a series, or all."""
    calendar, kept, instance = _find(request, Level.WRITE)
    whole, now = request.POST.get("portee") == "toutes", clock.now()
    guests, host, _people = show_guests(calendar, instance)
    drop_event(calendar, instance.uid, request.GET.get("fois", ""), now, whole=whole)
    if host is not None:
        tell_dropped(request, calendar, guests.people, (kept, instance), None if whole else instance.recurrence, now)
    messages.success(request, _now("The event is removed."))
    return redirect(to_agenda("", instance.start_at.astimezone(zone()).date().isoformat()))


def _read_guests(form: EventForm, host: AccountId, former: Sequence[Guest]) -> tuple[Guest, ...] | None:
    """None: somebody cannot be invited, and the form says who."""
    people, fault = read_typed(host, form.cleaned_data["guests"], former)
    if fault:
        form.add_error("guests", fault)
    return None if fault else people


def _change(
    request: HttpRequest, form: EventForm, calendar: CalendarOpen, before: tuple[Kept, Instance],
    invited: tuple[Guests, AccountId | None],
) -> HttpResponseBase | None:  # fmt: skip
    """None: it could not be, and the form says why. `invited`: who is, and in whose name, or None: not theirs to say."""
    account, now, instance, (guests, host) = account_of(request), clock.now(), before[1], invited
    people = () if host is None else _read_guests(form, host, guests.people)
    if people is None:
        return None
    written = form.written(zone())
    whole = request.POST.get("portee") != "une"
    etag = request.POST.get("etag", "")
    try:
        target = open_calendar(account, form.cleaned_data["calendar"], Level.WRITE, now)
        if host is not None and not may_invite(target, guests):  # there nobody could tell its guests any more
            raise InvitationRefused(reason="elsewhere", name=calendar.owner)
        change_event(calendar, instance.uid, request.GET.get("fois", ""), written, now, whole=whole, etag=etag)
        if target.id != calendar.id:
            move_event(calendar, target, instance.uid, now)
        if host is not None:
            is_moved = (written.start, written.end, written.rule) != (instance.start, instance.end, instance.rule)
            if whole:  # what was shown and changed may have been the guests of one occurrence
                people = change_guests(list_guests(target, instance.uid).people, guests.people, people)
            touched = Touched(None if whole else instance.recurrence, is_moved)
            invite(request, target, instance.uid, people, Change(written, before, touched), now)
    except Stale:
        messages.warning(request, str(STALE))
        return redirect(request.get_full_path())
    except ObjectRefused as refused:
        form.add_error(None, str(WHY.get(str(refused.data["reason"]), WHY["size"])))
        return None
    except InvitationRefused as refused:
        form.add_error("calendar", say_why(refused))
        return None
    messages.success(request, _now("The event is changed."))
    return redirect(to_agenda("", form.cleaned_data["from_on"].isoformat()))


def _find(request: HttpRequest, needed: Level) -> tuple[CalendarOpen, Kept, Instance]:
    number = parse_number(request.GET.get("agenda", ""))
    if number is None:
        raise Gone(field="agenda")
    calendar = open_calendar(account_of(request), number, needed, clock.now())
    kept, instance = find_event(calendar, request.GET.get("uid", ""), request.GET.get("fois", ""))
    return calendar, kept, instance


def _list_writable(account: AccountId) -> list[CalendarOpen]:
    return [each for each in list_calendars(account, clock.now()) if each.level >= Level.WRITE and each.kind != "holidays"]


def _days(instance: Instance, here: ZoneInfo) -> tuple[date, date]:
    """First and last day of what lasts whole days."""
    first, last = fill(0, instance, here)["from_on"], fill(0, instance, here)["until_on"]
    assert isinstance(first, date)
    assert isinstance(last, date)
    return first, last


def _say_added(calendar: CalendarOpen) -> str:
    """Where it is: who acts for somebody else is told that it went to them."""
    if not calendar.owner:
        return _now("The event is in your calendar.")
    return _now("The event is in the calendar “%(name)s” (%(owner)s).") % {"name": calendar.name, "owner": calendar.owner}
