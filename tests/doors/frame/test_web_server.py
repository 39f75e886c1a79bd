"""The web doors' server: whoever asks for nothing does not stay."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from corneille.access.familiar import Standing
from corneille.doors.frame.accept import Porter
from corneille.doors.frame.arrival_rate import BURST_COUNT
from corneille.doors.frame.newcomer import stand_familiar
from corneille.doors.frame.newcomer_settings import Newcomers
from corneille.doors.frame.turnstile import Turnstile
from corneille.run import web_server
from corneille.run.web_server import make_web_server

Say = Callable[[dict[str, Any]], Awaitable[None]]


async def answer(_scope: object, _receive: object, say: Say) -> None:
    await say({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await say({"type": "http.response.body", "body": b"ok"})


async def ask(bound: socket.socket, *said: bytes) -> bytes:
    """Says each, hears one answer to all but the last, and then everything until the end."""
    server = make_web_server(answer, None, Porter(), stand_familiar)
    serving = asyncio.create_task(server.serve([bound]))
    reader, writer = await asyncio.open_connection(*bound.getsockname())
    for each in said[:-1]:
        writer.write(each)
        await reader.readuntil(b"ok")
    writer.write(said[-1])
    heard = b""
    try:
        heard = await reader.read()
    except ConnectionError:
        heard = b"(cut)"
    writer.close()
    server.should_exit = True
    await serving
    return heard


WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("said", [(b"",), (b"GET / HTTP/1.1\r\nHo",), (WHOLE, b"GET /again HTTP/1.1\r\n")])
def test_silence_and_half_a_request_end(monkeypatch: pytest.MonkeyPatch, said: tuple[bytes, ...]) -> None:
    monkeypatch.setattr(web_server, "REQUEST_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        assert asyncio.run(asyncio.wait_for(ask(bound, *said), 20)) in {b"", b"(cut)"}


async def find_no_place(bound: socket.socket) -> bytes:
    """As many strangers as may come in at one instant, and one that waits; gives what the last one of all is answered."""
    loop = asyncio.get_running_loop()
    turnstile = Turnstile(Newcomers(waiting_count=1, strangers_per_s=1e-6, patience_s=3600.0, late_ms=1e-6), loop.time())
    for _ in range(1000):
        turnstile.heed(10.0)
    come = [socket.create_connection(bound.getsockname()) for _ in range(int(BURST_COUNT) + 2)]
    come[-1].sendall(WHOLE)
    server = make_web_server(answer, None, Porter(turnstile), lambda _address: Standing.STRANGER)
    serving = asyncio.create_task(server.serve([bound]))
    come[-1].setblocking(False)
    heard = b""
    while said := await loop.sock_recv(come[-1], 1000):
        heard += said
    for each in come:
        each.close()
    server.should_exit = True
    await serving
    return heard


@pytest.mark.usefixtures("ground")
def test_who_finds_no_place_in_clear_is_told_when_to_come_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as bound:
        heard = asyncio.run(asyncio.wait_for(find_no_place(bound), 20))
    head, _, body = heard.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: 60" in head.split(b"\r\n")
    assert b"Content-Length: %d" % len(body) in head.split(b"\r\n")
    assert "dans une minute" in body.decode()
