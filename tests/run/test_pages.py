"""Django's pages beside the loop: what the application sees of a request, and what the loop is handed of its answer."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from corneille.run.pages import Message, Pages


class Streamed:
    """An answer in pieces, as Django's is for a download."""

    streaming = True

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.closed_in: int | None = None

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        self.closed_in = threading.get_ident()


def ask(
    application: WSGIApplication, *received: Message, method: str = "GET", headers: Iterable[tuple[bytes, bytes]] = ()
) -> list[Message]:
    """Everything that was sent for one request."""
    sent: list[Message] = []
    waiting = iter(received)

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": "/élève", "query_string": b"a=%C3%A9", "scheme": "https",
        "http_version": "1.1", "server": ("localhost", 443), "client": ("192.0.2.7", 50000), "headers": list(headers),
    }  # fmt: skip
    asyncio.run(Pages(application, 1, 1)(scope, receive, send))
    return sent


def answering(answer: Callable[[WSGIEnvironment], Iterable[bytes]]) -> WSGIApplication:
    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return answer(environ)

    return application


def piece(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_whole_answer_is_handed_on_in_one_piece() -> None:
    sent = ask(answering(lambda _environ: [b"one ", b"two"]))
    assert sent == [
        {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]},
        {"type": "http.response.body", "body": b"one two", "more_body": False},
    ]


def test_a_streamed_answer_leaves_piece_by_piece_and_is_closed_in_its_own_thread() -> None:
    threads = []

    def pieces() -> Iterator[bytes]:
        for each in (b"one", b"two"):
            threads.append(threading.get_ident())
            yield each

    streamed = Streamed(pieces())
    sent = ask(answering(lambda _environ: streamed))
    assert [each.get("body") for each in sent] == [None, b"one", b"two", b""]
    assert [each.get("more_body") for each in sent] == [None, True, True, False]
    assert set(threads) == {streamed.closed_in} != {threading.get_ident()}


def test_a_form_that_comes_in_pieces_is_read_whole() -> None:
    received = [piece(b"first\nsec", more=True), piece(b"", more=True), piece(b"ond", more=False)]
    sent = ask(answering(lambda environ: [repr(environ["wsgi.input"].readlines()).encode()]), *received, method="POST")
    assert sent[1]["body"] == b"[b'first\\n', b'second']"


def test_a_form_whose_sender_has_left_ends_where_it_is() -> None:
    received = [piece(b"first", more=True), {"type": "http.disconnect"}]
    sent = ask(answering(lambda environ: [environ["wsgi.input"].read(100)]), *received, method="POST")
    assert sent[1]["body"] == b"first"


def test_the_application_sees_octets_as_latin_1() -> None:
    seen: dict[str, Any] = {}
    ask(answering(lambda environ: seen.update(environ) or []))
    assert seen["PATH_INFO"].encode("latin-1").decode() == "/élève"
    assert seen["QUERY_STRING"] == "a=%C3%A9"
    assert seen["REMOTE_ADDR"] == "192.0.2.7"


def test_a_header_that_would_pass_for_a_proxys_is_left_out() -> None:
    seen: dict[str, Any] = {}
    headers = [(b"x-forwarded-for", b"198.51.100.1"), (b"x_forwarded_for", b"203.0.113.9"), (b"content-type", b"a/b")]
    ask(answering(lambda environ: seen.update(environ) or []), headers=headers)
    assert seen["HTTP_X_FORWARDED_FOR"] == "198.51.100.1"
    assert seen["CONTENT_TYPE"] == "a/b"


def test_a_fault_reaches_who_serves() -> None:
    def application(_environ: WSGIEnvironment, _start_response: StartResponse) -> Iterable[bytes]:
        raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        ask(application)
