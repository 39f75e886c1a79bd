"""« Lettre de déblocage »: for who looks after an establishment, and has one of its people, locked out, in front of them."""

from django import forms
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from corneille.access.unlock import CODE_LASTS, LOST, WAYS
from corneille.desk.unlock_letter import ToUnlock, find_to_unlock, make_unlock_letter
from corneille.doors.web.errors import NOT_FOUND, show
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.portal.letters import answer_pdf
from corneille.doors.web.portal.sign_in import IDENTIFIER_LENGTH
from corneille.doors.web.step_up import fresh_proof
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.people.scope import list_managed

MISSING = (_("The password"), _("The second factor"), _("Both"))
"""In the order of `LOST`."""
SEEN = (_("I know them, and have them in front of me"), _("I have them in front of me, with an identity document"))
"""In the order of `WAYS`."""


NOBODY = _(
    "Nobody whom you look after has an active account under this name. Accounts of heads of school and of inspectors are "
    "unlocked by support, those of support and of security by an administrator."
)


class WhoForm(forms.Form):
    """Who stands there."""

    qui = forms.CharField(
        label=_("Identifier, mail address or NUMEN of the person"),
        max_length=IDENTIFIER_LENGTH,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Type the identifier, the mail address or the NUMEN of the person.")},
    )

    use_required_attribute = False


LOSS_NEEDED = _("Say what was lost: the letter stands for that alone.")


class SeenForm(forms.Form):
    """What they have lost, and how they were recognised."""

    lost = forms.ChoiceField(
        label=_("What has this person lost?"),
        choices=list(zip(LOST, MISSING, strict=True)),
        widget=forms.RadioSelect,
        error_messages={"required": LOSS_NEEDED, "invalid_choice": LOSS_NEEDED},
    )
    way = forms.ChoiceField(
        label=_("How did you make sure that it is this person?"),
        choices=list(zip(WAYS, SEEN, strict=True)),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you made sure: without that, no letter is made.")},
    )

    use_required_attribute = False

    def __init__(self, found: ToUnlock | None, typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        if found is not None:
            kept = [each for each in zip(LOST, MISSING, strict=True) if each[0] in found.losses]
            self.fields["lost"].choices = kept  # type: ignore[attr-defined]


@require_safe
@signed_in
def unlock(request: HttpRequest) -> HttpResponseBase:
    """Asks who; then, of one person (`?qui=`), how they were recognised."""
    if not list_managed(account_of(request), clock.now().date()):
        return show(request, NOT_FOUND)
    form = WhoForm(request.GET) if "qui" in request.GET else WhoForm()
    found = None
    if form.is_bound and form.is_valid():
        try:
            found = find_to_unlock(account_of(request), form.cleaned_data["qui"], clock.now())
        except Gone:
            form.add_error("qui", NOBODY)
    return _show(request, form, found, SeenForm(found))


@require_POST
@fresh_proof
def make(request: HttpRequest) -> HttpResponseBase:
    """The letter, as a PDF."""
    account, now, typed = account_of(request), clock.now(), request.POST.get("qui", "")
    found = find_to_unlock(account, typed, now)
    form = SeenForm(found, request.POST)
    if not form.is_valid():
        return _show(request, WhoForm({"qui": typed}), found, form)
    content = make_unlock_letter(account, found, form.cleaned_data["lost"], form.cleaned_data["way"], now)
    return answer_pdf(content, f"lettre-{found.person.identifier}")


def _show(request: HttpRequest, form: WhoForm, found: ToUnlock | None, seen: SeenForm) -> HttpResponseBase:
    told = {"form": form, "found": found, "person": found and found.person, "seen": seen, "days": CODE_LASTS.days}
    return render(request, "portal/unlock.html", told)
