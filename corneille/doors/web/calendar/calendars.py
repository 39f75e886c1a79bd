"""« Mes agendas »: made, taken, named, left, removed; school holidays by zone."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from corneille.calendar.decide import name_establishment, parse_kind
from corneille.calendar.feed import list_dead_feeds, put_away_feed
from corneille.calendar.holidays import ZONES, subscribe
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import (
    COLOURS,
    NAME_LENGTH,
    CalendarRefused,
    begin_agenda,
    drop_calendar,
    make_calendar,
    rename_calendar,
)
from corneille.calendar.make_group_calendar import make_establishment_calendar, make_team_calendar
from corneille.calendar.open_calendar import find_asker, open_calendar
from corneille.calendar.own_team import list_own_teams
from corneille.calendar.share import leave_calendar
from corneille.doors.web.calendar.agenda import list_apart
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.people.establishment import find_establishment_name

WHY: dict[str, Promise] = {
    "name": _("Give the calendar a name, in ordinary letters and signs."),
    "too-many": _("You have as many calendars as one may have. Remove one first."),
    "colour": _("Choose one of the colours."),
    "first": _("Your first calendar cannot be removed; its events can."),
    "not-head": _("Only its head makes the calendar of an establishment."),
    "not-team": _("Choose a team or a list that you are of."),
    "not-yours": _("Only a calendar of your own can become a team’s."),
}
LEVELS: dict[Level, Promise] = {
    Level.FREE_BUSY: _("sees when you are busy"),
    Level.READ: _("reads"),
    Level.WRITE: _("reads and changes"),
    Level.MANAGE: _("manages everything"),
}
COLOUR_NAMES: dict[str, Promise] = dict(
    zip(COLOURS, (_("blue"), _("brick"), _("green"), _("violet"), _("pink"), _("teal"), _("ochre"), _("grey")), strict=True)
)
HOLIDAYS = {
    "A": _("Zone A: Besançon, Bordeaux, Clermont-Ferrand, Dijon, Grenoble, Limoges, Lyon, Poitiers"),
    "B": _(
        "Zone B: Aix-Marseille, Amiens, Lille, Nancy-Metz, Nantes, Nice, Normandie, Orléans-Tours, Reims, Rennes, Strasbourg"
    ),
    "C": _("Zone C: Créteil, Montpellier, Paris, Toulouse, Versailles"),
}


class NewForm(forms.Form):
    """A name, and whose it is."""

    name = forms.CharField(
        label=_("Name of the calendar"), max_length=NAME_LENGTH, widget=forms.TextInput({"autocomplete": "off"})
    )
    whose = forms.ChoiceField(
        label=_("Whose?"), required=False,
        help_text=_("A team’s or an establishment’s stays theirs when you leave; its head manages it with you."),
    )  # fmt: skip

    use_required_attribute = False


@require_safe
@signed_in
def calendars(request: HttpRequest) -> HttpResponseBase:
    """The list, and what can be added to it."""
    account, now = account_of(request), clock.now()
    begin_agenda(account, now)
    return _show(request, NewForm())


@require_POST
@signed_in
def make(request: HttpRequest) -> HttpResponseBase:
    """One's own, a team's, or by its head that of an establishment."""
    account, whose, name = account_of(request), request.POST.get("whose", ""), request.POST.get("name", "")
    form = NewForm(request.POST)
    try:
        if parse_kind(whose) == "establishment":
            make_establishment_calendar(account, whose.partition("/")[2], name, clock.now())
        elif whose:
            make_team_calendar(account, whose, name, clock.now())
        else:
            make_calendar(account, name, clock.now())
    except CalendarRefused as refused:
        form.full_clean()
        form.errors.pop("name", None)
        form.errors.pop("whose", None)
        form.add_error("name", str(WHY[str(refused.data["reason"])]))
        return _show(request, form)
    messages.success(request, _now("The calendar is made."))
    return redirect("calendar:calendars")


@require_POST
@signed_in
def rename(request: HttpRequest) -> HttpResponseBase:
    """Another name or colour."""
    calendar = open_calendar(account_of(request), id_of(request), Level.MANAGE, clock.now())
    name, colour = request.POST.get("name", ""), request.POST.get("colour", "")
    _try(request, lambda: rename_calendar(calendar, name=name, colour=colour), _now("The calendar is changed."))
    return redirect("calendar:sharing", calendar.id)


@require_POST
@signed_in
def drop(request: HttpRequest) -> HttpResponseBase:
    """One's own, or what one manages for a group, with all that is in it; of others', one's own share."""
    account, now = account_of(request), clock.now()
    calendar = open_calendar(account, id_of(request), Level.FREE_BUSY, now)
    if calendar.goes_for_all:
        _try(request, lambda: drop_calendar(account, calendar.id, now), _now("The calendar is removed."))
    elif calendar.is_named:
        leave_calendar(calendar, now)
        messages.success(request, _now("The calendar is no longer among yours."))
    else:
        messages.error(request, _now("This calendar comes to you with your post: put it aside instead."))
    return redirect("calendar:calendars")


@require_POST
@signed_in
def take_holidays(request: HttpRequest) -> HttpResponseBase:
    """School holidays of a zone."""
    subscribe(account_of(request), request.POST.get("zone", ""), clock.now())
    messages.success(request, _now("The school holidays are in your agenda."))
    return redirect("calendar:calendars")


@require_POST
@signed_in
def put_away(request: HttpRequest) -> HttpResponseBase:
    """An address of one's own that answers no more, out of sight for good."""
    put_away_feed(account_of(request), id_of(request), clock.now())
    messages.success(request, _now("The address is put away."))
    return redirect("calendar:calendars")


def _show(request: HttpRequest, form: NewForm) -> HttpResponseBase:
    account, now = account_of(request), clock.now()
    heads = sorted(find_asker(account, now).heads)
    places = [(name_establishment(uai), find_establishment_name(uai)) for uai in heads]
    teams = [(each.key, each.name) for each in list_own_teams(account, now)]
    field = form.fields["whose"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _now("mine")), *places, *teams]
    listed = list_apart(account, now)
    taken = {each.zone for each in listed}
    context = {
        "form": form,
        "calendars": [(each, LEVELS[each.level]) for each in listed],
        "zones": [(zone, HOLIDAYS[zone]) for zone in ZONES if zone not in taken],
        "has_choice": bool(places or teams),
        "manage": Level.MANAGE,
        "dead_feeds": list_dead_feeds(account, now),
    }
    return render(request, "calendar/calendars.html", context)


def _try(request: HttpRequest, act: Callable[[], None], done: str) -> None:
    try:
        act()
    except CalendarRefused as refused:
        messages.error(request, str(WHY[str(refused.data["reason"])]))
    else:
        messages.success(request, done)
