"""A raw SMTP client for tests: it sends any bytes and reads replies."""

import asyncio
import base64
import ssl
from dataclasses import dataclass, field

from corneille.wire.smtp.reply import Reply, ReplyReader

PATIENCE_S = 10.0


@dataclass(slots=True)
class Talk:
    """One conversation; closes with the test."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    _replies: ReplyReader = field(default_factory=ReplyReader)

    async def say(self, line: str | bytes) -> Reply:
        """Sends a line and reads one reply."""
        await self.send((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.hear()

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def hear(self) -> Reply:
        async with asyncio.timeout(PATIENCE_S):
            while (said := self._replies.next()) is None:
                chunk = await self.reader.read(65536)
                if not chunk:
                    raise EOFError
                self._replies.feed(chunk)
        return said

    async def is_closed(self) -> bool:
        try:
            await self.hear()
        except (EOFError, ConnectionError):
            return True
        return False

    async def greet(self, word: str = "EHLO") -> Reply:
        return await self.say(f"{word} client.example.net")

    async def open_message(self, sender: str, *recipients: str, parameters: str = "") -> list[Reply]:
        """MAIL, RCPT…, DATA; the last reply is DATA's."""
        said = [await self.say(f"MAIL FROM:<{sender}>{parameters}")]
        said += [await self.say(f"RCPT TO:<{each}>") for each in recipients]
        return [*said, await self.say("DATA")]

    async def deliver(self, sender: str, recipient: str, content: bytes) -> Reply:
        """A whole message; the reply after its end."""
        assert (await self.open_message(sender, recipient))[-1].code == 354
        return await self.say(content + b".")

    async def sign_in(self, identifier: str, secret: str) -> Reply:
        plain = base64.b64encode(f"\0{identifier}\0{secret}".encode()).decode()
        return await self.say(f"AUTH PLAIN {plain}")

    async def start_tls(self, context: ssl.SSLContext) -> None:
        async with asyncio.timeout(PATIENCE_S):
            await self.writer.start_tls(context, server_hostname="localhost")

    async def close(self) -> None:
        self.writer.close()
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self.writer.wait_closed()
        except (OSError, TimeoutError):
            self.writer.transport.abort()
