"""Serves the stand-in services beside the académie, each at an address of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from socket import socket

from corneille.doors.frame import tls
from corneille.doors.frame.accept import Porter
from corneille.run import listen
from corneille.run.certificate import Certificate
from corneille.run.demonstration.services import DemoService
from corneille.run.demonstration.standin import Known, StandIn
from corneille.run.demonstration.standin_page import make_app
from corneille.run.web_server import make_web_server

PORTS = (444, 445)
"""Added to `--port-base`, as the doors' own ports are."""


def bind(base: int) -> list[socket]:
    """Their sockets, on this machine only."""
    return [listen.listen_on("127.0.0.1", base + port) for port in PORTS]


def name_urls(sockets: Sequence[socket]) -> list[str]:
    """Where browsers find them."""
    return [f"https://localhost:{listen.port_of(each)}/" for each in sockets]


async def start(
    services: Sequence[DemoService], sockets: Sequence[socket], issuer: str, shown: Certificate
) -> Callable[[], Awaitable[None]]:
    """Starts them on this loop; gives back what stops them."""
    context = tls.make_server_context(shown.chain, shown.key)
    servers, porter = [], Porter()
    for each in services:
        known = Known(each.slug, each.name, issuer, each.url, str(shown.authority), each.secret, each.credential)
        servers.append(make_web_server(make_app(StandIn(known)), context, porter))
    tasks = [
        asyncio.create_task(server.serve(sockets=[bound])) for server, bound in zip(servers, sockets, strict=False)
    ]

    async def stop() -> None:
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*tasks)

    return stop
