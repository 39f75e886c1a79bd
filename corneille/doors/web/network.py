"""Where a request comes from. Nothing that the asker wrote is believed, but from a declared proxy."""

from django.http import HttpRequest

from corneille.access.inner import parse_statement
from corneille.doors.web.settings import Web
from corneille.kernel import clock, settings

INNER_HEADER = "Corneille-Person"
"""An inner caller's proved statement of whose request this is: `access/inner`."""


def network_address(request: HttpRequest) -> str:
    """The address of the person's machine, as text: told by an inner caller that proves itself, or else seen.

    Behind a declared proxy: the last X-Forwarded-For entry that no declared proxy has, since each appends
    the address it saw and what stands before was written by strangers.
    """
    told = request.headers.get(INNER_HEADER)
    if told is not None and (proved := parse_statement(told, clock.now())) is not None:
        return proved
    peer = request.META.get("REMOTE_ADDR", "")
    trusted = set(settings.of(Web).trusted_proxies)
    if peer not in trusted:
        return str(peer)
    for each in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        address = each.strip()
        if address and address not in trusted:
            return address
    return str(peer)
