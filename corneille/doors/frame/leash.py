"""Ends a connection when what let it in no longer holds, in the middle of whatever it does."""

import asyncio
from collections.abc import Callable

from corneille.access.hold import Hold, still_holds
from corneille.doors.frame.bridge import Bridge
from corneille.kernel import clock, wake
from corneille.people.account_topic import account_topic

LOOK_AGAIN_S = 300.0
"""A wake-up may be lost on its way from another process; the database is not."""


class Leash:
    """Looks when the account wakes it, and now and then; calls `let_go` once, on the loop, when the right has gone."""

    __slots__ = ("_bridge", "_hold", "_let_go", "_looking", "_loop", "_stop", "_timer")

    def __init__(self, hold: Hold, bridge: Bridge, let_go: Callable[[], None]) -> None:
        self._hold, self._bridge, self._let_go = hold, bridge, let_go
        self._loop = asyncio.get_running_loop()
        self._looking: asyncio.Task[None] | None = None
        self._stop = wake.current().subscribe(account_topic(hold.account), self._wake)
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)

    def drop(self) -> None:
        """The connection is over."""
        self._stop()
        self._timer.cancel()
        if self._looking is not None:
            self._looking.cancel()

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
        if not await self._bridge.run(still_holds, self._hold, clock.now()):
            self._let_go()
