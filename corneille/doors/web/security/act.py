"""What an officer does on the page of an incident: judges, says what to say, ends. Who may not finds nothing there."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from corneille.doors.web.number import parse_number
from corneille.doors.web.person import account_of
from corneille.doors.web.security.words import VERDICTS
from corneille.doors.web.step_up import fresh_proof
from corneille.kernel import clock
from corneille.protection.cut_off_writer import cut_off_writer
from corneille.protection.steps import ADVICE_CHARS, IncidentRefused, close_incident, judge_incident, say


class VerdictForm(forms.Form):
    """What the message is."""

    verdict = forms.ChoiceField(label=_("What is it?"), choices=list(VERDICTS.items()), widget=forms.RadioSelect)

    use_required_attribute = False


class AdviceForm(forms.Form):
    """What people who are touched read."""

    french = forms.CharField(
        label=_("In French"), required=False, max_length=ADVICE_CHARS, widget=forms.Textarea({"rows": 4}),
        help_text=_("What to do for who clicked, whom to ask. Heads, technicians and those who got it read it."),
    )  # fmt: skip
    english = forms.CharField(
        label=_("In English"), required=False, max_length=ADVICE_CHARS, widget=forms.Textarea({"rows": 4})
    )

    use_required_attribute = False


REFUSED = {
    "over": _("This incident is over: nothing was changed."),
    "not-judged": _("Something that was reported is not judged yet: judge first. Nothing was changed."),
    "no-writer": _("Nobody here wrote it, or their account is closed already."),
    "asked": _("A removal is already under way."),
}


@require_POST
@fresh_proof
def judge(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """The verdict, and the marks that send to Junk what still arrives."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        messages.error(request, _now("Choose what it is: nothing was changed."))
        return redirect("security:incident", incident_id)
    try:
        refused = request.POST.getlist("marque")
        seen = parse_number(request.POST.get("vu", ""))
        waiting_count = judge_incident(
            incident_id, form.cleaned_data["verdict"], refused, clock.now(), by=account_of(request), seen=seen
        )
    except IncidentRefused as refusal:
        return refuse(request, incident_id, refusal)
    messages.success(request, _now("Judged. Everybody who reported it is being told."))
    if waiting_count:
        came = ngettext(
            "%(count)d report came while you were reading: it is not judged yet.",
            "%(count)d reports came while you were reading: they are not judged yet.",
            waiting_count,
        )
        messages.warning(request, came % {"count": waiting_count})
    return redirect("security:incident", incident_id)


@require_POST
@fresh_proof
def advise(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """What to say."""
    form = AdviceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _now("2,000 characters at most in each language: nothing was changed."))
        return redirect("security:incident", incident_id)
    say(incident_id, form.cleaned_data["french"], form.cleaned_data["english"], clock.now(), by=account_of(request))
    messages.success(request, _now("It is said."))
    return redirect("security:incident", incident_id)


@require_POST
@fresh_proof
def close(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """The end, told to all whom it touched."""
    done = _now("The incident is over, and everybody whom it touched is being told.")
    return carry_out(request, incident_id, close_incident, done)


@require_POST
@fresh_proof
def cut_off(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """Closes the account from which it was written."""
    done = _now("The account is closed to whoever was in it. Its owner is told how to come in again.")
    return carry_out(request, incident_id, cut_off_writer, done)


def carry_out(
    request: HttpRequest, incident_id: int, act: Callable[..., object], done: str
) -> HttpResponseBase:
    """Acts on the incident in the name of who asks, and says on its page that it is `done`, or why not."""
    try:
        act(incident_id, clock.now(), by=account_of(request))
    except IncidentRefused as refusal:
        return refuse(request, incident_id, refusal)
    messages.success(request, done)
    return redirect("security:incident", incident_id)


def refuse(request: HttpRequest, incident_id: int, refusal: IncidentRefused) -> HttpResponseBase:
    """Says why not, on the page."""
    messages.warning(request, str(REFUSED[str(refusal.data["reason"])]))
    return redirect("security:incident", incident_id)
