"""Where what threads have done comes back to the loop: all that comes before the loop looks lands at one wake-up.

asyncio's `wrap_future` wakes the loop for each result, by a write to a pipe during which the interpreter goes to another
thread: a writer that answers twenty clients after one commit was held up twenty times before it could begin the next.
"""

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

Result = TypeVar("Result")


class Landing:
    """What is on its way to one loop."""

    def __init__(self) -> None:
        self._arrived: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._is_announced = False

    def arrive(self, waiting: asyncio.Future[Result], done: "Future[Result]") -> None:
        """From any thread: `waiting`, which is the loop's, is to have the outcome of `done`."""
        self._arrived.append((waiting, done))
        loop = waiting.get_loop()
        if not self._is_announced and not loop.is_closed():
            self._is_announced = True
            loop.call_soon_threadsafe(self._land)

    def _land(self) -> None:
        self._is_announced = False  # first: what arrives from here on is announced again, or found by this look
        while self._arrived:
            waiting, done = self._arrived.popleft()
            if waiting.done():
                continue  # who waited has left
            if done.cancelled():
                waiting.cancel()
            elif (fault := done.exception()) is not None:
                waiting.set_exception(_make_raisable(fault))
            else:
                waiting.set_result(done.result())


def _make_raisable(fault: BaseException) -> BaseException:
    """A future takes no StopIteration, which ends what awaits it: one in the midst would keep all behind it waiting."""
    if not isinstance(fault, StopIteration):
        return fault
    made = RuntimeError("an operation raised StopIteration")
    made.__cause__ = fault
    return made


_landings: "WeakKeyDictionary[asyncio.AbstractEventLoop, Landing]" = WeakKeyDictionary()


def land(future: "Future[Result]") -> asyncio.Future[Result]:
    """What to await on this loop for a thread's future. Who stops waiting does not cancel it."""
    loop = asyncio.get_running_loop()
    waiting, landing = loop.create_future(), _find_landing(loop)
    future.add_done_callback(lambda done: landing.arrive(waiting, done))
    return waiting


def land_at_the_end(future: "Future[Future[Result]]") -> asyncio.Future[Result]:
    """The same for what begins something else that is waited for: one way back instead of two."""
    loop = asyncio.get_running_loop()
    waiting, landing = loop.create_future(), _find_landing(loop)

    def go_on(begun: "Future[Future[Result]]") -> None:
        if begun.cancelled() or begun.exception() is not None:
            landing.arrive(waiting, begun)
        else:
            begun.result().add_done_callback(lambda done: landing.arrive(waiting, done))

    future.add_done_callback(go_on)
    return waiting


def _find_landing(loop: asyncio.AbstractEventLoop) -> Landing:
    if loop not in _landings:
        _landings[loop] = Landing()
    return _landings[loop]
