"""A crowd that comes at once is let in a few at a time: who is in has a turn of the loop between them."""

import asyncio
import socket
from collections import Counter

from corneille.doors.frame.accept import ACCEPTED_AT_ONCE, listen

CROWD = 5 * ACCEPTED_AT_ONCE


class Newcomer(asyncio.Protocol):
    """Notes in which turn of the loop it came in."""

    def __init__(self, came_in: list[int], turn: list[int]) -> None:
        self._came_in, self._turn = came_in, turn

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._came_in.append(self._turn[0])
        transport.close()


async def let_crowd_in(bound: socket.socket, crowd: list[socket.socket]) -> list[int]:
    came_in: list[int] = []
    turn = [0]
    server = await listen(lambda: Newcomer(came_in, turn), bound, None)
    for each in crowd:
        each.connect(bound.getsockname())
    while len(came_in) < CROWD:
        turn[0] += 1
        await asyncio.sleep(0)
    server.close()
    return came_in


def test_a_crowd_comes_in_over_several_turns_and_nobody_is_turned_away() -> None:
    crowd = [socket.socket() for _ in range(CROWD)]
    with socket.create_server(("127.0.0.1", 0)) as bound:
        bound.setblocking(False)
        came_in = asyncio.run(asyncio.wait_for(let_crowd_in(bound, crowd), 10))
    for each in crowd:
        each.close()
    assert len(came_in) == CROWD
    assert max(Counter(came_in).values()) <= ACCEPTED_AT_ONCE
