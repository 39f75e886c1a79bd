"""Notices of other services on the home page: shown live with their count, read, put away."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from corneille.doors.web.number import id_of
from corneille.doors.web.person import account_of, signed_in
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.notices.card import dismiss, list_cards, mark_read


@require_safe
@signed_in
def cards(request: HttpRequest) -> HttpResponseBase:
    """The part of the home page that is asked for again by itself; alone, a page without scripts."""
    template = "portal/_cards.html" if request.headers.get("HX-Request") else "portal/cards.html"
    return render(request, template, read_cards(account_of(request)))


@require_POST
@signed_in
def read(request: HttpRequest) -> HttpResponseBase:
    """Read: it stays in sight, and counts no more."""
    mark_read(account_of(request), id_of(request), clock.now())
    return redirect("portal:home")


@require_POST
@signed_in
def put_away(request: HttpRequest) -> HttpResponseBase:
    """Put away."""
    dismiss(account_of(request), id_of(request), clock.now())
    return redirect("portal:home")


def read_cards(account: AccountId) -> dict[str, object]:
    """What the template shows."""
    shown = list_cards(account, clock.now(), get_language() or "fr")
    return {"cards": shown, "unread_cards_count": sum(not each.is_read for each in shown)}
