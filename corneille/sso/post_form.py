"""Posts a form to a service over HTTPS, and nowhere else than where services may be.

The name is resolved once, its address is judged, and the connection goes to that address: a name that answers otherwise the
second time leads nowhere. No redirection is followed, no proxy asked, nothing of the answer read but its status.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlencode, urlsplit

from corneille.sso.sso_settings import Network

PATIENCE_S = 5.0
"""For each step; the whole may take twice as long."""
Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]


class Unreached(Exception):
    """It was not reached, or may not be; the text says why."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, best first."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def post_form(
    url: str, form: Mapping[str, str], *, networks: Sequence[Network], authority: str, resolved: Resolve = resolve
) -> int:
    """The status of the answer. Raises Unreached.

    networks   where services may be besides the internet
    authority  a file of certificate authorities besides the machine's own; empty: none
    """
    parts = urlsplit(url)
    try:
        address = choose_address(resolved(parts.hostname or "", parts.port or 443), networks)
        context = ssl.create_default_context()
        if authority:
            context.load_verify_locations(authority)
        connection = _Connection(parts.hostname or "", parts.port, address, context)
        deadline = threading.Timer(2 * PATIENCE_S, connection.cut)  # a drop at a time never times out by itself
        deadline.start()
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*"}
            connection.request("POST", path, urlencode(form), headers)
            return connection.getresponse().status
        finally:
            deadline.cancel()
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreached(f"{type(error).__name__}: {error}") from error


def choose_address(addresses: Sequence[str], networks: Sequence[Network]) -> str:
    """The first where a service may be. Raises Unreached."""
    for each in addresses:
        parsed: Address = ip_address(each.partition("%")[0])
        plain = getattr(parsed, "ipv4_mapped", None) or parsed
        if any(plain in network for network in networks) or (plain.is_global and not plain.is_multicast):
            return each
    raise Unreached(f"{', '.join(addresses) or 'no address'}: neither on the internet nor in [sso] logout_networks")


class _Connection(http.client.HTTPSConnection):
    """To an address that was judged, under the name that was asked for."""

    def __init__(self, host: str, port: int | None, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=PATIENCE_S, context=context)
        self._address, self._verified = address, context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), PATIENCE_S)
        try:
            self.sock = self._verified.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def cut(self) -> None:
        """Ends a conversation that lasts too long; whoever waits for it finds it closed."""
        with contextlib.suppress(OSError, AttributeError):  # it has just ended by itself
            self.sock.shutdown(socket.SHUT_RDWR)
