"""Who asks, for views: the account's id, and the way to the sign-in page for those who are nobody yet."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from corneille.kernel.ids import AccountId
from corneille.people.find import Person, find_person

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


def account_of(request: HttpRequest) -> AccountId:
    """The id of the person who asks; only inside a view that is `signed_in`."""
    assert request.user.is_authenticated
    return AccountId(request.user.pk)


def person_of(request: HttpRequest) -> Person | None:
    """The person who asks, read once for the whole request; None: nobody is signed in."""
    if not hasattr(request, "person"):
        user = getattr(request, "user", None)  # a request that is refused before all else has none
        is_known = user is not None and user.is_authenticated
        request.person = find_person(AccountId(user.pk)) if is_known else None  # type: ignore[attr-defined,union-attr]
    found: Person | None = request.person  # type: ignore[attr-defined]
    return found


def signed_in(view: View[Parameters]) -> View[Parameters]:
    """Sends those who are not signed in to the sign-in page, and back here afterwards."""

    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Parameters.args, **named: Parameters.kwargs
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **named)
        return to_sign_in(request)

    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which comes back to a page that was read, never to a form that was sent."""
    target = reverse("portal:sign_in")
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    if request.headers.get("HX-Request"):
        # A fragment must not swallow the sign-in page: htmx follows this header with a full page load.
        response = HttpResponse(status=401)
        response.headers["HX-Redirect"] = target
        return response
    return redirect(f"{target}?{urlencode({'next': back})}" if back not in {"", "/"} else target)
