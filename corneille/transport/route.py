"""Which servers to try for which recipients."""

from collections.abc import Sequence
from dataclasses import dataclass

from corneille.kernel.settings import of
from corneille.transport.queries import Waiting
from corneille.transport.resolve import (
    NameFault,
    Resolver,
    choose_resolver,
    list_addresses,
    list_mail_exchangers,
)
from corneille.transport.settings import TransportSettings
from corneille.transport.smtp_client import Target
from corneille.wire.smtp.reply import Reply

MX_PORT = 25
TARGETS = 8
"""Addresses tried for one message before it waits for its next turn."""


@dataclass(frozen=True, slots=True)
class Route:
    """Servers in the order to try them, or the answer that stands for all when there are none."""

    targets: tuple[Target, ...]
    fault: Reply | None = None


def choose_routes(waiting: Sequence[Waiting]) -> list[tuple[Route, list[Waiting]]]:
    """Everybody to the smart host in one conversation, or each domain to its own servers (blocks on
    names)."""
    if not waiting:
        return []
    values = of(TransportSettings)
    resolver = choose_resolver()
    if values.smart_host:
        return [(_route_to_smart_host(resolver, values), list(waiting))]
    groups: dict[str, list[Waiting]] = {}
    for each in waiting:
        groups.setdefault(each.address.rpartition("@")[2].lower(), []).append(each)
    return [(_route_to_domain(resolver, domain), group) for domain, group in groups.items()]


def _route_to_smart_host(resolver: Resolver, values: TransportSettings) -> Route:
    try:
        addresses = list_addresses(resolver, values.smart_host)
    except NameFault:
        # The smart host is ours to name: a wrong name is our fault, never the recipient's.
        return Route((), Reply(451, "4.4.3", (f"the smart host {values.smart_host} has no address",)))
    return Route(
        tuple(
            Target(address, values.smart_host_port, values.smart_host, values.smart_host_tls)
            for address in addresses[:TARGETS]
        )
    )


def _route_to_domain(resolver: Resolver, domain: str) -> Route:
    targets: list[Target] = []
    try:
        for host in list_mail_exchangers(resolver, domain):
            try:
                targets += [
                    Target(address, MX_PORT, host, "opportunistic")
                    for address in list_addresses(resolver, host)
                ]
            except NameFault as fault:
                if host == domain:
                    raise
                if not fault.is_permanent:
                    continue
    except NameFault as fault:
        return Route((), _answer_for(fault))
    if not targets:
        return Route((), Reply(451, "4.4.3", (f"the mail servers of {domain} have no address",)))
    return Route(tuple(targets[:TARGETS]))


def _answer_for(fault: NameFault) -> Reply:
    if fault.takes_no_mail:
        return Reply(556, "5.1.10", (f"{fault.name} takes no mail (RFC 7505)",))
    if fault.is_permanent:
        return Reply(550, "5.1.2", (f"the domain {fault.name} does not exist",))
    return Reply(451, "4.4.3", (f"no answer about the name {fault.name}",))
