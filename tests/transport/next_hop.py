"""A next server for tests: it says what a test wants, and keeps what it was given."""

import asyncio
from dataclasses import dataclass, field

from corneille.wire.smtp.data import DataDecoder


@dataclass(slots=True)
class NextHop:
    """`answers` maps the beginning of a line (or `.` for the content's end) to the reply's text; default
    250."""

    answers: dict[str, str] = field(default_factory=dict)
    extensions: tuple[str, ...] = ("SIZE 100000000", "8BITMIME", "SMTPUTF8")
    lines: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)
    slow: str = ""
    """A line that begins so (or `.`, the content's end) is not answered before `may_answer`."""
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    port: int = 0
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._converse(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):  # the test is over
            pass
        finally:
            writer.close()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._say(writer, self.answers.get("greeting", "220 next.test"))
        while True:
            line = (await reader.readuntil(b"\r\n")).decode().removesuffix("\r\n")
            self.lines.append(line)
            if self.slow and line.startswith(self.slow):
                await self.may_answer.wait()
            said = next((text for begin, text in self.answers.items() if line.startswith(begin)), None)
            if said == "hang up":
                return
            if line.startswith("EHLO") and said is None:
                said = "\r\n".join(f"250-{each}" for each in ("next.test", *self.extensions)) + "\r\n250 HELP"
            if line == "DATA" and said is None:
                await self._say(writer, "354 go on")
                decoder = DataDecoder(10**8)
                while (found := decoder.feed(await reader.read(65536))) is None:
                    pass
                self.contents.append(found.content)
                if self.slow == ".":
                    await self.may_answer.wait()
                said = self.answers.get(".", "250 2.0.0 taken")
                if said == "hang up":
                    return
            await self._say(writer, said or "250 OK")
            if line == "QUIT":
                return

    async def _say(self, writer: asyncio.StreamWriter, text: str) -> None:
        writer.write(text.encode() + b"\r\n")
        await writer.drain()
