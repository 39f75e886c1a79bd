"""« Demander de l'aide » for who is not signed in. What is answered is the same whatever is typed."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corneille.doors.web.network import network_address
from corneille.doors.web.portal.sign_in import IDENTIFIER_LENGTH
from corneille.doors.web.support.ask import REFERENCE_LENGTH
from corneille.doors.web.support.words import REFUSED, begin_text
from corneille.kernel import clock
from corneille.support.step import TEXT_LENGTH, RequestRefused
from corneille.support.unproved import ask_unproved

SENT = "envoyee"


class UnprovedForm(forms.Form):
    """Who one says to be, and what one says."""

    who = forms.CharField(
        label=_("Reference of the refusal, or your identifier"), max_length=IDENTIFIER_LENGTH,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The reference looks like AUTH-7F3K-92MX; your mail address or your NUMEN will do as well."),
        error_messages={"required": _("Type the reference, your identifier, your mail address or your NUMEN.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("What happens?"), max_length=TEXT_LENGTH, widget=forms.Textarea({"rows": 6}),
        help_text=_("What you wanted to do, what you see, since when. Never write a password: nobody needs it."),
    )  # fmt: skip
    cause = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    use_required_attribute = False


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unproved(request: HttpRequest) -> HttpResponseBase:
    """`?reference=`, `?cause=`: what the page on which one began has to say; `?envoyee`: it has gone."""
    begun = {"reference": request.GET.get("reference", "")[:REFERENCE_LENGTH], "cause": request.GET.get("cause", "")[:40]}
    if request.user.is_authenticated:
        return redirect(f"{reverse('support:ask')}?{urlencode(begun)}")
    if request.method != "POST" and SENT in request.GET:
        return render(request, "support/unproved_sent.html")
    first = {"who": begun["reference"], "cause": begun["cause"], "text": begin_text(begun["cause"])}
    form = UnprovedForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            ask_unproved(
                told["who"], told["text"], clock.now(), network_address=network_address(request), cause=told["cause"]
            )
        except RequestRefused as refused:
            form.add_error(None, str(REFUSED[str(refused.data["reason"])]))
        else:
            return redirect(f"{reverse('support:unproved')}?{SENT}")
    return render(request, "support/unproved.html", {"form": form})
