"""Saying something about the service to everybody: for the rectorat's support and security alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from corneille.desk.disruption import (
    TEXT_LENGTH,
    TITLE_LENGTH,
    DisruptionRefused,
    NewDisruption,
    announce,
    list_disruptions,
    say_more,
)
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of
from corneille.doors.web.portal.state import AFFECTED
from corneille.doors.web.spokesperson import may_speak
from corneille.doors.web.step_up import fresh_to_change
from corneille.kernel import clock
from corneille.kernel.journal import name_actor
from corneille.kernel.settings import Ground, of

WRONG_DATES = _("Works begin before they end, end later than now and within a year, and last two weeks at most.")
_MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class AnnounceForm(forms.Form):
    """An incident of now, or works to come."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("incident", _("An incident, now")), ("works", _("Planned works"))],
        widget=forms.RadioSelect,
        initial="incident",
    )
    french_title = forms.CharField(label=_("Title in French"), max_length=TITLE_LENGTH)
    english_title = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH)
    french = forms.CharField(
        label=_("Text in French"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 4}),
        help_text=_("What people notice, what still works, when you will say more."),
    )  # fmt: skip
    english = forms.CharField(label=_("Text in English"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 4}))
    affected = forms.MultipleChoiceField(
        label=_("What does it concern?"), choices=list(AFFECTED.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one at least.")},
    )  # fmt: skip
    begins_at = forms.DateTimeField(label=_("Works: from"), required=False, widget=_MOMENT)
    ends_at = forms.DateTimeField(label=_("Works: until"), required=False, widget=_MOMENT)

    use_required_attribute = False


class SayForm(forms.Form):
    """What there is to say now."""

    french = forms.CharField(max_length=TEXT_LENGTH)
    english = forms.CharField(max_length=TEXT_LENGTH)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def announce_disruption(request: HttpRequest) -> HttpResponseBase:
    """The form, and what can be added to those that last."""
    account, now = account_of(request), clock.now()
    if not may_speak(request):
        return show(request, NOT_FOUND)
    form = AnnounceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            announce(_read(form, now), now, actor=name_actor(account))
        except DisruptionRefused as refused:
            if refused.data["field"] != "dates":
                raise
            form.add_error("ends_at", str(WRONG_DATES))
        else:
            messages.success(request, _now("It is said: on the home page, on « I cannot sign in », and in the feed."))
            return redirect("portal:state")
    lasting = [each for each in list_disruptions(now, get_language() or "fr") if each.phase != "past"]
    return render(request, "portal/announce.html", {"form": form, "lasting": lasting})


@require_POST
@fresh_to_change
def say_about_disruption(request: HttpRequest) -> HttpResponseBase:
    """Adds a word to one; with « terminer », says too that it is over."""
    account, now = account_of(request), clock.now()
    if not may_speak(request):
        return show(request, NOT_FOUND)
    form = SayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _now("Say it in both languages, in 2,000 characters at most: nothing was changed."))
        return redirect("portal:announce")
    texts = form.cleaned_data["french"], form.cleaned_data["english"]
    say_more(id_of(request), texts, now, actor=name_actor(account), is_over="terminer" in request.POST)
    messages.success(request, _now("It is said."))
    return redirect("portal:state")


def _read(form: AnnounceForm, now: datetime) -> NewDisruption:
    told = form.cleaned_data
    is_works = told["kind"] == "works"
    zone = ZoneInfo(of(Ground).time_zone)  # people type the hour of their clock
    begins_at = told["begins_at"].replace(tzinfo=zone) if is_works and told["begins_at"] else now
    ends_at = told["ends_at"].replace(tzinfo=zone) if is_works and told["ends_at"] else None
    return NewDisruption(
        told["kind"], (told["french_title"], told["english_title"]), (told["french"], told["english"]), told["affected"],
        begins_at, ends_at,
    )  # fmt: skip
