"""« Mes coordonnées de secours »: where one is reached when the account does not open, and why that matters."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from corneille.access.device import find_device, is_home
from corneille.access.recovery_contact import (
    ContactRefused,
    add_contact,
    drop_contact,
    list_contacts,
    send_code,
    verify_contact,
)
from corneille.doors.web.cookies import DEVICE_COOKIE
from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.doors.web.step_up import fresh_to_change
from corneille.kernel import clock

WHY_NOT = {
    "shape": _("This is not a complete mail address, such as marie@example.org."),
    "own-domain": _("This address is the académie’s own: it opens with the same account. Give one from elsewhere."),
    "taken": _("This address is in your list already."),
    "too-many": _("Three contacts at most. Remove one first."),
}


class ContactForm(forms.Form):
    """One address."""

    address = forms.CharField(
        label=_("Mail address outside the académie"),
        help_text=_("A personal address that you read, or that of somebody whom you trust."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"required": _("Type an address.")},
    )

    use_required_attribute = False


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_to_change
def contacts(request: HttpRequest) -> HttpResponseBase:
    """The list and the form; a POST adds an address and sends it a code."""
    account = account_of(request)
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm()
    if form.is_bound and form.is_valid():
        try:
            add_contact(account, form.cleaned_data["address"], clock.now())
        except ContactRefused as refused:
            form.add_error("address", str(WHY_NOT[str(refused.data["reason"])]))
        else:
            messages.success(request, _now("A code is on its way to this address. Type it below to finish."))
            return redirect("portal:contacts")
    return render(request, "portal/contacts.html", {"form": form, "contacts": list_contacts(account)})


@require_POST
@fresh_to_change
def verify(request: HttpRequest) -> HttpResponseBase:
    """Takes the code that arrived."""
    asked = id_of(request)
    if verify_contact(account_of(request), asked, request.POST.get("code", ""), clock.now()):
        messages.success(request, _now("The contact is verified: it now serves to reach you."))
    else:
        messages.error(request, _now("This is not the code, or it is too old. Type it again, or ask for another."))
    return redirect("portal:contacts")


@require_POST
@signed_in
def send_again(request: HttpRequest) -> HttpResponseBase:
    """Sends another code."""
    asked = id_of(request)
    send_code(account_of(request), asked, clock.now())
    messages.success(request, _now("Another code is on its way; the one before is good no more."))
    return redirect("portal:contacts")


@require_POST
@fresh_to_change
def drop(request: HttpRequest) -> HttpResponseBase:
    """Removes a contact."""
    asked = id_of(request)
    account, now = account_of(request), clock.now()
    device = find_device(request.COOKIES.get(DEVICE_COOKIE), account, now)
    drop_contact(account, asked, now, is_at_home=is_home(device, now))
    messages.success(request, _now("The contact is removed, and has been told."))
    return redirect("portal:contacts")
