"""Django's pages beside the loop: each request in a thread, its answer handed to the loop whole, in one go.

Only a streamed answer (a download) is handed on piece by piece, each once the one before was taken. Whatever passes
between thread and loop costs both a change of threads, and the loop serves everybody's mail meanwhile.
"""

import asyncio
import contextvars
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from wsgiref.types import WSGIApplication, WSGIEnvironment

from corneille.kernel.turn import Turns, wait_aside

Message = Mapping[str, Any]
Result = TypeVar("Result")
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BODILESS = frozenset({"GET", "HEAD"})
UNPREFIXED = frozenset({"CONTENT_TYPE", "CONTENT_LENGTH"})


class Pages:
    """An ASGI application (HTTP alone) that serves a WSGI one in so many threads; `turns` of them compute at one instant."""

    def __init__(self, application: WSGIApplication, threads: int, turns: int) -> None:
        self._application = application
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._turns = Turns(turns)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        # A form is awaited here: who sends it slowly holds no thread.
        first = {} if scope["method"] in BODILESS else await receive()

        def receive_more() -> Message:
            with wait_aside():
                return asyncio.run_coroutine_threadsafe(_await(receive()), loop).result()

        def send_now(message: Message) -> None:
            with wait_aside():
                asyncio.run_coroutine_threadsafe(_await(send(message)), loop).result()

        environ = make_environ(scope, Body(first, receive_more))
        context = contextvars.copy_context()
        for message in await loop.run_in_executor(self._pool, context.run, self._answer, environ, send_now):
            await send(message)

    def _answer(self, environ: WSGIEnvironment, send_now: Callable[[Message], None]) -> list[Message]:
        """Runs the page, from beginning to end in this thread; gives what is still to be sent."""
        with self._turns.take():
            return self._run(environ, send_now)

    def _run(self, environ: WSGIEnvironment, send_now: Callable[[Message], None]) -> list[Message]:
        started: dict[str, Any] = {"type": "http.response.start"}

        def start_response(status: str, headers: list[tuple[str, str]], _failed: object = None) -> Callable[[bytes], object]:
            started["status"] = int(status.partition(" ")[0])
            started["headers"] = [(name.encode("latin-1").lower(), value.encode("latin-1")) for name, value in headers]
            return lambda piece: send_now(_format_piece(piece, is_last=False))

        answer: Iterable[bytes] = self._application(environ, start_response)
        try:
            if not getattr(answer, "streaming", False):
                return [started, _format_piece(b"".join(answer), is_last=True)]
            send_now(started)
            for piece in answer:
                send_now(_format_piece(piece, is_last=False))
            return [_format_piece(b"", is_last=True)]
        finally:
            getattr(answer, "close", lambda: None)()


class Body(io.BufferedReader):
    """What the client sends with its request, as a file (PEP 3333); `more` waits for the next piece."""

    def __init__(self, first: Message, more: Callable[[], Message]) -> None:
        super().__init__(_Pieces(first, more))


class _Pieces(io.RawIOBase):
    def __init__(self, first: Message, more: Callable[[], Message]) -> None:
        self._piece: bytes = first.get("body", b"")
        self._has_more: bool = first.get("more_body", False)
        self._more = more

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._piece and self._has_more:
            message = self._more()  # without a body when the client has gone: then it ends here
            self._piece, self._has_more = message.get("body", b""), message.get("more_body", False)
        count = min(len(into), len(self._piece))
        into[:count], self._piece = self._piece[:count], self._piece[count:]
        return count


def make_environ(scope: Message, body: Body) -> WSGIEnvironment:
    """The request as PEP 3333 wants it: text that stands for octets (ISO 8859-1).

    A header whose name holds « _ » is left out: it would pass for another, which only a proxy may set.
    """
    host, port = scope.get("server") or ("localhost", 0)
    address, client_port = scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": address,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name not in UNPREFIXED:
            name = f"HTTP_{name}"
        environ[name] = f"{environ[name]},{value}" if name in environ else value
    return environ


def _format_piece(piece: bytes, *, is_last: bool) -> Message:
    return {"type": "http.response.body", "body": piece, "more_body": not is_last}


async def _await(waited: Awaitable[Result]) -> Result:
    return await waited
