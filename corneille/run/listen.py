"""Where the doors listen: one setting each, or all of them from one base number; sockets are bound before anything else."""

import socket
from dataclasses import dataclass

from corneille.kernel.settings import SettingsRefused, section, setting

BACKLOG = 1024


@section("listen")
@dataclass(frozen=True, slots=True)
class Listen:
    """The host and the ports of the doors; a port 0 takes any free one."""

    host: str = setting("127.0.0.1", "The address that every door listens on; `::` or `0.0.0.0` for all.")
    web_port: int = setting(443, "Pages, over TLS.")
    http_port: int = setting(80, "Redirects to the pages; nothing is ever served in clear.")
    imap_tls_port: int = setting(993, "IMAP with TLS from the first byte.")
    imap_port: int = setting(143, "IMAP with STARTTLS.")
    submission_tls_port: int = setting(465, "Submission with TLS from the first byte.")
    submission_port: int = setting(587, "Submission with STARTTLS.")
    smtp_port: int = setting(25, "Reception from other servers.")
    lmtp_port: int = setting(24, "Delivery by a trusted server on this machine, LMTP.")
    lmtp_host: str = setting("127.0.0.1", "The address of the LMTP door: it asks for no proof, so it stays on this machine.")


PORTS = {
    "web_port": 443,
    "http_port": 80,
    "imap_tls_port": 993,
    "imap_port": 143,
    "submission_tls_port": 465,
    "submission_port": 587,
    "smtp_port": 25,
    "lmtp_port": 24,
}
"""The well-known port of each door; `--port-base N` adds N to all of them."""


def ports_from_base(base: int) -> dict[str, object]:
    """Every door's port, counted from a base: 8000 gives 8443, 8993 … Base 0 keeps the well-known ones."""
    if not 0 <= base <= 65535 - max(PORTS.values()):
        raise SettingsRefused(f"--port-base {base}: from 0 to {65535 - max(PORTS.values())}")
    return {name: base + port for name, port in PORTS.items()}


@dataclass(frozen=True, slots=True)
class Sockets:
    """The bound, listening sockets of every door."""

    web: socket.socket
    http: socket.socket
    imap_tls: socket.socket
    imap: socket.socket
    submission_tls: socket.socket
    submission: socket.socket
    smtp: socket.socket
    lmtp: socket.socket

    def close(self) -> None:
        for each in (
            self.web, self.http, self.imap_tls, self.imap, self.submission_tls, self.submission, self.smtp, self.lmtp,
        ):  # fmt: skip
            each.close()


def bind(listen: Listen) -> Sockets:
    """Takes every port. Raises SettingsRefused, naming the one that is taken or not allowed."""
    return Sockets(
        web=listen_on(listen.host, listen.web_port),
        http=listen_on(listen.host, listen.http_port),
        imap_tls=listen_on(listen.host, listen.imap_tls_port),
        imap=listen_on(listen.host, listen.imap_port),
        submission_tls=listen_on(listen.host, listen.submission_tls_port),
        submission=listen_on(listen.host, listen.submission_port),
        smtp=listen_on(listen.host, listen.smtp_port),
        lmtp=listen_on(listen.lmtp_host, listen.lmtp_port),
    )


def listen_on(host: str, port: int) -> socket.socket:
    """One listening, non-blocking socket; `port_of` tells the port that 0 became."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(BACKLOG)
        bound.setblocking(False)
    except OSError as error:
        raise SettingsRefused(
            f"cannot listen on {host} port {port}: {error.strerror}; "
            "another program may hold it: choose another with --port-base or in the section [listen]"
        ) from error
    return bound


def port_of(bound: socket.socket) -> int:
    """The port that a socket is bound to."""
    port: int = bound.getsockname()[1]
    return port
