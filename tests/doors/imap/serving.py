"""Our own server, real, on a loop in a thread: what stands behind a `Door`."""

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

from corneille.access.app_password import create_app_password
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.tls import make_server_context
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.imap.server import ImapServer, start_imap
from corneille.kernel import clock
from corneille.mail.open_mail_account import create_mail_account
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.run.certificate import find_certificate
from tests.doors.imap.conversation import Door

Result = TypeVar("Result")
QUOTA_BYTES = 1024**3


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="imap-loop", daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(20)

    def close(self) -> None:
        self.run(self.loop.shutdown_default_executor())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


def listen() -> socket.socket:
    bound = socket.create_server(("127.0.0.1", 0))
    bound.setblocking(False)
    return bound


@contextlib.contextmanager
def make_door(folder: Path, *, quota_bytes: int = QUOTA_BYTES) -> Iterator[tuple[Door, ImapServer, Loop]]:
    """Adds one person with mail and an app password, and serves; the ground is open."""
    now = clock.now()
    add_domain("ac-demonstration.test", principal=True, now=now)
    person = add_person(NewPerson(type=AccountType.TEACHER, given_name="Marie", family_name="Martin", now=now))
    create_mail_account(person.id, quota_bytes=quota_bytes)
    _, secret = create_app_password(person.id, "Thunderbird", frozenset({"imap"}), now)
    shown = find_certificate(Tls(), folder, "localhost", now)
    tls, starttls, loop, bridge = listen(), listen(), Loop(), Bridge(threads=2)
    server = loop.run(start_imap(
        tls_sockets=[tls], starttls_sockets=[starttls], tls=make_server_context(shown.chain, shown.key), bridge=bridge
    ))
    context = ssl.create_default_context(cafile=shown.authority)
    door = Door(tls.getsockname()[1], starttls.getsockname()[1], context, person.identifier, secret)
    try:
        yield door, server, loop
    finally:
        loop.run(server.close())
        bridge.close()
        loop.close()
