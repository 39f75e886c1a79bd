"""Results of threads come back to their loop, many at one wake-up."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import Context
from typing import TypeVarTuple

import pytest

from corneille.doors.frame.bridge import Bridge, settle

Arguments = TypeVarTuple("Arguments")


class _Counting(asyncio.SelectorEventLoop):
    """A loop that counts how often a thread wakes it."""

    wake_ups = 0

    def call_soon_threadsafe(
        self, callback: Callable[[*Arguments], object], *args: *Arguments, context: Context | None = None
    ) -> asyncio.Handle:
        self.wake_ups += 1
        return super().call_soon_threadsafe(callback, *args, context=context)


def test_what_is_done_before_the_loop_looks_comes_at_one_wake_up() -> None:
    async def wait_for_twenty() -> list[int]:
        futures = [Future[int]() for _ in range(20)]
        waiting = [asyncio.create_task(settle(each)) for each in futures]
        await asyncio.sleep(0)
        for number, each in enumerate(futures):
            each.set_result(number)
        return await asyncio.gather(*waiting)

    loop = _Counting()
    try:
        assert loop.run_until_complete(wait_for_twenty()) == list(range(20))
        assert loop.wake_ups == 1
    finally:
        loop.close()


async def test_a_fault_comes_back_to_who_waits() -> None:
    future = Future[int]()
    future.set_exception(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        await settle(future)


async def test_what_a_future_cannot_take_holds_up_nobody_behind() -> None:
    odd, behind = Future[int](), Future[int]()
    waiting = [asyncio.create_task(settle(each)) for each in (odd, behind)]
    await asyncio.sleep(0)
    odd.set_exception(StopIteration())
    behind.set_result(2)
    told = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 10)
    assert isinstance(told[0], RuntimeError)
    assert told[1] == 2


async def test_who_leaves_cancels_no_change_and_holds_up_nobody_behind() -> None:
    left, stayed = Future[int](), Future[int]()
    leaving, staying = asyncio.create_task(settle(left)), asyncio.create_task(settle(stayed))
    await asyncio.sleep(0)
    leaving.cancel()
    left.set_result(1)
    stayed.set_result(2)
    assert await staying == 2
    assert not left.cancelled()


async def test_an_operation_and_the_change_that_it_queues_come_back_together() -> None:
    bridge, change = Bridge(1), Future[str]()

    def begin(text: str) -> Future[str]:
        threading.Timer(0, change.set_result, (text,)).start()
        return change

    assert await bridge.run_and_settle(begin, "durable") == "durable"
    bridge.close()


async def test_an_operation_that_fails_before_it_queues_anything_says_why() -> None:
    bridge = Bridge(1)

    def begin() -> Future[str]:
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        await bridge.run_and_settle(begin)
    bridge.close()


async def test_what_nobody_waits_for_any_more_does_not_begin() -> None:
    bridge, may_end, begun = Bridge(1), asyncio.Event(), list[str]()
    loop = asyncio.get_running_loop()

    def begin() -> Future[None]:
        begun.append("a change")
        return Future()

    hold = asyncio.create_task(bridge.run(lambda: asyncio.run_coroutine_threadsafe(_wait(may_end), loop).result()))
    waiting = [
        asyncio.create_task(bridge.run(lambda: begun.append("begun"))), asyncio.create_task(bridge.run_and_settle(begin)),
    ]  # fmt: skip
    await asyncio.sleep(0)
    for each in waiting:
        each.cancel()
    await asyncio.wait(waiting)
    may_end.set()
    await hold
    bridge.close()
    assert begun == []


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
