"""One person of a class: a pupil, or somebody responsible for one, added or corrected by hand."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corneille.classes.gate import open_class
from corneille.classes.make import ClassRefused
from corneille.classes.person import Which, find_said, put_guardian, put_pupil
from corneille.classes.pupil import NAME_CHARS, ROLE_CHARS, GuardianSaid, PupilSaid
from corneille.doors.web.classes.words import tell_refusal
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock

_TYPED = {"autocomplete": "off", "spellcheck": "false"}
FAULTY = {"name": "family_name", "pupil": "family_name", "address": "address"}


class PersonForm(forms.Form):
    """Name and address."""

    use_required_attribute = False

    family_name = forms.CharField(label=_("Family name"), max_length=NAME_CHARS, widget=forms.TextInput(_TYPED))
    given_name = forms.CharField(
        label=_("Given name"), max_length=NAME_CHARS, required=False, widget=forms.TextInput(_TYPED)
    )
    address = forms.CharField(
        label=_("Mail address"), max_length=320, required=False,
        widget=forms.TextInput({**_TYPED, "inputmode": "email", "autocapitalize": "off"}),
    )  # fmt: skip


class GuardianForm(PersonForm):
    """The same, and what they are to the pupil."""

    role = forms.CharField(
        label=_("Relation to the pupil"), max_length=ROLE_CHARS, required=False, widget=forms.TextInput(_TYPED),
        help_text=_("Such as mother, father, tutor."),
    )  # fmt: skip

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["family_name"].required = False
        self.fields["address"].required = True


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def pupil(request: HttpRequest, class_id: int, pupil_id: int = 0) -> HttpResponseBase:
    """Without a number one who is to be added."""
    return _keep(request, class_id, Which(pupil_id), PersonForm)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def guardian(request: HttpRequest, class_id: int, pupil_id: int, guardian_id: int = 0) -> HttpResponseBase:
    """Without a number of theirs one who is to be added."""
    return _keep(request, class_id, Which(pupil_id, guardian_id), GuardianForm)


def _keep(request: HttpRequest, class_id: int, which: Which, kind: type[PersonForm]) -> HttpResponseBase:
    """The form of one person; a POST keeps what it says."""
    now, account = clock.now(), account_of(request)
    opened = open_class(account, class_id, now)
    child, responsible = find_said(class_id, which)
    kept = child if which.guardian is None else responsible
    form = kind(request.POST or None, initial=asdict(kept) if kept is not None else {})
    if form.is_valid():
        try:
            if which.guardian is None:
                put_pupil(account, class_id, which.pupil, PupilSaid(**form.cleaned_data), now)
            else:
                put_guardian(account, class_id, which, GuardianSaid(**form.cleaned_data), now)
        except ClassRefused as refused:
            form.add_error(FAULTY.get(str(refused.data["reason"])), tell_refusal(refused))
        else:
            messages.success(request, _now("The class is up to date."))
            return redirect("classes:school_class", class_id)
    context = {"form": form, "class": opened, "pupil": child, "person": kept, "which": which}
    return render(request, "classes/person.html", context, status=422 if form.errors else 200)
