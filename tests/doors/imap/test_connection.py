"""A connection's patience, by the loop's clock."""

import asyncio
from unittest.mock import Mock

from corneille.doors.imap.connection import Connection


class Loop(asyncio.SelectorEventLoop):
    """A loop whose time the test sets."""

    at_s = 1000.0

    def time(self) -> float:
        return self.at_s


async def drip(loop: Loop, step_s: float, at_most_s: float) -> float:
    """How long a client is borne that sends an octet now and then, where silence is borne for a minute."""
    listener = Mock()
    connection = Connection(lambda _connection: listener, lambda _connection: None, is_tls=False)
    connection.connection_made(Mock(spec=asyncio.Transport))
    begun_s = loop.at_s
    connection.expire_in(60.0, of_silence=True, at_most_s=at_most_s)
    for _ in range(100):
        loop.at_s += step_s
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        if listener.expire.called:
            break
        connection.data_received(b"x")
    connection.connection_lost(None)
    return loop.at_s - begun_s


def test_who_sends_an_octet_now_and_then_is_borne_for_so_long_in_all_and_no_longer() -> None:
    loop = Loop()
    try:
        assert loop.run_until_complete(drip(loop, 59.0, at_most_s=200.0)) == 4 * 59.0
        assert loop.run_until_complete(drip(loop, 59.0, at_most_s=100_000.0)) == 100 * 59.0
        assert loop.run_until_complete(drip(loop, 61.0, at_most_s=100_000.0)) == 61.0
    finally:
        loop.close()
