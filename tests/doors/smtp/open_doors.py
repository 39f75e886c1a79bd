"""Opens the SMTP doors over the open ground, on ports that the system chooses."""

import asyncio
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.tls import make_server_context
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.smtp.server import SmtpServer, SmtpSockets, start_smtp
from corneille.kernel import clock
from corneille.run.certificate import find_certificate
from tests.doors.smtp.talk import Talk


@dataclass(slots=True)
class Doors:
    """The ports by door: reception, lmtp, submission (STARTTLS), submission_tls."""

    server: SmtpServer
    bridge: Bridge
    ports: dict[str, int]
    authority: Path
    trust: ssl.SSLContext

    async def dial(self, door: str) -> Talk:
        """A connection; the greeting is still to be heard."""
        context = self.trust if door == "submission_tls" else None
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.ports[door], ssl=context, server_hostname="localhost" if context else None
        )
        return Talk(reader, writer)

    async def close(self) -> None:
        await self.server.close()
        self.bridge.close()


async def open_doors(data: Path) -> Doors:
    made = find_certificate(Tls(), data, "localhost", clock.now())
    assert made.authority is not None
    bound = {name: _listen() for name in ("reception", "lmtp", "submission", "submission_tls")}
    bridge = Bridge()
    server = await start_smtp(
        SmtpSockets(
            reception=[bound["reception"]],
            lmtp=[bound["lmtp"]],
            submission_tls=[bound["submission_tls"]],
            submission_starttls=[bound["submission"]],
        ),
        make_server_context(made.chain, made.key),
        bridge,
    )
    ports = {name: each.getsockname()[1] for name, each in bound.items()}
    return Doors(
        server, bridge, ports, made.authority, ssl.create_default_context(cafile=str(made.authority))
    )


def _listen() -> socket.socket:
    bound = socket.create_server(("127.0.0.1", 0))
    bound.setblocking(False)
    return bound
