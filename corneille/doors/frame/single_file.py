"""Long answers in single file: in every other turn of the loop one of them makes one slice, however many there are.

The turn between is for whatever came while the slice was made. What is short (a NOOP, a newcomer's greeting) then waits for
the rest of one slice; when each answer went on in every turn, it waited for a slice of all of them.
"""

import asyncio
from collections import deque


class SingleFile:
    """Whoever has made a slice of work on the loop waits here until it may make the next."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._is_moving = False

    async def wait(self) -> None:
        """Waits for a turn of the loop of one's own, behind those who wait already."""
        mine = self._loop.create_future()
        self._waiting.append(mine)
        if not self._is_moving:
            self._is_moving = True
            self._move_later()
        await mine

    def _move(self) -> None:
        """Lets the first go on in the loop's next turn; those who gave up meanwhile hold nobody up."""
        while self._waiting:
            first = self._waiting.popleft()
            if not first.done():
                first.set_result(None)
                self._loop.call_soon(self._move_later)
                return
        self._is_moving = False

    def _move_later(self) -> None:
        """Moves when the next turn ends: what `call_soon` is given comes before what has come, a timer's call behind it."""
        self._loop.call_later(0, self._move)
