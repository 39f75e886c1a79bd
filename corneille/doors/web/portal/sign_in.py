"""Signing in: one form, one operation, and for every refusal the reason that may be told and the way out."""

from collections.abc import Mapping
from typing import assert_never

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, NeedsFactor, Refused
from corneille.access.passkey_sign_in import offer_sign_in, sign_in_with_passkey
from corneille.access.session import register_session
from corneille.access.sign_in import sign_in as decide_sign_in
from corneille.doors.web import step_up
from corneille.doors.web.backend import Sessions
from corneille.doors.web.cookies import DEVICE_AGE_S, DEVICE_COOKIE
from corneille.doors.web.portal import words
from corneille.doors.web.portal.attempt import make_attempt
from corneille.doors.web.portal.back import back_from
from corneille.doors.web.portal.refusal import describe_refusal

IDENTIFIER_LENGTH = 320
"""The longest address (RFC 5321 §4.5.3.1); no identifier or NUMEN comes near it."""
SECRET_LENGTH = 1024
TOO_MANY_REQUESTS = 429
SECOND_STEP = "second_step"
"""Where the session of somebody who is not signed in keeps the ticket between the two proofs."""


class SignInForm(forms.Form):
    """Identifier and password together, as password managers expect them."""

    identifier = forms.CharField(
        label=_("Identifier, mail address or NUMEN"),
        max_length=IDENTIFIER_LENGTH,
        widget=forms.TextInput(
            {"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={
            "required": _("Type your identifier, your mail address or your NUMEN."),
            "max_length": _("This is longer than any identifier, mail address or NUMEN."),
        },
    )
    secret = forms.CharField(
        label=_("Password"),
        max_length=SECRET_LENGTH,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={
            "required": _("Type your password."),
            "max_length": _("This is longer than any password accepted here."),
        },
    )

    use_required_attribute = False  # our own words, with the fields named, say more than the browser's bubble


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page and its answer. A person who is signed in already goes on at once."""
    if request.method != "POST":
        if request.user.is_authenticated:
            return redirect(back_from(request))
        return _show(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        form.fields["identifier"].widget.attrs.pop("autofocus", None)
        return _show(request, form)
    typed = form.cleaned_data
    attempt = make_attempt(request, typed["identifier"], typed["secret"])
    return _answer(request, decide_sign_in(attempt), attempt)


@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey in the place of identifier and password."""
    attempt = make_attempt(request, "", request.POST.get("answer", ""))
    return _answer(request, sign_in_with_passkey(attempt), attempt)


def _answer(request: HttpRequest, outcome: Outcome, attempt: Attempt) -> HttpResponse:
    match outcome.decision:
        case Granted():
            return let_in(request, outcome, attempt, back_from(request))
        case NeedsFactor() as needs:
            return begin_second_step(request, outcome, needs)
        case Refused() as refused:
            shown = describe_refusal(request, outcome, words.explain_refusal)
            status = TOO_MANY_REQUESTS if refused.until is not None else 200
            return _show(request, _emptied(attempt.identifier), shown, status)
        case _ as never:
            assert_never(never)


def begin_second_step(request: HttpRequest, outcome: Outcome, needs: NeedsFactor) -> HttpResponse:
    """The password is right: the next page asks for the second proof; until then it opens nothing."""
    request.session[SECOND_STEP] = {
        "ticket": outcome.ticket, "kinds": list(needs.kinds), "why": needs.why.value, "back": back_from(request)
    }  # fmt: skip
    return redirect("portal:second_step")


def let_in(request: HttpRequest, outcome: Outcome, attempt: Attempt, back: str) -> HttpResponse:
    """Opens the session of somebody whom the guard has granted, and sets the device's cookie."""
    assert outcome.account is not None
    account = Sessions().get_user(outcome.account)
    assert account is not None, "access grants only what is active"
    auth.login(request, account, backend="corneille.doors.web.backend.Sessions")
    assert request.session.session_key is not None, "login has just given it a key"
    register_session(
        outcome.account,
        request.session.session_key,
        network_address=attempt.network_address,
        program=attempt.program,
        now=attempt.now,
    )
    assert isinstance(outcome.decision, Granted)
    step_up.note_proof(request, attempt.now, outcome.decision.methods)
    response = redirect(back)
    if outcome.device is not None:
        response.set_cookie(
            DEVICE_COOKIE, outcome.device, max_age=DEVICE_AGE_S, secure=True, httponly=True, samesite="Lax"
        )
    return response


def _emptied(identifier: str) -> SignInForm:
    """The form again: what was typed stays, but never the password, where one starts typing."""
    form = SignInForm(initial={"identifier": identifier})
    del form.fields["identifier"].widget.attrs["autofocus"]
    return form


def _show(
    request: HttpRequest, form: SignInForm, refusal: Mapping[str, object] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **(refusal or {}),
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "passkey": offer_sign_in(make_attempt(request, "", "")),
        "has_left": "parti" in request.GET and refusal is None,
    }
    return render(request, "portal/sign_in.html", context, status=status)
