"""« Demander de l'aide »: a matter, a few words, and what auto-dépannage knows already."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corneille.access.reference import parse_reference
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.support.about import tell_diagnosis
from corneille.doors.web.support.words import MATTERS, REFUSED, begin_text, tell_usual
from corneille.kernel import clock
from corneille.support.delay import find_usual_delay
from corneille.support.diagnosis import take_diagnosis
from corneille.support.open_request import NewRequest, list_places, open_request
from corneille.support.route import Matter
from corneille.support.step import TEXT_LENGTH, RequestRefused

REFERENCE_LENGTH = 40


class AskForm(forms.Form):
    """What a person says; `uai` only for who works in several places."""

    matter = forms.ChoiceField(label=_("What is it about?"), choices=list(MATTERS.items()), widget=forms.RadioSelect)
    uai = forms.ChoiceField(label=_("In which establishment?"), required=False)
    text = forms.CharField(
        label=_("What happens?"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 6}),
        help_text=_("What you wanted to do, what you see, since when. Never write a password: nobody needs it."),
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Reference of a refusal"), required=False, max_length=REFERENCE_LENGTH,
        help_text=_("If you were given one. It looks like AUTH-7F3K-92MX."),
    )  # fmt: skip
    consents = forms.BooleanField(
        label=_("Who deals with my request may look at the sheet of my account"), required=False,
        help_text=_("It has no password and nothing of your mail. You see each look in the journal of your account, and "
                    "can take this back."),
    )  # fmt: skip
    cause = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    use_required_attribute = False

    def __init__(self, *args: object, places: list[tuple[str, str]], **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]
        if len(places) > 1:
            self.fields["uai"].choices = places  # type: ignore[attr-defined]
        else:
            del self.fields["uai"]

    def clean_reference(self) -> str:
        typed: str = self.cleaned_data["reference"]
        if typed and parse_reference(typed) is None:
            raise forms.ValidationError(_now("This is not a reference: they look like AUTH-7F3K-92MX."))
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: HttpRequest) -> HttpResponseBase:
    """`?reference=`, `?cause=`, `?sujet=`: what the page on which one began has to say."""
    account, now = account_of(request), clock.now()
    begun = {"reference": request.GET.get("reference", "")[:REFERENCE_LENGTH], "cause": request.GET.get("cause", "")[:40]}
    begun["text"] = begin_text(begun["cause"])
    begun["matter"] = request.GET.get("sujet") or (Matter.SIGN_IN.value if begun["reference"] or begun["cause"] else "")
    form = AskForm(request.POST if request.method == "POST" else None, initial=begun, places=list_places(account, now))
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        new = NewRequest(
            Matter(told["matter"]), told["text"], told.get("uai", ""), told["reference"], told["cause"], told["consents"]
        )
        try:
            number = open_request(account, new, now)
        except RequestRefused as refused:
            form.add_error(None, str(REFUSED[str(refused.data["reason"])]))
        else:
            messages.success(request, _now("Your request has gone. You will be told of each step."))
            return redirect("support:own", number)
    context = {
        "form": form,
        "usual": tell_usual(find_usual_delay(None, now)),
        "diagnosis": tell_diagnosis(take_diagnosis(account, now)),
    }
    return render(request, "support/ask.html", context)
