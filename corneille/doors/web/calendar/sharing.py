"""One calendar: its name, with whom it is shared, its private addresses."""

from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneille.calendar.decide import parse_kind
from corneille.calendar.feed import FeedRefused, list_feeds, make_feed, read_feed, revoke_feed
from corneille.calendar.give_calendar import give_calendar
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import CalendarRefused
from corneille.calendar.open_calendar import CalendarOpen, open_calendar
from corneille.calendar.own_team import list_own_teams
from corneille.calendar.share import (
    ShareRefused,
    drop_share,
    list_crowds,
    list_shares,
    share_with_group,
    share_with_person,
)
from corneille.calendar.slug import OWN
from corneille.doors.web.calendar.agenda import list_apart
from corneille.doors.web.calendar.calendars import COLOUR_NAMES, LEVELS
from corneille.doors.web.calendar.calendars import WHY as REFUSED
from corneille.doors.web.day_field import DayField
from corneille.doors.web.kit.formats import format_day
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.step_up import fresh_proof
from corneille.kernel import clock
from corneille.kernel.settings import portal_address
from corneille.kernel.today import today

WHY: dict[str, Promise] = {
    "unknown": _("Nobody here has this identifier or address."),
    "self": _("This is the calendar’s own person."),
    "dates": _("The last day is past, or comes before the first."),
    "beyond": _("You manage this calendar until %(day)s: what you give ends on that day at the latest."),
    "level": _("A group reads or changes; only a person manages."),
    "not-yours": _("Choose an establishment where you work, a team there, or a list that you are on."),
    "not-of-it": _("Only one of its people can manage this calendar. Give the right to read or change."),
    "too-many": _("This calendar is shared as often as one may be. Take one back first."),
    "label": _("Say where you will use this address."),
}
NAME_LENGTH = 320


class ShareForm(forms.Form):
    """Who, which right, between which days."""

    person = forms.CharField(
        label=_("Colleague"), help_text=_("Identifier or mail address."), required=False, max_length=NAME_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("or a group"), required=False)
    level = forms.TypedChoiceField(
        label=_("Right"), coerce=int, choices=[(int(each), told) for each, told in LEVELS.items()]
    )
    from_on = DayField(label=_("First day"), required=False)
    until_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until you take it back."))

    use_required_attribute = False

    def clean(self) -> dict[str, object]:
        if bool(self.cleaned_data.get("person")) == bool(self.cleaned_data.get("group")):
            self.add_error("person", _("Name a colleague, or choose a group."))
        return self.cleaned_data


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sharing(request: HttpRequest, calendar_id: int) -> HttpResponseBase:
    """The page; a POST shares."""
    now = clock.now()
    calendar = open_calendar(account_of(request), calendar_id, Level.MANAGE, now)
    form = _make_form(calendar, request.POST or None, now)
    if form.is_bound and form.is_valid():
        try:
            _share(calendar, form, today(now))
        except ShareRefused as refused:
            reason = str(refused.data["reason"])
            field = {"dates": "until_on", "beyond": "until_on", "level": "level"}.get(reason, "person")
            day = format_day(calendar.until_on) if calendar.until_on is not None else ""
            form.add_error(field, str(WHY[reason]) % {"day": day})
        else:
            messages.success(request, _now("The calendar is shared."))
            return redirect("calendar:sharing", calendar.id)
    return _show(request, calendar, form)


@require_POST
@signed_in
def take_back(request: HttpRequest, calendar_id: int) -> HttpResponseBase:
    """Ends a share, at once."""
    now = clock.now()
    calendar = open_calendar(account_of(request), calendar_id, Level.MANAGE, now)
    drop_share(calendar, id_of(request), now)
    messages.success(request, _now("The calendar is no longer shared with them."))
    return redirect("calendar:sharing", calendar.id)


@require_POST
@fresh_proof
def feed(request: HttpRequest, calendar_id: int) -> HttpResponseBase:
    """Makes a private address and shows it, this once."""
    now = clock.now()
    calendar = open_calendar(account_of(request), calendar_id, Level.MANAGE, now)
    try:
        secret = make_feed(calendar, request.POST.get("label", ""), now, with_details=request.POST.get("details") == "1")
    except FeedRefused as refused:
        messages.error(request, str(WHY[str(refused.data["reason"])]))
        return redirect("calendar:sharing", calendar.id)
    made = f"{portal_address()}{reverse('calendar:read_feed', args=[secret])}"
    return _show(request, calendar, _make_form(calendar, None, now), made=made)


@require_POST
@signed_in
def revoke(request: HttpRequest, calendar_id: int) -> HttpResponseBase:
    """Ends a private address, at once."""
    now = clock.now()
    calendar = open_calendar(account_of(request), calendar_id, Level.MANAGE, now)
    revoke_feed(calendar, id_of(request), now)
    messages.success(request, _now("The address answers no more."))
    return redirect("calendar:sharing", calendar.id)


@require_safe
def read(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar at its private address: no session is asked for, and none is opened."""
    response = HttpResponse(read_feed(secret, clock.now()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@signed_in
def give(request: HttpRequest, calendar_id: int) -> HttpResponseBase:
    """One's own agenda becomes a team's."""
    now = clock.now()
    calendar = open_calendar(account_of(request), calendar_id, Level.MANAGE, now)
    try:
        give_calendar(calendar, request.POST.get("team", ""), now)
    except CalendarRefused as refused:
        messages.error(request, str(REFUSED[str(refused.data["reason"])]))
    else:
        messages.success(request, _now("The calendar is the team’s."))
    return redirect("calendar:sharing", calendar.id)


def _share(calendar: CalendarOpen, form: ShareForm, on: date) -> None:
    told = form.cleaned_data
    days = (told["from_on"] or on, told["until_on"])
    if told["person"]:
        share_with_person(calendar, told["person"], Level(told["level"]), *days, clock.now())
    else:
        share_with_group(calendar, told["group"], Level(told["level"]), *days, clock.now())


def _make_form(calendar: CalendarOpen, given: QueryDict | None, now: datetime) -> ShareForm:
    """The form, with the groups that may be chosen; who manages until a day finds that day in it."""
    form = ShareForm(given, initial={"level": int(Level.READ), "until_on": calendar.until_on})
    field = form.fields["group"]
    assert isinstance(field, forms.ChoiceField)
    offered = list_crowds(calendar, now)
    field.choices = [("", "—"), *((each.key, _name(parse_kind(each.key), each.name)) for each in offered)]
    return form


def _name(kind: str, name: str) -> str:
    return _now("All of %(place)s") % {"place": name} if kind == "establishment" else name


def _show(request: HttpRequest, calendar: CalendarOpen, form: ShareForm, *, made: str = "") -> HttpResponseBase:
    now = clock.now()
    shares = list_shares(calendar, now)
    feeds = list_feeds(calendar, now)
    is_first = calendar.kind == "own" and calendar.slug == OWN
    context = {
        "calendar": calendar,
        "colour": next((each.colour for each in list_apart(calendar.asker, now) if each.id == calendar.id), calendar.colour),
        "form": form,
        "shares": [(each, _name(each.kind, each.name), LEVELS[each.level]) for each in shares],
        "feeds": feeds,
        "has_dead_feed": not all(each.works for each in feeds),
        "made": made,
        "colours": COLOUR_NAMES.items(),
        "is_first": is_first,
        "teams": list_own_teams(calendar.asker, now) if calendar.kind == "own" and not is_first else [],
    }
    return render(request, "calendar/sharing.html", context)
