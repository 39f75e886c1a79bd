"""What must be done before anything else sends the person to its page; nobody ever stands before a page without a way on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from corneille.access.factor_rule import Moment
from corneille.access.network import is_declared
from corneille.access.reason import Restriction
from corneille.access.restriction import list_restrictions
from corneille.access.settings import Access
from corneille.doors.web.network import network_address
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of

FIRST = (
    (Restriction.REPAIR_FIRST, "portal:repair"),
    (Restriction.CHANGE_PASSWORD_FIRST, "portal:password"),
    (Restriction.ENROL_FACTOR_FIRST, "portal:factors"),
    (Restriction.ACCEPT_CHARTER_FIRST, "portal:charter"),
)
"""Which page comes first, in this order."""
ALWAYS_OPEN = (
    "portal:sign_in", "portal:sign_out", "portal:set_language", "portal:display", "faq:begin", "portal:state",
    "portal:accessibility", "portal:contacts", "portal:confirm", "portal:rights",
)  # fmt: skip
OF_THE_REPAIR = ("portal:password", "portal:factors", "portal:activity", "portal:forgotten", "support:mine")
"""What else the repair consists of: the password, its review, second factors, what is open or known; and the requests to
support, where one answers in writing."""
ACTS_OF_THE_REPAIR = frozenset({"portal:revoke_app_password", "documents:end"})
"""Alone, without the page above them, which makes new ones or shows more."""
NEVER_OPEN = ("portal:announce", "portal:say_about_disruption")
"""Below a page that is: what somebody with an office does is not done before their own account is in order."""
SIDE_DOORS = ("/static/", "/depannage", "/pas-moi/", "/activer", "/.well-known/", "/favicon.ico", "/robots.txt")


class Steps:
    """Redirects pages to the first thing that is to be done; a fragment is told to load that page whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated or request.path.startswith(SIDE_DOORS):
            return self._get_response(request)
        restrictions = list_restrictions(AccountId(request.user.pk), clock.now(), find_moment(request))
        request.restrictions = restrictions  # type: ignore[attr-defined]
        for restriction, name in FIRST:
            if restriction in restrictions and not _is_open(request.path, restriction, name):
                return _send_to(request, reverse(name))
        return self._get_response(request)


def _is_open(path: str, restriction: Restriction, first: str) -> bool:
    """Whether a page may be seen before the first one is done."""
    if path in map(reverse, NEVER_OPEN):
        return False
    opened = [first, *ALWAYS_OPEN]
    if restriction is Restriction.REPAIR_FIRST:
        opened += OF_THE_REPAIR
        if path in map(reverse, ACTS_OF_THE_REPAIR):
            return True
    return path.startswith(tuple(map(reverse, opened)))


def find_moment(request: HttpRequest) -> Moment:
    """Where the person is and what this page belongs to."""
    declared = is_declared(network_address(request), of(Access).declared_networks)
    return Moment(declared, "mail" if request.path.startswith("/courrier/") else "portal")


def _send_to(request: HttpRequest, target: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=401)
        response.headers["HX-Redirect"] = target
        return response
    return redirect(target)


def restrictions_of(request: HttpRequest) -> frozenset[Restriction]:
    """Those that stand for this request's person."""
    found: frozenset[Restriction] = getattr(request, "restrictions", frozenset())
    return found
