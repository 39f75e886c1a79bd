"""Language and display: choices of this browser, kept in cookies; the language also with the account."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from corneille.doors.web.cookies import LANGUAGE_COOKIE, YEAR_S
from corneille.doors.web.display import Display, read_display, set_display
from corneille.doors.web.errors import BAD_REQUEST, show
from corneille.doors.web.person import account_of
from corneille.doors.web.portal.back import back_from
from corneille.people.language import set_language


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speaks another language from now on, and comes back to the page."""
    chosen = request.POST.get("language", "")
    if chosen not in {code for code, _name in settings.LANGUAGES}:
        return show(request, BAD_REQUEST)
    if request.user.is_authenticated:
        set_language(account_of(request), chosen)
    response = redirect(back_from(request))
    response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR_S, secure=True, httponly=True, samesite="Lax")
    return response


class DisplayForm(forms.Form):
    """The three choices; each first answer leaves it to the system."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[("auto", _("Like my device")), ("light", _("Light")), ("dark", _("Dark"))],
        widget=forms.RadioSelect,
    )
    contrast = forms.ChoiceField(
        label=_("Contrast"),
        choices=[("auto", _("Like my device")), ("more", _("High"))],
        widget=forms.RadioSelect,
    )
    density = forms.ChoiceField(
        label=_("Spacing"),
        choices=[("comfortable", _("Comfortable")), ("compact", _("Compact"))],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The page on which one chooses, which shows the choice at once."""
    now = read_display(request)
    if request.method == "POST":
        form = DisplayForm(request.POST)
        if form.is_valid():
            response = redirect(request.path + "?fait=1")
            set_display(response, Display(**form.cleaned_data))
            return response
    else:
        form = DisplayForm(initial={"theme": now.theme, "contrast": now.contrast, "density": now.density})
    return render(request, "portal/display.html", {"form": form, "done": "fait" in request.GET})
