"""« Mot de passe oublié »: identifier, code from a recovery contact or a recovery code, new password; or a passkey and
the new password. Until the code, all read the same."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from corneille.access.attempt import Outcome
from corneille.access.containment import find_step
from corneille.access.decide import Granted, Refused
from corneille.access.facts import Containment
from corneille.access.passkey_sign_in import offer_sign_in
from corneille.access.password import PasswordRefused
from corneille.access.reset import ask_reset, finish_reset, prove_reset, prove_reset_by_passkey
from corneille.access.unlock import prove_unlock
from corneille.doors.web.portal import words
from corneille.doors.web.portal.activate import read_letter
from corneille.doors.web.portal.attempt import make_attempt
from corneille.doors.web.portal.password import TICKET, NewPasswordForm
from corneille.doors.web.portal.refusal import describe_refusal
from corneille.doors.web.portal.sign_in import IDENTIFIER_LENGTH, TOO_MANY_REQUESTS
from corneille.kernel import clock
from corneille.kernel.refusal import Gone

BACK = "reset_back"
TYPED = "reset_identifier"
"""Kept in the server-side session of somebody who is not signed in."""


class AskForm(forms.Form):
    """Who one is."""

    identifier = forms.CharField(
        label=_("Identifier, mail address or NUMEN"),
        max_length=IDENTIFIER_LENGTH,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type your identifier, your mail address or your NUMEN.")},
    )

    use_required_attribute = False


class CodeForm(forms.Form):
    """The code that arrived."""

    code = forms.CharField(
        label=_("Code received at a recovery contact, or one of your recovery codes"),
        help_text=_("Eight letters and digits, such as K7RM-2QWX. Capitals and the dash do not matter."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code.")},
    )

    use_required_attribute = False


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """First step: who? The answer is the same whoever is meant."""
    form = AskForm(request.POST) if request.method == "POST" else AskForm()
    if form.is_bound and form.is_valid():
        until = ask_reset(make_attempt(request, form.cleaned_data["identifier"], "", door="reset"))
        if until is not None:
            return _show_ask(request, form, {"slowed_until": until}, status=TOO_MANY_REQUESTS)
        request.session[TYPED] = form.cleaned_data["identifier"]
        return redirect("portal:forgotten_code")
    return _show_ask(request, form)


@require_POST
def prove_by_passkey(request: HttpRequest) -> HttpResponseBase:
    """A passkey in the place of identifier and code."""
    outcome = prove_reset_by_passkey(make_attempt(request, "", request.POST.get("answer", ""), door="reset"))
    if isinstance(outcome.decision, Refused):
        return _show_ask(request, AskForm(), describe_refusal(request, outcome, words.explain_refusal))
    return _go_on(request, outcome, "portal:forgotten")


def _show_ask(
    request: HttpRequest, form: AskForm, more: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponseBase:
    offered = offer_sign_in(make_attempt(request, "", "", door="reset"))
    return render(request, "portal/forgotten.html", {"form": form, "passkey": offered, **(more or {})}, status=status)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponseBase:
    """Second step: the code."""
    identifier = request.session.get(TYPED)
    if identifier is None:
        return redirect("portal:forgotten")
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        outcome = prove_reset(make_attempt(request, identifier, form.cleaned_data["code"], door="reset"))
        if isinstance(outcome.decision, Granted) and outcome.ticket is not None:
            del request.session[TYPED]
            return _go_on(request, outcome, "portal:forgotten")
        context |= describe_refusal(request, outcome, words.explain_code_refusal)
    return render(request, "portal/forgotten_code.html", context)


@sensitive_post_parameters("code", "identifier")
@require_http_methods(["GET", "HEAD", "POST"])
def prove_by_letter(request: HttpRequest) -> HttpResponseBase:
    """Who has lost every way: what the letter of the establishment says, and their birth date."""
    form = read_letter(request)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        outcome = prove_unlock(make_attempt(request, typed["identifier"], typed["code"], door="reset"), typed["birth_on"])
        if isinstance(outcome.decision, Granted) and outcome.ticket is not None:
            return _go_on(request, outcome, "portal:forgotten_letter")
        context |= describe_refusal(request, outcome, words.explain_letter)
    return render(request, "portal/forgotten_letter.html", context)


def _go_on(request: HttpRequest, outcome: Outcome, back: str) -> HttpResponseBase:
    """To the new password; `back`: where one begins again when the proof is good no more."""
    request.session[TICKET], request.session[BACK] = outcome.ticket, back
    return redirect("portal:forgotten_new")


@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponseBase:
    """Third step: the new password; then one signs in with it, and is shown what to review."""
    ticket = request.session.get(TICKET)
    if ticket is None:
        return redirect("portal:forgotten")
    form = NewPasswordForm(request.POST) if request.method == "POST" else NewPasswordForm()
    if form.is_bound and form.is_valid():
        try:
            account = finish_reset(ticket, form.cleaned_data["new"], clock.now())
        except PasswordRefused as refused:
            for reason in refused.reasons:
                form.add_error("new", words.explain_password(reason))
        except Gone:
            del request.session[TICKET]
            back = request.session.pop(BACK, "portal:forgotten")
            told = _now("The code is good no more: it was withdrawn, or too much time has passed. Begin again.")
            messages.error(request, told)
            return redirect(back)
        else:
            del request.session[TICKET]
            messages.success(request, _now("Your new password is set. Sign in with it."))
            is_free = find_step(account) is Containment.NONE
            return redirect(f"/connexion?next={'/mot-de-passe/revue' if is_free else '/reparer'}")
    return render(request, "portal/forgotten_new.html", {"form": form})
