"""A web request as the attempt that `access` judges."""

from django.http import HttpRequest

from corneille.access.attempt import Attempt
from corneille.doors.web.cookies import DEVICE_COOKIE
from corneille.doors.web.network import network_address
from corneille.kernel import clock

PROGRAM_LENGTH = 400


def make_attempt(request: HttpRequest, identifier: str, secret: str, *, door: str = "web") -> Attempt:
    """Who asks to be taken for whom, from where, on what."""
    return Attempt(
        door=door,
        identifier=identifier,
        secret=secret,
        network_address=network_address(request),
        device=request.COOKIES.get(DEVICE_COOKIE),
        program=request.headers.get("User-Agent", "")[:PROGRAM_LENGTH],
        now=clock.now(),
        origin=origin_of(request),
    )


def origin_of(request: HttpRequest) -> str:
    """Where the page stands, as the browser names it; Django has checked that the name is one of ours."""
    return f"https://{request.get_host()}"
