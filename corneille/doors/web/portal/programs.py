"""« Configurer mon logiciel de messagerie »: what to type, where, and the app password to type with it."""

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from corneille.access.app_password import create_app_password, list_app_passwords, revoke_app_password
from corneille.access.offer import read_offer
from corneille.access.program_settings import Programs
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, person_of, signed_in
from corneille.doors.web.qr import draw_qr
from corneille.doors.web.step_up import fresh_to_change
from corneille.kernel import clock, settings
from corneille.wire.autoconfig.offer import Offer, Owner
from corneille.wire.autoconfig.transfer import format_transfer

LABEL_LENGTH = 60
MAIL, CALENDARS = frozenset({"imap", "smtp"}), frozenset({"dav"})
OPENS = {"all": MAIL | CALENDARS, "mail": MAIL, "calendars": CALENDARS}
LASTS: dict[str, timedelta | None] = {"": None, "month": timedelta(days=30), "year": timedelta(days=365)}


class LabelForm(forms.Form):
    """The name under which a person will recognise this app password in a year."""

    label = forms.CharField(
        label=_("On which program and device?"),
        help_text=_("For instance: Thunderbird at home, my phone."),
        max_length=LABEL_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Give it a name, so that you can recognise it later.")},
    )

    opens = forms.ChoiceField(
        label=_("What does it open?"),
        choices=[("all", _("Mail and calendars")), ("mail", _("Mail alone")), ("calendars", _("Calendars alone"))],
        initial="all",
        required=False,
    )
    lasts = forms.ChoiceField(
        label=_("Until when?"),
        choices=[("", _("Until it is revoked")), ("month", _("For a month: a borrowed device")), ("year", _("For a year"))],
        required=False,
    )

    use_required_attribute = False

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if not label.isprintable():
            raise forms.ValidationError(_("Use letters, digits and ordinary signs only."))
        return label


@dataclass(frozen=True, slots=True)
class Created:
    """An app password in clear, for the one answer that shows it; `qr` gives it to a phone, where it opens mail."""

    label: str
    secret: str
    qr: SafeString | None


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def programs(request: HttpRequest) -> HttpResponseBase:
    """The settings, the app passwords and the steps; a POST makes an app password and shows it once."""
    account, offer = account_of(request), read_offer()
    form = LabelForm(request.POST) if request.method == "POST" else LabelForm()
    created = None
    if form.is_bound and form.is_valid():
        label, now, lasts = form.cleaned_data["label"], clock.now(), LASTS[form.cleaned_data["lasts"]]
        scopes, until = OPENS[form.cleaned_data["opens"] or "all"], now + lasts if lasts is not None else None
        _id, secret = create_app_password(account, label, scopes, now, expires_at=until)
        qr = _draw_transfer(request, offer, secret) if scopes >= MAIL else None
        created, form = Created(label, secret, qr), LabelForm()
    context = {
        "form": form,
        "created": created,
        "app_passwords": list_app_passwords(account),
        "programs": settings.of(Programs),
        "dav_url": offer.dav_url,
        "profile_qr": draw_qr(offer.portal + reverse("setup:profile")),
    }
    return render(request, "portal/programs.html", context)


def _draw_transfer(request: HttpRequest, offer: Offer, secret: str) -> SafeString:
    person = person_of(request)
    assert person is not None
    return draw_qr(format_transfer(offer, Owner(person.display_name, person.principal_address), secret))


@require_POST
@signed_in
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Makes one app password worthless at once."""
    asked = id_of(request)
    revoke_app_password(account_of(request), asked, clock.now())
    messages.success(
        request, _now("It is revoked: the program that used it can no longer sign in.")
    )
    return redirect("portal:review" if request.POST.get("next") == reverse("portal:review") else "portal:programs")
