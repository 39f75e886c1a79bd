"""« Activer mon compte »: who one is, by NUMEN, birth date and the letter's code; then the first password."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from corneille.access.activate import find_activating, finish_activation, prove_activation
from corneille.access.decide import Granted
from corneille.access.password import PasswordRefused
from corneille.doors.web.portal import words
from corneille.doors.web.portal.attempt import make_attempt
from corneille.doors.web.portal.password import TICKET as STRENGTH
from corneille.doors.web.portal.password import NewPasswordForm
from corneille.doors.web.portal.refusal import describe_refusal
from corneille.doors.web.portal.sign_in import IDENTIFIER_LENGTH
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.people.find import find_person

ACTIVATION = "activation"


class LetterForm(forms.Form):
    """What stands in a letter of the establishment, and what its person knows."""

    identifier = forms.CharField(
        label=_("NUMEN or identifier"),
        max_length=IDENTIFIER_LENGTH,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type your NUMEN, or the identifier of the letter.")},
    )
    birth_on = forms.DateField(
        label=_("Birth date"),
        widget=forms.DateInput({"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={"required": _("Give your birth date."), "invalid": _("This is not a date, such as 1985-03-17.")},
    )
    code = forms.CharField(
        label=_("Code of the letter"),
        help_text=_("Eight letters and digits, such as K7RM-2QWX. Capitals and the dash do not matter."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Type the code of the letter.")},
    )

    use_required_attribute = False


def read_letter(request: HttpRequest) -> LetterForm:
    """What was typed; before that, the code that came with the letter's QR code (`?code=`)."""
    offered = {"code": request.GET.get("code", "")[:40]}
    return LetterForm(request.POST) if request.method == "POST" else LetterForm(initial=offered)


@sensitive_post_parameters("code", "identifier")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """First step: what the letter says."""
    form = read_letter(request)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        attempt = make_attempt(request, typed["identifier"], typed["code"], door="activation")
        outcome = prove_activation(attempt, typed["birth_on"])
        if isinstance(outcome.decision, Granted) and outcome.ticket is not None:
            request.session[ACTIVATION] = request.session[STRENGTH] = outcome.ticket
            return redirect("portal:activate_password")
        context |= describe_refusal(request, outcome, words.explain_letter)
    return render(request, "portal/activate.html", context)


@sensitive_post_parameters("new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest) -> HttpResponseBase:
    """Second step: the identifier is shown, the password chosen; then one signs in, and the first steps follow."""
    ticket, now = request.session.get(ACTIVATION), clock.now()
    account = find_activating(ticket, now) if ticket is not None else None
    if ticket is None or account is None:
        return redirect("portal:activate")
    form = NewPasswordForm(request.POST) if request.method == "POST" else NewPasswordForm()
    if form.is_bound and form.is_valid():
        try:
            finish_activation(ticket, form.cleaned_data["new"], now)
        except PasswordRefused as refused:
            for reason in refused.reasons:
                form.add_error("new", words.explain_password(reason))
        except Gone:
            del request.session[ACTIVATION]
            messages.error(request, _now("This activation cannot be finished: begin again with the letter."))
            return redirect("portal:activate")
        else:
            del request.session[ACTIVATION]
            messages.success(request, _now("Your account is active. Sign in with your identifier and your new password."))
            return redirect("/connexion?next=/premiers-pas")
    return render(request, "portal/activate_password.html", {"form": form, "person": find_person(account)})
