"""Changing one's password: the present one is proved through the same guard as a sign-in."""

from django import forms
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from corneille.access.attempt import Outcome
from corneille.access.decide import Refused
from corneille.access.device import find_device
from corneille.access.doubt import is_owners
from corneille.access.facts import Proof
from corneille.access.password import PasswordRefused, set_password
from corneille.access.password_life import find_life
from corneille.access.reason import Reason
from corneille.access.session import register_session
from corneille.access.sign_in import sign_in
from corneille.doors.web.backend import Sessions
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal import words
from corneille.doors.web.portal.attempt import make_attempt
from corneille.doors.web.portal.sign_in import SECRET_LENGTH
from corneille.doors.web.step_up import read_proofs
from corneille.kernel import clock
from corneille.people.find import find_person

TICKET = "reset_ticket"
"""In the session of somebody who chooses a new password after a code: `forgotten`."""


def _secret(label: object, autocomplete: str, attributes: dict[str, str], **more: object) -> forms.CharField:
    widget = forms.PasswordInput({"autocomplete": autocomplete, **attributes})
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        max_length=SECRET_LENGTH,
        strip=False,
        widget=widget,
        **more,  # type: ignore[arg-type]
    )


class NewPasswordForm(forms.Form):
    """The new one twice; its strength is told while it is typed, where scripts run."""

    new = _secret(
        _("New password"),
        "new-password",
        {"passwordrules": "minlength: 12; maxlength: 128;", "data-strength": "/mot-de-passe/force"},
        help_text=_(
            "12 characters at least. A sentence that only you would say works well; "
            "so does a password manager."
        ),
    )
    again = _secret(_("New password, once more"), "new-password", {})

    use_required_attribute = False

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("The two new passwords are not the same."))
        return again


class PasswordForm(NewPasswordForm):
    """The present password, then the new one twice."""

    present = _secret(_("Present password"), "current-password", {})
    field_order = ("present", "new", "again")


@sensitive_post_parameters("present", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password(request: HttpRequest) -> HttpResponseBase:
    """The page and its answer; this session goes on, the others end."""
    form = PasswordForm(request.POST) if request.method == "POST" else PasswordForm()
    if form.is_bound and form.is_valid() and _change(request, form):
        messages.success(request, _now("Your password is changed. Your other sessions have been ended."))
        return redirect("portal:activity")
    account = account_of(request)
    context = {"form": form, "person": find_person(account), "life": find_life(account, clock.now())}
    return render(request, "portal/password.html", context)


def _change(request: HttpRequest, form: PasswordForm) -> bool:
    account = account_of(request)
    person = find_person(account)
    assert person is not None
    attempt = make_attempt(request, person.identifier, form.cleaned_data["present"], door="step-up")
    outcome = sign_in(attempt)
    if not outcome.is_password_right:
        form.add_error("present", _explain(outcome))
        return False
    proved = set(read_proofs(request)[1]) - {Proof.PASSWORD.value}
    is_proved = bool(proved) or is_owners(account, find_device(attempt.device, account, attempt.now), attempt.now)
    try:
        set_password(
            account, form.cleaned_data["new"], attempt.now, old=form.cleaned_data["present"], is_proved=is_proved
        )
    except PasswordRefused as refused:
        for reason in refused.reasons:
            form.add_error("new", words.explain_password(reason))
        return False
    renewed = Sessions().get_user(account)
    assert renewed is not None
    auth.update_session_auth_hash(request, renewed)  # under a new key, which the tables do not know yet
    assert request.session.session_key is not None
    register_session(
        account,
        request.session.session_key,
        network_address=attempt.network_address,
        program=attempt.program,
        now=attempt.now,
    )
    return True


def _explain(outcome: Outcome) -> str:
    """Why the present password is refused: it does not match, or it opens nothing, and then what does."""
    assert isinstance(outcome.decision, Refused)
    told = _now("The present password does not match.")
    if outcome.decision.reason is not Reason.WRONG:
        told = ". ".join(words.explain_refusal(outcome.decision))
    return f"{told} " + _now("Reference: %(reference)s") % {"reference": outcome.reference}


@require_safe
def well_known(request: HttpRequest) -> HttpResponse:
    """Where password managers look for this page (W3C, « A Well-Known URL for Changing Passwords »)."""
    return redirect("portal:password")
