"""Where a try comes from: addresses and the networks that count as one place. Pure.

The same few thousand addresses are asked about again and again, several times in each sign-in: the answers are kept.
"""

import functools
import ipaddress
from collections.abc import Sequence

UNKNOWN = "unknown"
KEPT = 8192

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@functools.lru_cache(KEPT)
def format_network(address: str) -> str:
    """The /24 or /48 that the address belongs to: what is slowed as one. "unknown" when it is no address."""
    parsed = parse_address(address)
    if parsed is None:
        return UNKNOWN
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, length), strict=False))


@functools.lru_cache(KEPT)
def format_address(address: str) -> str:
    """The address as it is kept: without zone, IPv4 as IPv4 even when it came mapped into IPv6."""
    parsed = parse_address(address)
    return UNKNOWN if parsed is None else str(parsed)


def is_declared(address: str, networks: Sequence[str]) -> bool:
    """Tells whether the address is in one of the networks (CIDR) that the académie declared as its own."""
    parsed = parse_address(address)
    return parsed is not None and any(parsed in network for network in parse_networks(tuple(networks)))


@functools.lru_cache(8)
def parse_networks(networks: tuple[str, ...]) -> tuple[Network, ...]:
    """Networks as the settings write them (CIDR, host bits forgiven)."""
    return tuple(ipaddress.ip_network(network, strict=False) for network in networks)


@functools.lru_cache(KEPT)
def parse_address(address: str) -> Address | None:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed
