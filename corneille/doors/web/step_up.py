"""Sensitive acts want a proof that is fresh: after ten minutes the person is asked again, and the page comes back."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from corneille.doors.web.person import signed_in
from corneille.doors.web.settings import Web
from corneille.kernel import clock
from corneille.kernel.settings import of

PROVED_AT = "proved_at"
METHODS = "proved_methods"

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


def note_proof(request: HttpRequest, now: datetime, methods: Collection[str]) -> None:
    """Remembers in the session that its person has just proved who they are, and how."""
    request.session[PROVED_AT] = now.timestamp()
    given = dict.fromkeys(methods, now.timestamp())
    request.session[METHODS] = {**request.session.get(METHODS, {}), **given}


def read_proofs(request: HttpRequest) -> tuple[datetime, dict[str, datetime]]:
    """When the last proof was given, and when each method was; the session began with one."""
    methods: dict[str, float] = request.session.get(METHODS, {})
    proved_at = datetime.fromtimestamp(request.session.get(PROVED_AT, 0.0), UTC)
    return proved_at, {name: datetime.fromtimestamp(at, UTC) for name, at in methods.items()}


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """Whether the last proof is younger than the setting; it expires whatever the person does meanwhile."""
    proved_at = request.session.get(PROVED_AT)
    age_s = now.timestamp() - proved_at if isinstance(proved_at, float) else None
    return age_s is not None and timedelta() <= timedelta(seconds=age_s) <= timedelta(seconds=of(Web).fresh_proof_s)


def fresh_to_change(view: View[Parameters]) -> View[Parameters]:
    """The same for what a page changes; reading it needs no fresh proof."""
    guarded = fresh_proof(view)

    @wraps(view)
    def choose(request: HttpRequest, /, *args: Parameters.args, **named: Parameters.kwargs) -> HttpResponseBase:
        return (view if request.method in {"GET", "HEAD"} else guarded)(request, *args, **named)

    return signed_in(choose)


def fresh_proof(view: View[Parameters]) -> View[Parameters]:
    """Asks who is signed in to prove it again when the last proof is old; what was sent by POST is not repeated."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Parameters.args, **named: Parameters.kwargs) -> HttpResponseBase:
        if is_fresh(request, clock.now()):
            return view(request, *args, **named)
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "")
        return redirect(f"{reverse('portal:confirm')}?{urlencode({'next': _path(back)})}")

    return signed_in(guarded)


def _path(address: str) -> str:
    """Only the path of one of our own pages."""
    path = address if address.startswith("/") else "/" + address.partition("//")[2].partition("/")[2]
    return path if not path.startswith("//") else "/"
