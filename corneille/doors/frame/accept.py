"""Listening: takes connections off the kernel's hands, and lets them in, TLS and all, when `turnstile` says so.

Until then a newcomer costs a file descriptor: no TLS, no task, no byte of it is read. So a crowd of strangers waits outside,
and those who are in have their turns of the loop.
"""

import asyncio
import contextlib
import errno
import logging
import select
import socket

from corneille.access.familiar import Standing, networks, servers
from corneille.access.network import format_network
from corneille.doors.frame.arrival_rate import BEAT_S
from corneille.doors.frame.newcomer import Doorway, Newcomer
from corneille.doors.frame.newcomer_settings import Newcomers
from corneille.doors.frame.tls import HANDSHAKE_S, SHUTDOWN_S
from corneille.doors.frame.turnstile import Turnstile
from corneille.kernel.metrics import NEWCOMERS
from corneille.kernel.settings import of

TAKEN_AT_ONCE = 16
"""Connections taken from the kernel in one turn of the loop, at one door."""
LET_IN_AT_ONCE = 4
"""Familiar ones let in in one turn: each brings a TLS handshake, which holds the loop for half a millisecond."""
QUEUED = 1024
"""Connections that wait in the kernel to be taken."""
ENTERING_COUNT = 1000
"""Who begins a handshake and says nothing makes room for the next, and holds no place for good."""
RESTS_S = 1.0
"""How long nobody is taken when the process has no file descriptor left."""
LEFT_AT_ONCE = 64
"""Connections whose caller has hung up, put away in one beat; and those that make room when descriptors run out."""
ASKED_BYTES = 65536
"""Of what was asked in clear by who is turned away: left unread, it has the kernel cut the line before we are heard."""
HUNG_UP = getattr(select, "POLLRDHUP", select.POLLHUP)
EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

logger = logging.getLogger(__name__)


class Porter:
    """Stands at every door of one loop.

    entering_count  handshakes at one time
    """

    def __init__(self, turnstile: Turnstile | None = None, entering_count: int = ENTERING_COUNT) -> None:
        self._loop = asyncio.get_running_loop()
        self._turnstile = turnstile or Turnstile(of(Newcomers), self._loop.time())
        self._entering_count = entering_count
        self._entering: dict[asyncio.Task[None], Doorway] = {}  # the oldest first
        self._welcomed_counts = {memory: memory.welcomed_count for memory in (networks, servers)}
        self._turn: asyncio.Handle | None = None
        self._beat: asyncio.TimerHandle | None = None

    def listen(self, doorway: Doorway, bound: socket.socket) -> "Listening":
        """Serves on a bound socket until the returned listening is closed."""
        bound.setblocking(False)
        bound.listen(QUEUED)
        listening = Listening(self, doorway, bound)
        listening.resume()
        return listening

    @property
    def is_pressed(self) -> bool:
        """More familiar ones wait than are to be kept here: the kernel keeps the next, and a few come in at each turn."""
        return self._turnstile.is_pressed

    def make_room(self) -> None:
        """No file descriptor is left: strangers who wait give theirs to those who are in."""
        for each in self._turnstile.make_room(LEFT_AT_ONCE):
            _turn_away(each, "full")

    def count_waiting(self, standing: Standing) -> int:
        """How many of one standing wait to be let in."""
        return self._turnstile.count(standing)

    def receive(self, doorway: Doorway, taken: socket.socket, address: str) -> None:
        """A connection has come."""
        newcomer = Newcomer(
            doorway, format_network(address), doorway.find_standing(address), taken, self._loop.time()
        )
        gone = self._turnstile.arrive(newcomer)
        if gone is not None:
            _turn_away(gone, "full")
        if newcomer.standing is Standing.FAMILIAR:
            self._call_familiar()
        elif self._beat is None:
            self._let_strangers_in()

    def shut(self, doorway: Doorway) -> None:
        """Nobody comes in there any more, whether waiting or shaking hands."""
        for each in self._turnstile.shut(doorway):
            each.socket.close()
        for task, entered in self._entering.items():
            if entered is doorway:
                task.cancel()

    def _call_familiar(self) -> None:
        if self._turn is None:
            self._turn = self._loop.call_soon(self._let_familiar_in)

    def _let_familiar_in(self) -> None:
        self._turn = None
        for _ in range(LET_IN_AT_ONCE):
            newcomer = self._turnstile.take_familiar()
            if newcomer is None:
                return
            self._let_in(newcomer)
        self._turn = self._loop.call_soon(self._let_familiar_in)

    def _let_strangers_in(self) -> None:
        """As many as may come in now; while others wait, again at the next beat."""
        now_s, left_count = self._loop.time(), 0
        while left_count < LEFT_AT_ONCE and (newcomer := self._turnstile.take_stranger(now_s)) is not None:
            if _has_left(newcomer.socket):
                self._turnstile.give_back()
                _turn_away(newcomer, "left")
                left_count += 1
            else:
                self._let_in(newcomer)
        due_s = now_s + BEAT_S
        self._beat = None if self._turnstile.is_empty else self._loop.call_at(due_s, self._take_beat, due_s)

    def _take_beat(self, due_s: float) -> None:
        """Finds out how late the loop is: what is due now waits as long as a reader's next command would."""
        now_s = self._loop.time()
        self._turnstile.heed(now_s - due_s)
        try:
            self._promote()
            for each in self._turnstile.give_up(now_s):
                _turn_away(each, "late")
        finally:  # whatever happens, the next beat comes
            self._let_strangers_in()

    def _promote(self) -> None:
        """Somebody has signed in since the last beat: others of that network wait no longer."""
        for memory, count in self._welcomed_counts.items():
            welcomed, self._welcomed_counts[memory] = memory.list_welcomed(count)
            for network in welcomed:
                if self._turnstile.promote(network, memory):
                    self._call_familiar()

    def _let_in(self, newcomer: Newcomer) -> None:
        if len(self._entering) >= self._entering_count:
            oldest = next(iter(self._entering))
            del self._entering[oldest]
            oldest.cancel()
        NEWCOMERS.labels(newcomer.doorway.name, newcomer.standing.name.lower(), "in").inc()
        task = self._loop.create_task(_enter(newcomer))
        self._entering[task] = newcomer.doorway
        task.add_done_callback(lambda done: self._end_entering(done, newcomer))

    def _end_entering(self, task: "asyncio.Task[None]", newcomer: Newcomer) -> None:
        self._entering.pop(task, None)
        if task.cancelled():  # perhaps before it began, when nobody else would close it
            newcomer.socket.close()


class Listening:
    """One door's listening socket."""

    def __init__(self, porter: Porter, doorway: Doorway, bound: socket.socket) -> None:
        self._porter, self._doorway, self._bound = porter, doorway, bound
        self._loop = asyncio.get_running_loop()
        self._resting: asyncio.TimerHandle | None = None

    def resume(self) -> None:
        """Takes whoever comes."""
        self._resting = None
        self._loop.add_reader(self._bound, self._take)

    def close(self) -> None:
        """Takes nobody more; those who were not in yet are left outside. A second time changes nothing."""
        if self._bound.fileno() < 0:
            return
        if self._resting is not None:
            self._resting.cancel()
        self._loop.remove_reader(self._bound)
        self._bound.close()
        self._porter.shut(self._doorway)

    async def wait_closed(self) -> None:
        """Nothing more is to be waited for after `close`; asked by who knows asyncio's servers."""

    def _take(self) -> None:
        for _ in range(TAKEN_AT_ONCE):
            if self._porter.is_pressed:
                return
            try:
                taken, peer = self._bound.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return  # another process took it, or it has left
            except OSError as error:
                if error.errno not in EXHAUSTED:
                    raise
                logger.error("no file descriptor is left for newcomers", extra={"why": str(error)})
                self._porter.make_room()
                self._loop.remove_reader(self._bound)
                self._resting = self._loop.call_later(RESTS_S, self.resume)
                return
            taken.setblocking(False)
            self._porter.receive(self._doorway, taken, str(peer[0]))


async def _enter(newcomer: Newcomer) -> None:
    """TLS, where it comes first; from there on the door's own protocol answers."""
    tls, waiting = newcomer.doorway.tls, newcomer.socket
    # From here on asyncio alone closes it: cut short as the handshake ends, it still says goodbye, and its descriptor closed
    # under it would be the next caller's.
    taken = socket.socket(waiting.family, waiting.type, waiting.proto, fileno=waiting.detach())
    taken.setblocking(False)
    try:
        await asyncio.get_running_loop().connect_accepted_socket(
            newcomer.doorway.make_protocol,
            taken,
            ssl=tls,
            ssl_handshake_timeout=HANDSHAKE_S if tls else None,
            ssl_shutdown_timeout=SHUTDOWN_S if tls else None,
        )
    except OSError:  # no TLS that can be spoken, or too slowly, or it has left: asyncio has closed it
        return


def _has_left(waiting: socket.socket) -> bool:
    """Whether its caller has hung up: it would spend a place of the few."""
    asked = select.poll()
    asked.register(waiting, HUNG_UP)
    return bool(asked.poll(0))


def _turn_away(newcomer: Newcomer, why: str) -> None:
    """Says so where the door begins in clear, and closes."""
    NEWCOMERS.labels(newcomer.doorway.name, newcomer.standing.name.lower(), why).inc()
    if newcomer.doorway.tls is None:
        with contextlib.suppress(OSError):  # it has asked nothing yet
            newcomer.socket.recv(ASKED_BYTES)
        with contextlib.suppress(OSError):  # it reads nothing, or has left: it is closed all the same
            newcomer.socket.send(newcomer.doorway.sorry)
    newcomer.socket.close()
