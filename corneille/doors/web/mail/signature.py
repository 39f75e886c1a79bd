"""The signature: written once on its page; below each letter, unless its writer chooses the other one or none.

It stands outside the text that is being written, so that nobody damages it, and a draft keeps the choice alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from corneille.doors.web.mail.gate import open_mail
from corneille.doors.web.mail.opened import Opened
from corneille.doors.web.mail.side import read_side
from corneille.doors.web.person import signed_in
from corneille.kernel import clock
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.signature import LANGUAGES, LINES, SignatureRefused, list_signatures, write_signature
from corneille.mail.values import MailAccount

MARK = "X-Corneille-Signature"
NONE = "aucune"
"""Of the form's field, and of the draft's mark."""
NAMES: dict[str, Promise] = {"fr": _("In French"), "en": _("In English"), NONE: _("None")}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the form offers: `value` of its field, its name, the text."""

    value: str
    name: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """The signatures that there are, by language, and which one the letter has; NONE: none of them."""

    texts: Mapping[str, str]
    chosen: str

    @property
    def text(self) -> str:
        """What stands below the letter."""
        return self.texts.get(self.chosen, "")

    @property
    def marks(self) -> tuple[tuple[str, str], ...]:
        """What a draft keeps of it."""
        return ((MARK, self.chosen),) if self.texts else ()

    def list_choices(self) -> list[Choice]:
        """Those of the form, none last; empty where nothing was written yet."""
        values = [*self.texts, NONE] if self.texts else []
        return [Choice(each, str(NAMES[each]), self.texts.get(each, ""), each == self.chosen) for each in values]


def find_signed(
    account: MailAccount, asked: Mapping[str, str], draft: Opened | None, language: str, *, is_form: bool
) -> Signed:
    """What the form says, or else the draft; a new letter has the one of its writer's language, or the only one.

    A draft of another program holds its own already: it gets none.
    """
    texts = list_signatures(account)
    if is_form:
        chosen = asked.get("signature", "")
    elif draft is not None:
        chosen = draft.headers.text(MARK).strip()
    else:
        chosen = language if language in texts else next(iter(texts), NONE)
    return Signed(texts, chosen if chosen in texts else NONE)


class SignatureForm(forms.Form):
    """One text for each language; either may be left empty."""

    fr = forms.CharField(
        label=_("In French"), required=False, strip=False, widget=forms.Textarea({"rows": 6, "lang": "fr"})
    )
    en = forms.CharField(
        label=_("In English"), required=False, strip=False, widget=forms.Textarea({"rows": 6, "lang": "en"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def signature(request: HttpRequest) -> HttpResponseBase:
    """The page; on POST keeps both."""
    account = open_mail(request)
    if request.method != "POST":
        return _show(request, account, SignatureForm(initial=list_signatures(account)))
    form = SignatureForm(request.POST)
    if form.is_valid():
        for language in LANGUAGES:
            try:
                write_signature(account, language, form.cleaned_data[language], clock.now())
            except SignatureRefused as refused:
                form.add_error(language, _explain(refused))
    if form.errors:
        return _show(request, account, form, status=422)
    messages.success(request, _now("Your signature is kept: new letters and answers have it at their end."))
    return redirect("mail:signature")


def _show(request: HttpRequest, account: MailAccount, form: SignatureForm, *, status: int = 200) -> HttpResponseBase:
    context = {
        "side": read_side(request, account), "page": "signature", "form": form, "lines_count": LINES,
        "chars_count": of(MailSettings).signature_chars_count,
    }  # fmt: skip
    return render(request, "mail/signature.html", context, status=status)


def _explain(refused: SignatureRefused) -> str:
    limit = refused.data["limit"]
    if refused.data["reason"] == "lines":
        return _now("A signature has %(limit)s lines at most: put several things on one line.") % {"limit": limit}
    return _now("A signature has %(limit)s characters at most.") % {"limit": limit}
