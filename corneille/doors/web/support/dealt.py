"""A request as who answers it sees it."""

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
from corneille.doors.web.support.words import REFUSED
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.support.answer import answer
from corneille.support.decide import Act
from corneille.support.escalate import escalate
from corneille.support.note import add_note
from corneille.support.request import NOTE, open_at_desk
from corneille.support.step import TEXT_LENGTH, RequestRefused

DONE: dict[str, Promise] = {
    Act.TAKE: _("You look after it now."),
    Act.ANSWER: _("Your answer has gone."),
    Act.ASK: _("Your question has gone; the request waits for the person."),
    Act.SOLVE: _("The person is told that it is solved; they can open it again for seven days."),
    Act.ESCALATE: _("Handed on: the next level and the person are told."),
    NOTE: _("Noted, for support alone."),
}


class AnswerForm(forms.Form):
    """A message to the person."""

    text = forms.CharField(
        label=_("Your message"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 5}),
        help_text=_("The person reads it, and whoever looks after the request later. Never ask for a password."),
    )  # fmt: skip

    use_required_attribute = False


class HandForm(forms.Form):
    """A word for the next level."""

    word = forms.CharField(
        label=_("A word for the next level"), required=False, max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 3}),
        help_text=_("What you have tried. The person reads it too."),
    )  # fmt: skip

    use_required_attribute = False


class NoteForm(forms.Form):
    """A word among agents."""

    note = forms.CharField(
        label=_("Your note"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Facts that help to solve it. The person does not see it on their page; they have it in the copy of their "
            "data, which the law gives them."
        ),
    )  # fmt: skip

    use_required_attribute = False


WRITTEN = frozenset({Act.ANSWER, Act.ASK, Act.SOLVE})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def dealt(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """POST with `do`: an act of an agent, with its text, or a note."""
    account, now, done = account_of(request), clock.now(), request.POST.get("do", "")
    page = open_at_desk(account, request_id, now)
    form = AnswerForm(request.POST if done in WRITTEN else None)
    hand_form = HandForm(request.POST if done == Act.ESCALATE else None)
    note_form = NoteForm(request.POST if done == NOTE else None)
    act = _choose(done, form, hand_form, note_form)
    if act is not None:
        try:
            act(account, request_id, now)
        except RequestRefused as refused:
            messages.warning(request, str(REFUSED[str(refused.data["reason"])]))
        else:
            messages.success(request, str(DONE[done]))
        return redirect("support:dealt", request_id)
    context = {
        "page": page,
        "line": page.line,
        "may": {each.value for each in page.acts},
        "is_mine": page.agent == account,
        "form": form,
        "hand_form": hand_form,
        "note_form": note_form,
        "diagnosis": tell_diagnosis(page.diagnosis),
        "refused": [tell_tried(each) for each in page.diagnosis.refused],
    }
    return render(request, "support/dealt.html", context)


def _choose(
    done: str, form: AnswerForm, hand_form: HandForm, note_form: NoteForm
) -> Callable[[AccountId, int, datetime], object] | None:
    """What was asked for, where it is complete."""
    if done in WRITTEN and form.is_valid():
        return lambda account, number, now: answer(account, number, Act(done), form.cleaned_data["text"], now)
    if done == Act.TAKE:
        return lambda account, number, now: answer(account, number, Act.TAKE, "", now)
    if done == Act.ESCALATE and hand_form.is_valid():
        return lambda account, number, now: escalate(account, number, hand_form.cleaned_data["word"], now)
    if done == NOTE and note_form.is_valid():
        return lambda account, number, now: add_note(account, number, note_form.cleaned_data["note"], now)
    return None
