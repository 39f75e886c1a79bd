"""Long answers in single file."""

import asyncio
import socket

import pytest

from corneille.doors.frame.single_file import SingleFile


async def test_each_turn_of_the_loop_has_one_slice_however_many_go_on() -> None:
    loop = asyncio.get_running_loop()
    file, said, is_over = SingleFile(loop), list[str](), False

    async def go_on(name: str) -> None:
        for _ in range(3):
            await file.wait()
            said.append(name)

    def count_turns() -> None:
        said.append("|")
        if not is_over:
            loop.call_soon(count_turns)

    count_turns()
    await asyncio.gather(go_on("a"), go_on("b"), go_on("c"))
    is_over = True
    turns = "".join(said).split("|")
    assert max(map(len, turns)) == 1
    assert "".join(turns) == "abcabcabc"


async def test_what_came_during_a_slice_goes_before_the_next() -> None:
    loop = asyncio.get_running_loop()
    file, said = SingleFile(loop), list[str]()
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    loop.add_reader(ours, lambda: said.append(ours.recv(1).decode()))

    async def go_on(name: str) -> None:
        for number in range(3):
            await file.wait()
            said.append(name)
            theirs.send(b"%d" % number)  # comes while the slice is made

    await asyncio.gather(go_on("a"), go_on("b"))
    loop.remove_reader(ours)
    ours.close()
    theirs.close()
    assert "".join(said).startswith("a0b0a1b1a2b")


async def test_who_gives_up_holds_nobody_up() -> None:
    file = SingleFile(asyncio.get_running_loop())
    first, gone, last = (asyncio.create_task(file.wait()) for _ in range(3))
    await asyncio.sleep(0)  # all three wait
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    await asyncio.wait_for(asyncio.gather(first, last), 5)


async def test_it_moves_again_after_it_was_empty() -> None:
    file = SingleFile(asyncio.get_running_loop())
    await asyncio.wait_for(file.wait(), 5)
    await asyncio.sleep(0)
    await asyncio.wait_for(file.wait(), 5)
