"""The demonstration's outside world: takes all mail that leaves the académie, keeps it in a folder, shows it on a page.

Nothing goes further. The page can also make a message arrive, from a fictitious person outside.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from socket import socket

from corneille.kernel import clock
from corneille.run.asgi import Receive, Scope, Send
from corneille.wire.smtp.command import Greeting, Mail, Malformed, Plain, Rcpt, parse_command
from corneille.wire.smtp.data import DataDecoder, DataFault
from corneille.wire.smtp.line import LineSplitter, RefusedLine
from corneille.wire.smtp.reply import Reply, format_reply, reply

CATCHER_PATH = "/catcher"
KEPT_COUNT = 500
CONTENT_BYTES = 100 * 1024 * 1024
PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Caught:
    """A message that would have left: `number` grows with each."""

    number: int
    reverse_path: str
    recipients: tuple[str, ...]
    caught_at: datetime
    content: bytes


class Catcher:
    """The folder of caught messages, its SMTP server and its pages; any process may show what one has caught."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def start(self, bound: socket) -> Callable[[], Awaitable[None]]:
        """Takes mail on a bound socket; gives back what stops it."""
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        talking: set[asyncio.Task[None]] = set()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            talking.add(task)
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await _Talk(self, reader, writer).run()
            except (ConnectionError, TimeoutError, asyncio.CancelledError):
                pass
            finally:
                talking.discard(task)
                writer.close()

        server = await asyncio.start_server(talk, sock=bound)

        async def stop() -> None:
            server.close()
            for task in talking:
                task.cancel()
            await server.wait_closed()

        return stop

    def keep(self, reverse_path: str, recipients: tuple[str, ...], content: bytes, now: datetime) -> int:
        """Writes a message down under the next number; the oldest beyond 500 go."""
        number = max(self._list_numbers(), default=0) + 1
        head = {"reverse_path": reverse_path, "recipients": list(recipients), "caught_at": now.isoformat()}
        fresh = self._folder / f"{number}.new"
        fresh.write_bytes(json.dumps(head).encode() + b"\n" + content)
        fresh.replace(self._path(number))
        for old in self._list_numbers()[KEPT_COUNT:]:
            self._path(old).unlink(missing_ok=True)
        return number

    def list_caught(self) -> list[Caught]:
        """Everything kept, newest first."""
        return [found for number in self._list_numbers() if (found := self.find_caught(number)) is not None]

    def find_caught(self, number: int) -> Caught | None:
        try:
            head, _, content = self._path(number).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        written = json.loads(head)
        return Caught(
            number,
            written["reverse_path"],
            tuple(written["recipients"]),
            datetime.fromisoformat(written["caught_at"]),
            content,
        )

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The pages, as an ASGI application."""
        # Late, because the page needs the catcher's own values.
        from corneille.run.demonstration.catcher_page import answer

        await answer(self, scope, receive, send)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.caught"

    def _list_numbers(self) -> list[int]:
        return sorted((int(path.stem) for path in self._folder.glob("*.caught")), reverse=True)


class _Talk:
    """One conversation of the catcher: it takes everything that is SMTP."""

    def __init__(self, catcher: Catcher, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._catcher = catcher
        self._reader = reader
        self._writer = writer
        self._lines = LineSplitter()
        self._mail: Mail | None = None
        self._recipients: list[str] = []
        self._is_ending = False

    async def run(self) -> None:
        await self._say(reply(220, None, "catcher ESMTP"))
        while not self._is_ending:
            while (line := self._lines.next()) is None:
                chunk = await self._reader.read(65536)
                if not chunk:
                    return
                self._lines.feed(chunk)
            await self._say(await self._answer(line))

    async def _say(self, said: Reply) -> None:
        self._writer.write(format_reply(said))
        await self._writer.drain()

    async def _answer(self, line: bytes | RefusedLine) -> Reply:
        if isinstance(line, RefusedLine):
            return reply(500, "5.5.2", line.fault.value)
        match parse_command(line):
            case Greeting():
                self._forget()
                return reply(250, None, "catcher", f"SIZE {CONTENT_BYTES}", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES")
            case Mail() as mail:
                self._forget()
                self._mail = mail
                return reply(250, "2.1.0", "OK")
            case Rcpt(path) if self._mail is not None:
                self._recipients.append(path.address)
                return reply(250, "2.1.5", "OK")
            case Plain("DATA") if self._recipients:
                return await self._take()
            case Plain("RSET"):
                self._forget()
                return reply(250, "2.0.0", "OK")
            case Plain("NOOP"):
                return reply(250, "2.0.0", "OK")
            case Plain("QUIT"):
                self._is_ending = True
                return reply(221, "2.0.0", "goodbye")
            case Malformed(code, enhanced, why):
                return reply(code, enhanced, why)
            case _:
                return reply(503, "5.5.1", "not now")

    async def _take(self) -> Reply:
        await self._say(reply(354, None, "go on"))
        decoder = DataDecoder(CONTENT_BYTES)
        chunk = self._lines.take_rest()
        while (found := decoder.feed(chunk)) is None:
            chunk = await self._reader.read(65536)
            if not chunk:
                raise ConnectionResetError
        self._lines.feed(decoder.rest)
        reverse_path = self._mail.reverse_path.address if self._mail and self._mail.reverse_path else ""
        recipients = tuple(self._recipients)
        self._forget()
        if found.fault is not None:
            return reply(552 if found.fault is DataFault.TOO_LARGE else 554, None, found.fault.value)
        number = await asyncio.to_thread(self._catcher.keep, reverse_path, recipients, found.content, clock.now())
        return reply(250, "2.0.0", f"caught, {number}")

    def _forget(self) -> None:
        self._mail = None
        self._recipients = []
