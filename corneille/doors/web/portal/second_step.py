"""« Deuxième étape »: the second proof, by whichever kind the person has at hand."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from corneille.access.decide import Granted, Refused
from corneille.access.factor import find_next_number
from corneille.access.reason import Why
from corneille.access.second_step import offer_second_key, prove_second, send_second_code
from corneille.access.ticket import find_holder
from corneille.doors.web.portal import words
from corneille.doors.web.portal.attempt import make_attempt
from corneille.doors.web.portal.refusal import describe_refusal
from corneille.doors.web.portal.sign_in import SECOND_STEP, TOO_MANY_REQUESTS, let_in


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponseBase:
    """One kind at a time (`?par=`); a POST brings a code, or asks that one be sent to the recovery contacts."""
    kept = request.session.get(SECOND_STEP)
    if kept is None:
        return redirect("portal:sign_in")
    asked = request.POST.get("par") or request.GET.get("par") or ""
    kind = asked if asked in kept["kinds"] else kept["kinds"][0]
    attempt = make_attempt(request, "", request.POST.get("answer") or request.POST.get("code", ""))
    attempt = replace(attempt, needs_second=kept["why"] == Why.SERVICE)
    refusal: dict[str, object] = {}
    status = 200
    if request.method == "POST" and "envoyer" in request.POST:
        if not send_second_code(kept["ticket"], attempt):
            return _start_again(request)
        messages.success(request, _("A code is on its way to your recovery contacts."))
    elif request.method == "POST":
        outcome = prove_second(kept["ticket"], kind, attempt)
        if outcome is None:
            return _start_again(request)
        if isinstance(outcome.decision, Granted):
            del request.session[SECOND_STEP]
            return let_in(request, outcome, attempt, kept["back"])
        if isinstance(outcome.decision, Refused):
            refusal = describe_refusal(request, outcome, words.explain_refusal)
            status = TOO_MANY_REQUESTS if outcome.decision.until is not None else 200
    holder = find_holder(kept["ticket"])
    context = {
        "kind": kind,
        "label": words.name_kind(kind),
        "others": [(each, words.name_kind(each)) for each in kept["kinds"] if each != kind],
        "why": words.explain_why_second(kept["why"]),
        "passkey": offer_second_key(kept["ticket"], attempt) if kind == "webauthn" else None,
        "number": find_next_number(holder) if kind == "printed" and holder is not None else None,
        **refusal,
    }
    return render(request, "portal/second_step.html", context, status=status)


def _start_again(request: HttpRequest) -> HttpResponseBase:
    del request.session[SECOND_STEP]
    messages.error(request, _("Too much time has passed since the password: type it again."))
    return redirect("portal:sign_in")
