"""The sheet of an account: it asks why first; and the code that a caller reads out."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.words import explain_reason, name_door
from corneille.doors.web.step_up import fresh_proof, fresh_to_change
from corneille.doors.web.support.about import CONTAINMENTS, tell_sheet
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.notices.right_words import NAMES as NAMES_OF_RIGHTS
from corneille.notices.words import explain_reason as explain_containment
from corneille.support.caller import check_caller, send_caller_code
from corneille.support.sheet import REASON_LENGTH, Closed, Sheet, find_sheet, look_up, may_look_up, open_sheet

TYPED_LENGTH = 320
NOT_PROVED = _(
    "This is not the code, or it is used or older than ten minutes. Ask the person for a new one; until then you do not "
    "know who calls."
)


class ReasonForm(forms.Form):
    """Why somebody looks."""

    reason = forms.CharField(
        label=_("Why do you look at this account?"), max_length=REASON_LENGTH,
        help_text=_("The person reads it in the journal of their account, with your name."),
    )  # fmt: skip

    use_required_attribute = False

    def __init__(self, *args: object, has_agreed: bool, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        self.fields["reason"].required = not has_agreed


@require_safe
@signed_in
def find(request: HttpRequest) -> HttpResponseBase:
    """`?q=`: an identifier, an address or a NUMEN; who is not there and who is none of yours read alike."""
    account, now, typed = account_of(request), clock.now(), request.GET.get("q", "")[:TYPED_LENGTH]
    if not may_look_up(account, now):
        return show(request, NOT_FOUND)
    if typed:
        try:
            return redirect("support:sheet", look_up(account, typed, now))
        except Gone:
            return render(request, "support/find.html", {"typed": typed, "is_none": True})
    return render(request, "support/find.html", {"typed": ""})


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def sheet(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """GET shows it while it is open, else asks why; POST opens it."""
    agent, account, now = account_of(request), AccountId(account_id), clock.now()
    found = find_sheet(agent, account, now)
    has_agreed = isinstance(found, Closed) and found.has_agreed
    form = ReasonForm(request.POST if request.method == "POST" else None, has_agreed=has_agreed)
    if form.is_bound and form.is_valid():
        open_sheet(agent, account, form.cleaned_data["reason"], now)
        return redirect("support:sheet", account_id)
    if not isinstance(found, Sheet):
        return render(request, "support/closed_sheet.html", {"closed": found, "form": form})
    context = {
        "sheet": found,
        "told": tell_sheet(found),
        "rights": [(NAMES_OF_RIGHTS[each.right], each) for each in found.rights],
        "attempts": [(each, name_door(each.door), explain_reason(each.reason)) for each in found.attempts],
        "contained": [
            (each, CONTAINMENTS[each.step], explain_containment(each.reason, each.evidence)) for each in found.contained
        ],
    }
    return render(request, "support/sheet.html", context)


@require_POST
@fresh_proof
def check(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The code that the caller reads out: where it is right, the sheet opens."""
    if check_caller(account_of(request), AccountId(account_id), request.POST.get("code", ""), clock.now()):
        messages.success(request, _now("The code is right: it is this person who calls."))
    else:
        messages.error(request, str(NOT_PROVED))
    return redirect("support:sheet", account_id)


@require_POST
@fresh_proof
def send(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """Sends a code to the person's verified contacts."""
    if send_caller_code(account_of(request), AccountId(account_id), clock.now()):
        messages.success(request, _now("A code is on its way to the person’s recovery contacts."))
    else:
        messages.warning(request, _now("No code was sent: there is no verified contact, or one was sent a moment ago."))
    return redirect("support:sheet", account_id)
