"""Proving again who one is before a sensitive act: the password or a passkey, through the same guard."""

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from corneille.access.decide import Granted, NeedsFactor
from corneille.access.facts import Proof
from corneille.access.passkey_sign_in import confirm_with_passkey, offer_sign_in
from corneille.access.sign_in import sign_in
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.attempt import make_attempt
from corneille.doors.web.portal.back import back_from
from corneille.doors.web.portal.sign_in import SECRET_LENGTH, begin_second_step
from corneille.doors.web.step_up import note_proof
from corneille.people.find import find_person

SECOND = "deuxieme"
"""The field that asks for a second proof after the password: another service wants one."""


class ConfirmForm(forms.Form):
    """The password again."""

    secret = forms.CharField(
        label=_("Password"),
        max_length=SECRET_LENGTH,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )

    use_required_attribute = False


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def confirm(request: HttpRequest) -> HttpResponseBase:
    """The page and its answer; then back to where the person was going."""
    person = find_person(account_of(request))
    assert person is not None
    wants_second = SECOND in request.GET or SECOND in request.POST
    by_passkey = make_attempt(request, "", request.POST.get("answer", ""), door="step-up")
    if by_passkey.secret:
        outcome = confirm_with_passkey(by_passkey, person.id)
        if outcome.account is not None:
            assert isinstance(outcome.decision, Granted)
            note_proof(request, by_passkey.now, outcome.decision.methods)
            return redirect(back_from(request))
        messages.error(request, _now("This passkey proves nothing here. Reference: %(reference)s") % {
            "reference": outcome.reference
        })  # fmt: skip
    form = ConfirmForm(request.POST) if request.method == "POST" and not by_passkey.secret else ConfirmForm()
    if form.is_bound and form.is_valid():
        attempt = make_attempt(request, person.identifier, form.cleaned_data["secret"], door="step-up")
        outcome = sign_in(replace(attempt, needs_second=wants_second))
        if wants_second and isinstance(outcome.decision, NeedsFactor) and outcome.ticket is not None:
            return begin_second_step(request, outcome, outcome.decision)
        if outcome.is_password_right:
            note_proof(request, attempt.now, {Proof.PASSWORD})
            return redirect(back_from(request))
        told = _now("This is not your password. Reference: %(reference)s") % {"reference": outcome.reference}
        form.add_error("secret", told)
    context = {
        "form": form,
        "person": person,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "wants_second": wants_second,
        "passkey": offer_sign_in(by_passkey, person.id),
    }
    return render(request, "portal/confirm.html", context)
