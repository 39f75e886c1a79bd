"""Where a try comes from: addresses and the networks that count as one place. Pure."""

import ipaddress
from collections.abc import Sequence

UNKNOWN = "unknown"


def format_network(address: str) -> str:
    """The /24 or /48 that the address belongs to: what is slowed as one. "unknown" when it is no address."""
    parsed = parse_address(address)
    if parsed is None:
        return UNKNOWN
    length = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, length), strict=False))


def format_address(address: str) -> str:
    """The address as it is kept: without zone, IPv4 as IPv4 even when it came mapped into IPv6."""
    parsed = parse_address(address)
    return UNKNOWN if parsed is None else str(parsed)


def is_declared(address: str, networks: Sequence[str]) -> bool:
    """Tells whether the address is in one of the networks (CIDR) that the académie declared as its own."""
    parsed = parse_address(address)
    return parsed is not None and any(parsed in ipaddress.ip_network(network, strict=False) for network in networks)


def parse_address(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed
