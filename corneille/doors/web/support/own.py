"""One's own request: the exchanges, where it stands, and what one can do with it."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.support.about import tell_diagnosis, tell_tried
from corneille.doors.web.support.words import REFUSED, SATISFACTIONS, tell_usual
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.support.decide import Act
from corneille.support.delay import find_usual_delay
from corneille.support.reply import WORD_LENGTH, rate, reopen, reply, set_consent, withdraw
from corneille.support.request import open_own
from corneille.support.step import TEXT_LENGTH, RequestRefused

SAID = {"reply": reply, "reopen": reopen}
DONE: dict[str, Promise] = {
    "reply": _("Your reply has gone."),
    "reopen": _("Your request is open again."),
    "withdraw": _("Your request is closed."),
    "rate": _("Thank you. Your request is closed."),
    "agree": _("Noted: who deals with your request may look at the sheet of your account."),
    "disagree": _("Noted: nobody may look at the sheet of your account without a reason of their own any more."),
}


class WordForm(forms.Form):
    """A message."""

    text = forms.CharField(label=_("Your message"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 5}))

    use_required_attribute = False


class RateForm(forms.Form):
    """How it went."""

    how = forms.ChoiceField(label=_("How did it go?"), choices=list(SATISFACTIONS.items()), widget=forms.RadioSelect)
    word = forms.CharField(
        label=_("A word, if you like"), required=False, max_length=WORD_LENGTH, widget=forms.Textarea({"rows": 2})
    )

    use_required_attribute = False


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def own(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """POST with `do`: reply, reopen, withdraw, rate, agree, disagree."""
    account, now, done = account_of(request), clock.now(), request.POST.get("do", "")
    page = open_own(account, request_id, now)
    word_form = WordForm(request.POST if done in SAID else None)
    rate_form = RateForm(request.POST if done == "rate" else None)
    act = _choose(done, word_form, rate_form)
    if act is not None:
        try:
            act(account, request_id, now)
        except RequestRefused as refused:
            messages.warning(request, str(REFUSED[str(refused.data["reason"])]))
        else:
            messages.success(request, str(DONE[done]))
        return redirect("support:own", request_id)
    context = {
        "page": page,
        "line": page.line,
        "may": {act.value for act in page.acts},
        "says": "reopen" if Act.REOPEN in page.acts else "reply" if Act.REPLY in page.acts else "",
        "word_form": word_form,
        "rate_form": rate_form,
        "usual": tell_usual(find_usual_delay(page.line.level, now)),
        "diagnosis": tell_diagnosis(page.diagnosis),
        "refused": [tell_tried(each) for each in page.diagnosis.refused],
    }
    return render(request, "support/own.html", context)


def _choose(done: str, word: WordForm, how: RateForm) -> Callable[[AccountId, int, datetime], None] | None:
    """What was asked for, where it is complete."""
    if done in SAID and word.is_valid():
        return lambda account, number, now: SAID[done](account, number, word.cleaned_data["text"], now)
    if done == "rate" and how.is_valid():
        told = how.cleaned_data
        return lambda account, number, now: rate(account, number, told["how"], told["word"], now)
    if done == "withdraw":
        return withdraw
    if done in {"agree", "disagree"}:
        return lambda account, number, now: set_consent(account, number, now, agrees=done == "agree")
    return None
