"""Where a door's asyncio meets plain functions: a bounded pool for what blocks, and futures for what commits.

Reads of the SQLite mail index run inline on the loop, in slices; PostgreSQL, the ORM and Argon2 come here.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connections

from corneille.doors.frame.landing import land, land_at_the_end

logger = logging.getLogger(__name__)

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class Bridge:
    """A pool of `threads` threads; what does not fit waits its turn, it is never refused here."""

    def __init__(self, threads: int = 8) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="bridge")

    async def run(
        self, operation: Callable[Parameters, Result], *args: Parameters.args, **named: Parameters.kwargs
    ) -> Result:
        """Runs a blocking operation in the pool and gives its result or raises what it raised."""
        future = self._pool.submit(lambda: _run(operation, *args, **named))
        try:
            return await land(future)
        except asyncio.CancelledError:
            future.cancel()  # nobody waits: what has not begun need not begin
            raise

    async def run_and_settle(
        self, operation: "Callable[Parameters, Future[Result]]", *args: Parameters.args, **named: Parameters.kwargs
    ) -> Result:
        """The same for one that queues a change, and gives what becomes of that: see `settle`."""
        future = self._pool.submit(lambda: _run(operation, *args, **named))
        try:
            return await land_at_the_end(future)
        except asyncio.CancelledError:
            future.cancel()
            raise

    def post(self, operation: Callable[[], object]) -> None:
        """Has a blocking operation done soon, by `close` at the latest; a fault is logged, nobody waits for it."""
        with contextlib.suppress(RuntimeError):  # closed already: the process ends
            self._pool.submit(_run, operation).add_done_callback(_log_fault)

    def close(self) -> None:
        """Waits for what runs, then closes each thread's database connection."""
        for _ in range(self._threads):
            self._pool.submit(connections.close_all)
        self._pool.shutdown(wait=True)


async def settle(future: "Future[Result]") -> Result:
    """Waits, without holding the loop, until a change is committed or refused.

    Who stops waiting (a client that left) does not cancel the change: it may be in the middle of a commit.
    """
    return await land(future)


def _log_fault(done: "Future[object]") -> None:
    if not done.cancelled() and (fault := done.exception()) is not None:
        logger.error("bridge", exc_info=fault)


def _run(operation: Callable[Parameters, Result], *args: Parameters.args, **named: Parameters.kwargs) -> Result:
    close_old_connections()
    try:
        return operation(*args, **named)
    finally:
        close_old_connections()
