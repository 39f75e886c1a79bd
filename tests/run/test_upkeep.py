"""The service's own tasks: woken by a topic, and let rest after a turn so that a burst is taken together."""

import asyncio
from datetime import datetime

from corneille.doors.frame.bridge import Bridge
from corneille.kernel import wake
from corneille.run.ground import Ground
from corneille.run.upkeep import Task, Upkeep

DAY_S = 86_400.0


def test_a_task_that_rests_is_not_run_for_each_of_a_burst(ground: Ground) -> None:
    turns = {"eager": 0, "resting": 0}

    async def work_through_a_burst() -> None:
        loop, bridge, done = asyncio.get_running_loop(), Bridge(1), asyncio.Event()

        def count(name: str) -> None:
            turns[name] += 1
            loop.call_soon_threadsafe(done.set)

        def make(name: str, rest_s: float) -> Task:
            def work(_now: datetime) -> None:
                count(name)

            return Task(name, DAY_S, work, topic="burst", rest_s=rest_s)

        upkeep = Upkeep(bridge, (make("resting", DAY_S), make("eager", 0.0)))
        upkeep.start()
        for wanted in range(1, 6):
            while turns["eager"] < wanted or not turns["resting"]:
                await done.wait()
                done.clear()
            wake.current().send("burst")
        await upkeep.close()
        bridge.close()

    asyncio.run(asyncio.wait_for(work_through_a_burst(), 60))
    assert turns["eager"] >= 5
    assert turns["resting"] == 1
