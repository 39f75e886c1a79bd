"""Ends a connection when what let it in no longer holds, in the middle of whatever it does; lists it while it is open."""

import asyncio
import threading
from collections.abc import Callable

from corneille.access.connection import Hold, close_connection, open_connection
from corneille.access.hold import still_holds
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.limits import LimitSettings
from corneille.kernel import clock, wake
from corneille.kernel.settings import of
from corneille.people.account_topic import account_topic

LOOK_AGAIN_S = 300.0
"""A wake-up may be lost on its way from another process; the database is not."""


class Leash:
    """Looks when the account wakes it, and now and then; calls `let_go` once, on the loop, when the right has gone.

    describe  what the program says of itself by the time that the connection is listed
    """

    __slots__ = ("_bridge", "_describe", "_hold", "_let_go", "_listed", "_looking", "_loop", "_row", "_stop", "_timer")

    def __init__(self, hold: Hold, bridge: Bridge, let_go: Callable[[], None], describe: Callable[[], str]) -> None:
        self._hold, self._bridge, self._let_go, self._describe = hold, bridge, let_go, describe
        self._loop = asyncio.get_running_loop()
        self._looking: asyncio.Task[None] | None = None
        self._row = _Row()
        self._stop = wake.current().subscribe(account_topic(hold.account), self._wake)
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)
        self._listed = self._loop.call_later(of(LimitSettings).listed_after_s, self._list)

    def drop(self) -> None:
        """The connection is over."""
        self._stop()
        self._timer.cancel()
        self._listed.cancel()
        if self._row.close() is not None:
            self._bridge.post(self._row.delete)
        if self._looking is not None:
            self._looking.cancel()

    def _list(self) -> None:
        program = self._describe()
        self._bridge.post(lambda: self._row.open(self._hold, program))

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._loop.create_task(self._ask())
        else:  # what is being read may be older than what has just changed
            self._looking.add_done_callback(lambda done: None if done.cancelled() else self._look())

    async def _ask(self) -> None:
        self._timer.cancel()
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)
        if not await self._bridge.run(still_holds, self._hold, self._row.id, clock.now()):
            self._let_go()


class _Row:
    """The connection's row, written and deleted in the bridge's pool: it may be over before it was written."""

    __slots__ = ("_is_over", "_lock", "id")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_over = False
        self.id: int | None = None

    def open(self, hold: Hold, program: str) -> None:
        made = open_connection(hold, program)
        with self._lock:
            self.id = made
            is_over = self._is_over
        if is_over:
            self.delete()

    def close(self) -> int | None:
        """The connection is over; gives the number of the row that is to be deleted, when it is written already."""
        with self._lock:
            self._is_over = True
            return self.id

    def delete(self) -> None:
        if self.id is not None:
            close_connection(self.id)
