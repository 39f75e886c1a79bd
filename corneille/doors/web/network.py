"""Where a request to the pages comes from."""

from django.http import HttpRequest

from corneille.doors.frame.network import INNER_HEADER, choose_address
from corneille.doors.web.settings import Web
from corneille.kernel import clock, settings


def network_address(request: HttpRequest) -> str:
    """The address of the person's machine, as text."""
    peer, forwarded = str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", "")
    trusted = frozenset(settings.of(Web).trusted_proxies)
    return choose_address(peer, request.headers.get(INNER_HEADER), forwarded, trusted, clock.now())
