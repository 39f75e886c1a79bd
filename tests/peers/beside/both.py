"""Our server and Debian's Dovecot, one beside the other on loopback, and one conversation held with both."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import dovecot
from bench.client import trusting
from corneille.doors.frame.tls_settings import Tls
from corneille.kernel import clock
from corneille.run.certificate import find_certificate
from corneille.run.ground import open_ground
from tests.doors.imap.conversation import Client, Door, Reply
from tests.doors.imap.serving import make_door

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Both:
    """The two doors, ours first."""

    ours: Door
    theirs: Door

    @contextmanager
    def clients(self) -> Iterator["Pair"]:
        """One more connection to each, signed in."""
        with ExitStack() as stack:
            clients = []
            for door in (self.ours, self.theirs):
                client = Client(door)
                stack.callback(client.close)
                client.socket.settimeout(PATIENCE_S)
                clients.append(client.log_in())
            yield Pair(*clients)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two connections that are told the same."""

    ours: Client
    theirs: Client

    def ok(self, command: bytes, *literals: bytes) -> tuple[Reply, Reply]:
        return self.ours.ok(command, *literals), self.theirs.ok(command, *literals)

    def append(self, content: bytes, arguments: bytes = b"", mailbox: bytes = b"INBOX") -> None:
        self.ok(b"APPEND " + mailbox + b" " + arguments + b" {}", content)


@contextmanager
def serve_both(migrated: Path) -> Iterator[Both]:
    """Starts both in a folder of their own; each has one person with an empty mail account."""
    # Not in pytest's folders, which only their owner enters: Dovecot reads the certificate and keeps mail as another user.
    with tempfile.TemporaryDirectory(prefix="beside-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(migrated, folder / "var")
        with _serve(folder) as both:
            yield both


@contextmanager
def _serve(folder: Path) -> Iterator[Both]:
    ground = open_ground(folder / "var")
    try:
        shown = find_certificate(Tls(), folder, "localhost", clock.now())
        with (
            make_door(ground.data) as (ours, _, _),
            dovecot.running(folder / "dovecot", shown.chain, shown.key, 1) as server,
        ):
            yield Both(ours, Door(server.imaps_port, 0, trusting(), *server.users[0]))
    finally:
        ground.close()
