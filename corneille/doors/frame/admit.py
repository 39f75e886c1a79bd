"""Who would sign in at a mail door is judged beside the door's other work, and guesses beside app passwords."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from corneille.access.app_password import parse_app_password
from corneille.access.attempt import Attempt, Outcome
from corneille.access.flood import is_full, is_strangers, refuse_flooded
from corneille.access.settings import Access
from corneille.doors.frame.bridge import Bridge
from corneille.kernel.settings import of

Result = TypeVar("Result")

GATHERED_FOR_S = 0.05
"""How long the refusals of a flood are gathered before they are written together."""


class Admission:
    """Sign-ins at one door.

    bridge   what has an app password's shape costs no hash and is judged here
    guesses  all else may wait long (a place among the password checks): it waits here, and holds up nobody
    """

    def __init__(self, bridge: Bridge, guesses: Bridge) -> None:
        self._bridge, self._guesses = bridge, guesses
        self._strangers_in = 0
        self._flooded: list[tuple[Attempt, asyncio.Future[Outcome]]] = []
        self._refusing: asyncio.Task[None] | None = None

    async def admit(self, judge: Callable[[Attempt], Result], attempt: Attempt) -> Result | Outcome:
        """Runs `judge`, which blocks; gives a refusal instead where a stranger's try finds no place.

        What is known there at once costs no thread: a flood is refused here, on the loop.
        """
        if parse_app_password(attempt.secret) is not None:
            return await self._bridge.run(judge, attempt)
        if not is_strangers(attempt):
            return await self._guesses.run(judge, attempt)
        if self._strangers_in >= of(Access).strangers_waiting_count or is_full():
            return await self._refuse(attempt)
        self._strangers_in += 1
        try:
            return await self._guesses.run(judge, attempt)
        finally:
            self._strangers_in -= 1

    async def _refuse(self, attempt: Attempt) -> Outcome:
        loop = asyncio.get_running_loop()
        refused: asyncio.Future[Outcome] = loop.create_future()
        self._flooded.append((attempt, refused))
        if self._refusing is None:
            self._refusing = loop.create_task(self._refuse_all())
        return await refused

    async def _refuse_all(self) -> None:
        while self._flooded:
            await asyncio.sleep(GATHERED_FOR_S)
            taken, self._flooded = self._flooded, []
            try:
                outcomes = await self._guesses.run(refuse_flooded, [attempt for attempt, _refused in taken])
            except Exception as error:  # noqa: BLE001  # each of them is answered with the fault that the disk or the database has
                for _attempt, refused in taken:
                    if not refused.done():
                        refused.set_exception(error)
                continue
            for (_attempt, refused), outcome in zip(taken, outcomes, strict=True):
                if not refused.done():  # who left meanwhile wants no answer
                    refused.set_result(outcome)
        self._refusing = None
