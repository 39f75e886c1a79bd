"""Where a request to the pages comes from."""

import ipaddress
import logging
from functools import lru_cache

from django.http import HttpRequest

from corneille.doors.frame.network import INNER_HEADER, choose_address
from corneille.doors.web.settings import Web
from corneille.kernel import clock, settings

logger = logging.getLogger(__name__)


def network_address(request: HttpRequest) -> str:
    """The address of the person's machine, as text."""
    peer, forwarded = str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", "")
    trusted = frozenset(settings.of(Web).trusted_proxies)
    if forwarded and peer not in trusted and is_inner(peer):
        warn_of_proxy(peer)
    return choose_address(peer, request.headers.get(INNER_HEADER), forwarded, trusted, clock.now())


@lru_cache(256)
def is_inner(peer: str) -> bool:
    """Whether it may be a proxy of the house: anybody out there can write the header."""
    try:
        return ipaddress.ip_address(peer).is_private
    except ValueError:
        return False


@lru_cache(256)
def warn_of_proxy(peer: str) -> None:
    """Once for each: a proxy that is not declared is everybody's address, and everybody is slowed for anybody's tries."""
    logger.warning("%s names other machines in X-Forwarded-For: if it is your proxy, name it in [web] trusted_proxies", peer)
