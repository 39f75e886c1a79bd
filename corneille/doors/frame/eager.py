"""Starts a coroutine at once: what need not wait ends without ever becoming a task."""

import asyncio
from collections.abc import Coroutine, Generator
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class _Rest(Generic[Result]):
    """The rest of a coroutine whose first step has already been made, outside any task."""

    def __init__(self, coroutine: Coroutine[Any, Any, Result], yielded: Any) -> None:
        self._coroutine, self._yielded = coroutine, yielded

    def __await__(self) -> Generator[Any, Any, Result]:
        yielded = self._yielded
        while True:
            try:
                try:
                    sent = yield yielded
                except GeneratorExit:
                    self._coroutine.close()
                    raise
                except BaseException as error:  # noqa: BLE001  # a cancellation too goes where the coroutine waits
                    yielded = self._coroutine.throw(error)
                else:
                    yielded = self._coroutine.send(sent)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]  # a coroutine's StopIteration carries its result


def start(coroutine: Coroutine[Any, Any, None], loop: asyncio.AbstractEventLoop) -> "asyncio.Task[None] | None":
    """Runs the coroutine to its first wait; None when it ended (a task, with its wait and its wake-up, costs 20 µs).

    Must be called on the loop. Until its first wait the coroutine may not ask for the current task.
    """
    try:
        yielded = coroutine.send(None)
    except StopIteration:
        return None
    return loop.create_task(_wait(_Rest(coroutine, yielded)))


async def _wait(rest: _Rest[None]) -> None:
    await rest
