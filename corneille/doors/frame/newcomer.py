"""Who comes: the way in that a door offers, and a connection that waits before it."""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from socket import socket

from corneille.access.familiar import Networks, Standing, networks, receive_call


def stand_familiar(_address: str) -> Standing:
    """At a door that only machines of the operators' own reach."""
    return Standing.FAMILIAR


@dataclass(frozen=True, slots=True, eq=False)
class Doorway:
    """What is the same for everybody who comes to one listening socket.

    name           "imap", "smtp", "lmtp", "submission", "web", "metrics"
    tls            from the first octet; None: in clear, at least to begin with
    sorry          what one who finds no place is told, where the door begins in clear
    find_standing  of an address, once for each connection
    memory         where it is heard that a network has become familiar while some of it wait
    """

    name: str
    make_protocol: Callable[[], asyncio.BaseProtocol]
    tls: ssl.SSLContext | None
    sorry: bytes = b""
    find_standing: Callable[[str], Standing] = receive_call
    memory: Networks = networks


@dataclass(slots=True, eq=False)
class Newcomer:
    """A connection that the kernel has made and nobody has spoken on.

    standing  better than it came with, once somebody of its network has signed in
    since_s   monotonic
    """

    doorway: Doorway
    network: str
    standing: Standing
    socket: socket = field(repr=False)
    since_s: float
