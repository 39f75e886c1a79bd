"""A crowd that comes at once is let in a few at a time: who is in has a turn of the loop between them."""

import asyncio
import os
import socket
import ssl
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from corneille.access.familiar import Networks, Standing, networks, servers
from corneille.doors.frame.accept import LET_IN_AT_ONCE, Porter
from corneille.doors.frame.arrival_rate import BURST_COUNT
from corneille.doors.frame.newcomer import Doorway, stand_familiar
from corneille.doors.frame.newcomer import Newcomer as Waiting
from corneille.doors.frame.newcomer_settings import Newcomers
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.frame.turnstile import Turnstile
from corneille.run.certificate import find_certificate

CROWD = 5 * LET_IN_AT_ONCE


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
    doorway = Doorway("imap", lambda: Newcomer(came_in, turn), None, find_standing=stand_familiar)
    listening = Porter().listen(doorway, bound)
    for each in crowd:
        each.connect(bound.getsockname())
    while len(came_in) < CROWD:
        turn[0] += 1
        await asyncio.sleep(0)
    listening.close()
    return came_in


@pytest.mark.usefixtures("ground")
def test_a_crowd_comes_in_over_several_turns_and_nobody_is_turned_away() -> None:
    crowd = [socket.socket() for _ in range(CROWD)]
    with socket.create_server(("127.0.0.1", 0)) as bound:
        bound.setblocking(False)
        came_in = asyncio.run(asyncio.wait_for(let_crowd_in(bound, crowd), 10))
    for each in crowd:
        each.close()
    assert len(came_in) == CROWD
    assert max(Counter(came_in).values()) <= LET_IN_AT_ONCE


SORRY = b"* BYE [UNAVAILABLE]\r\n"


class Silent(asyncio.Protocol):
    """Answers nothing, and counts those who came in."""

    def __init__(self, came_in: list[asyncio.BaseTransport]) -> None:
        self._came_in = came_in

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._came_in.append(transport)


async def hear(reader: asyncio.StreamReader) -> bytes:
    """What is said before the end; nothing when it is cut."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


def make_narrow(count: int = 1) -> Turnstile:
    """Lets in those whom it may let in at one instant, and nobody more while a test lasts; so many may wait."""
    settings = Newcomers(waiting_count=count, strangers_per_s=1e-6, patience_s=3600.0, late_ms=1e-6)  # no beat is on time
    turnstile = Turnstile(settings, asyncio.get_running_loop().time())
    for _ in range(1000):
        turnstile.heed(10.0)
    return turnstile


async def turn_away(bound: socket.socket, tls: ssl.SSLContext | None) -> tuple[int, list[bytes]]:
    """A crowd of suspects at a narrow door; gives how many came in, and what those who found no place heard."""
    came_in: list[asyncio.BaseTransport] = []
    doorway = Doorway("imap", lambda: Silent(came_in), tls, SORRY, lambda _address: Standing.SUSPECT)
    listening = Porter(make_narrow()).listen(doorway, bound)
    opened = [await asyncio.open_connection(*bound.getsockname()) for _ in range(CROWD)]
    hearing = asyncio.as_completed([hear(reader) for reader, _ in opened])
    heard = [await next(hearing) for _ in range(CROWD - int(BURST_COUNT) - 1)]
    count = len(came_in)
    listening.close()
    for transport in came_in:
        cast(asyncio.Transport, transport).abort()
    for _, writer in opened:
        writer.close()
    for each in hearing:
        await each
    return count, heard


@pytest.mark.usefixtures("ground")
def test_who_finds_no_place_is_told_so_where_the_door_begins_in_clear() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        bound.setblocking(False)
        count, heard = asyncio.run(asyncio.wait_for(turn_away(bound, None), 20))
    assert count == BURST_COUNT
    assert set(heard) == {SORRY}


@pytest.mark.usefixtures("ground")
def test_before_tls_the_connection_is_closed_without_a_word() -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        bound.setblocking(False)
        count, heard = asyncio.run(asyncio.wait_for(turn_away(bound, tls), 20))
    assert count == 0  # none of them shakes hands
    assert set(heard) == {b""}


async def shake_no_hands(bound: socket.socket) -> bytes:
    """Two may shake hands at one time: three come, and say nothing. Gives what the first hears."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    doorway = Doorway("imap", asyncio.Protocol, tls, find_standing=stand_familiar)
    listening = Porter(entering_count=2).listen(doorway, bound)
    opened = [await asyncio.open_connection(*bound.getsockname()) for _ in range(3)]
    heard = await hear(opened[0][0])
    listening.close()
    for reader, writer in opened[1:]:
        await hear(reader)
        writer.close()
    opened[0][1].close()
    return heard


@pytest.mark.usefixtures("ground")
def test_who_never_shakes_hands_makes_room_and_all_are_cut_when_the_door_closes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        bound.setblocking(False)
        assert asyncio.run(asyncio.wait_for(shake_no_hands(bound), 10)) == b""


async def come_as_two(bound: socket.socket) -> list[str]:
    """A crowd of suspects that waits, then one whose network is familiar; gives the standings of those who came in last."""
    came_in: list[asyncio.BaseTransport] = []
    standings = iter([*([Standing.SUSPECT] * CROWD), Standing.FAMILIAR])
    doorway = Doorway("imap", lambda: Silent(came_in), None, SORRY, lambda _address: next(standings))
    listening = Porter(make_narrow()).listen(doorway, bound)
    opened = [await asyncio.open_connection(*bound.getsockname()) for _ in range(CROWD)]
    while len(came_in) < BURST_COUNT:
        await asyncio.sleep(0)
    school = await asyncio.open_connection(*bound.getsockname())
    while len(came_in) == BURST_COUNT:
        await asyncio.sleep(0)
    last = came_in[-1].get_extra_info("peername"), school[1].get_extra_info("sockname")
    listening.close()
    for transport in came_in:
        cast(asyncio.Transport, transport).abort()
    for _, writer in (*opened, school):
        writer.close()
    await asyncio.sleep(0)
    return list(last)


@pytest.mark.usefixtures("ground")
def test_a_familiar_network_comes_in_past_those_who_wait() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        bound.setblocking(False)
        came, school = asyncio.run(asyncio.wait_for(come_as_two(bound), 10))
    assert came == school


def pair() -> tuple[socket.socket, socket.socket]:
    """Two ends of a connection that blocks nobody."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    return ours, theirs


def stand_at(came_in: list[asyncio.BaseTransport], standing: Standing) -> Doorway:
    return Doorway("imap", lambda: Silent(came_in), None, SORRY, lambda _address: standing)


async def hang_up_outside() -> tuple[int, bytes]:
    """Strangers fill the instant; one waits and hangs up, one waits on. Gives how many came in, and what that one heard."""
    came_in: list[asyncio.BaseTransport] = []
    loop = asyncio.get_running_loop()
    turnstile = Turnstile(Newcomers(strangers_per_s=1.0), loop.time())
    porter = Porter(turnstile)
    doorway = stand_at(came_in, Standing.STRANGER)
    ends = [pair() for _ in range(int(BURST_COUNT) + 2)]
    for number, (ours, _) in enumerate(ends):
        porter.receive(doorway, ours, f"192.0.{number}.1")
    ends[-2][1].close()
    while len(came_in) <= BURST_COUNT:
        await asyncio.sleep(0)
    porter.shut(doorway)
    for transport in came_in:
        cast(asyncio.Transport, transport).abort()
    heard = await loop.sock_recv(ends[-1][1], 100)
    for _, theirs in ends:
        theirs.close()
    return len(came_in), heard


@pytest.mark.usefixtures("ground")
def test_who_has_hung_up_takes_nobodys_place_and_a_later_beat_lets_the_next_in() -> None:
    assert asyncio.run(asyncio.wait_for(hang_up_outside(), 10)) == (BURST_COUNT + 1, b"")


async def sign_in_beside(memory: Networks) -> tuple[int, bytes]:
    """Two networks wait; somebody of one signs in. Gives how many came in, and what the other heard."""
    came_in: list[asyncio.BaseTransport] = []
    loop = asyncio.get_running_loop()
    porter = Porter(make_narrow(count=10))
    doorway = Doorway("imap", lambda: Silent(came_in), None, SORRY, lambda _address: Standing.SUSPECT, memory)
    ends = [pair() for _ in range(int(BURST_COUNT) + 3)]
    for number, (ours, _) in enumerate(ends):
        porter.receive(doorway, ours, f"198.18.{number // 2}.{number}")
    while len(came_in) < BURST_COUNT:
        await asyncio.sleep(0)
    await loop.run_in_executor(None, memory.note_granted, f"198.18.{int(BURST_COUNT) // 2}.0/24")
    while len(came_in) < BURST_COUNT + 2:
        await asyncio.sleep(0)
    porter.shut(doorway)
    for transport in came_in:
        cast(asyncio.Transport, transport).abort()
    heard = await loop.sock_recv(ends[-1][1], 100)
    for _, theirs in ends:
        theirs.close()
    return len(came_in), heard


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("memory", [networks, servers])
def test_who_waits_comes_in_when_somebody_of_its_network_has_signed_in(memory: Networks) -> None:
    assert asyncio.run(asyncio.wait_for(sign_in_beside(memory), 10)) == (BURST_COUNT + 2, b"")


async def wait_too_long() -> bytes:
    """One stranger more than may come in; gives what it hears."""
    came_in: list[asyncio.BaseTransport] = []
    loop = asyncio.get_running_loop()
    turnstile = Turnstile(Newcomers(strangers_per_s=1e-6, patience_s=0.0), loop.time())
    for _ in range(1000):
        turnstile.heed(10.0)
    porter, doorway = Porter(turnstile), stand_at(came_in, Standing.STRANGER)
    ends = [pair() for _ in range(int(BURST_COUNT) + 1)]
    for ours, _ in ends:
        porter.receive(doorway, ours, "192.0.2.1")
    heard = await loop.sock_recv(ends[-1][1], 100)
    porter.shut(doorway)
    for transport in came_in:
        cast(asyncio.Transport, transport).abort()
    for _, theirs in ends:
        theirs.close()
    return heard


@pytest.mark.usefixtures("ground")
def test_who_has_waited_too_long_is_told_so_at_a_beat() -> None:
    assert asyncio.run(asyncio.wait_for(wait_too_long(), 10)) == SORRY


async def crowd_of_friends(bound: socket.socket, count: int) -> int:
    came_in: list[asyncio.BaseTransport] = []
    settings = Newcomers(waiting_count=2 * LET_IN_AT_ONCE)
    porter = Porter(Turnstile(settings, asyncio.get_running_loop().time()))
    listening = porter.listen(stand_at(came_in, Standing.FAMILIAR), bound)
    opened = [await asyncio.open_connection(*bound.getsockname()) for _ in range(count)]
    while len(came_in) < count:
        await asyncio.sleep(0)
    listening.close()
    for transport in came_in:
        cast(asyncio.Transport, transport).abort()
    for _, writer in opened:
        writer.close()
    return len(came_in)


@pytest.mark.usefixtures("ground")
def test_of_familiar_ones_none_is_turned_away_however_many_come_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as bound:
        assert asyncio.run(asyncio.wait_for(crowd_of_friends(bound, 60), 20)) == 60


def test_strangers_who_wait_make_room_when_no_descriptor_is_left() -> None:
    turnstile = Turnstile(Newcomers(), 0.0)
    doorway = Doorway("imap", asyncio.Protocol, None)
    standings = (Standing.FAMILIAR, Standing.STRANGER, Standing.SUSPECT, Standing.STRANGER)
    for number, standing in enumerate(standings):
        turnstile.arrive(Waiting(doorway, str(number), standing, socket.socket(), 0.0))
    gone = turnstile.make_room(2)
    for each in gone:
        each.socket.close()
    assert [each.network for each in gone] == ["3", "2"]
    left = [turnstile.take_familiar(), turnstile.take_stranger(0.0), turnstile.take_stranger(0.0)]
    assert [found and found.network for found in left] == ["0", "1", None]
    for found in left:
        if found is not None:
            found.socket.close()


async def evict_at_the_end_of_a_handshake(server: ssl.SSLContext, client: ssl.SSLContext) -> bool:
    """One place: the second comes in as the first's handshake ends. Says whether the first still has its descriptor."""
    loop = asyncio.get_running_loop()
    porter = Porter(entering_count=1)
    (first, first_end), (second, second_end) = pair(), pair()
    number = first.fileno()
    is_in = asyncio.Event()

    class Greeter(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            porter.receive(doorway, second, "192.0.2.2")
            porter._let_familiar_in()  # in this very turn
            is_in.set()

    doorway = Doorway("imap", Greeter, server, find_standing=stand_familiar)
    porter.receive(doorway, first, "192.0.2.1")
    porter._let_familiar_in()
    entering = list(porter._entering)
    first_end.setblocking(True)
    shaken = await loop.run_in_executor(None, partial(client.wrap_socket, first_end, server_hostname="localhost"))
    await is_in.wait()
    await asyncio.wait(entering)
    await asyncio.sleep(0)
    try:
        return os.fstat(number).st_ino > 0  # it says goodbye, which the other end does not answer
    except OSError:
        return False
    finally:
        shaken.close()
        second_end.close()
        porter.shut(doorway)


@pytest.mark.usefixtures("ground")
def test_who_makes_room_as_its_handshake_ends_keeps_its_descriptor_until_it_has_gone(tmp_path: Path) -> None:
    made = find_certificate(Tls(), tmp_path, "localhost", datetime.now(UTC))
    server, client = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH), ssl.create_default_context(cafile=made.authority)
    server.load_cert_chain(made.chain, made.key)
    assert asyncio.run(asyncio.wait_for(evict_at_the_end_of_a_handshake(server, client), 10))
