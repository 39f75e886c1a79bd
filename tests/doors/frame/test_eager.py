"""Coroutines that start at once."""

import asyncio

from corneille.doors.frame import eager


async def test_what_need_not_wait_is_no_task() -> None:
    done: list[int] = []

    async def quick() -> None:
        done.append(1)

    assert eager.start(quick(), asyncio.get_running_loop()) is None
    assert done == [1]


async def test_what_waits_goes_on_as_a_task() -> None:
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    done: list[int] = []

    async def slow() -> None:
        done.append(await future)
        await asyncio.sleep(0)
        done.append(2)

    task = eager.start(slow(), asyncio.get_running_loop())
    assert task is not None
    future.set_result(1)
    await task
    assert done == [1, 2]


async def test_a_cancelled_task_is_cancelled_where_it_waits() -> None:
    done: list[str] = []

    async def patient() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            done.append("cancelled")
            raise

    task = eager.start(patient(), asyncio.get_running_loop())
    assert task is not None
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert done == ["cancelled"]


async def test_a_task_cancelled_before_it_ran_still_closes_its_coroutine() -> None:
    done: list[str] = []

    async def patient() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            done.append("closed")

    task = eager.start(patient(), asyncio.get_running_loop())
    assert task is not None
    task.cancel()
    await asyncio.wait([task])
    del task
    assert done == ["closed"]
