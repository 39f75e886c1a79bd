"""The web doors' server: whoever asks for nothing does not stay."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from corneille.doors.frame.accept import Porter
from corneille.doors.frame.newcomer import stand_familiar
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
