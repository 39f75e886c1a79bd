"""Names of other servers: the machine's resolvers, some of yours, or a zone file and nobody else."""

import ipaddress
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import dns.exception
import dns.name
import dns.rdatatype
import dns.rdtypes.ANY.MX
import dns.resolver
import dns.zone

from corneille.kernel.settings import SettingsRefused, of
from corneille.transport.settings import TransportSettings


class NameFault(Exception):
    """No answer for a name; `is_permanent` when it surely does not exist, or takes no mail (RFC 7505)."""

    def __init__(self, name: str, *, is_permanent: bool, takes_no_mail: bool = False) -> None:
        super().__init__(name)
        self.name = name
        self.is_permanent = is_permanent
        self.takes_no_mail = takes_no_mail


class Resolver(Protocol):
    """Answers one question; an empty list means that the name exists without such a record. Raises
    NameFault."""

    def ask(self, name: str, kind: str) -> list[str]: ...


class NetworkResolver:
    """Asks resolvers over the network; `servers` empty: those of the machine."""

    def __init__(self, servers: tuple[str, ...], timeout_s: float) -> None:
        self._resolver = dns.resolver.Resolver(configure=not servers)
        if servers:
            self._resolver.nameservers = list(servers)
        self._resolver.lifetime = timeout_s

    def ask(self, name: str, kind: str) -> list[str]:
        try:
            return [record.to_text() for record in self._resolver.resolve(name, kind, search=False)]
        except dns.resolver.NoAnswer:
            return []
        except dns.resolver.NXDOMAIN:
            raise NameFault(name, is_permanent=True) from None
        except (dns.exception.DNSException, OSError, UnicodeError):
            raise NameFault(name, is_permanent=False) from None


class ZoneResolver:
    """Answers from one zone file, whose names are absolute; knows nothing else and asks nobody."""

    def __init__(self, text: str) -> None:
        self._zone = dns.zone.from_text(text, origin=".", relativize=False, check_origin=False)

    def ask(self, name: str, kind: str) -> list[str]:
        try:
            absolute = dns.name.from_text(name)
        except (dns.exception.DNSException, UnicodeError):
            raise NameFault(name, is_permanent=True) from None
        if self._zone.get_node(absolute) is None:
            raise NameFault(name, is_permanent=True)
        records = self._zone.get_rdataset(absolute, dns.rdatatype.from_text(kind))
        return [] if records is None else [record.to_text() for record in records]


def choose_resolver() -> Resolver:
    """The resolver that the settings name. Raises SettingsRefused."""
    values = of(TransportSettings)
    return _make_resolver(values.resolver, values.resolver_timeout_s)


@lru_cache(maxsize=4)
def _make_resolver(written: str, timeout_s: float) -> Resolver:
    kind, _, file = written.partition(":")
    if kind == "zone":
        try:
            return ZoneResolver(Path(file).read_text(encoding="ascii"))
        except (OSError, dns.exception.DNSException) as error:
            raise SettingsRefused(f"[transport] resolver: {file}: {error}") from error
    return NetworkResolver(() if written == "system" else tuple(written.split()), timeout_s)


def list_addresses(resolver: Resolver, host: str) -> list[str]:
    """The addresses of a host, IPv6 first; an address stands for itself. Raises NameFault."""
    literal = host.strip("[]").removeprefix("IPv6:")
    try:
        return [str(ipaddress.ip_address(literal))]
    except ValueError:
        pass
    found = [*resolver.ask(host, "AAAA"), *resolver.ask(host, "A")]
    if not found:
        raise NameFault(host, is_permanent=True)
    return found


def list_mail_exchangers(resolver: Resolver, domain: str) -> list[str]:
    """The hosts that take mail for a domain, best first (RFC 5321 §5.1). Raises NameFault."""
    if domain.startswith("["):
        return [domain]
    found = []
    for record in resolver.ask(domain, "MX"):
        preference, host = record.split()
        found.append((int(preference), host.rstrip(".")))
    if not found:
        return [domain]  # the domain's own address stands for an MX (RFC 5321 §5.1)
    if found == [(0, "")]:
        raise NameFault(domain, is_permanent=True, takes_no_mail=True)
    return [host for _, host in sorted(found)]
