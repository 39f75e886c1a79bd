"""Sends one message to one server (RFC 5321, client's side): no retry, no queue, no decision."""

import asyncio
import ssl
from dataclasses import dataclass

from corneille.wire.smtp.data import format_data
from corneille.wire.smtp.reply import BrokenReply, Reply, ReplyReader

READ_BYTES = 64 * 1024
END_OF_CONTENT = "end of content"
"""The stage at which the dot has left and no answer has come."""


class SessionFault(Exception):
    """The conversation broke off before the server said what it did with the message; the text says where and how.

    is_after_content  the whole message had left: the server may have taken it
    """

    is_after_content = False


@dataclass(frozen=True, slots=True)
class Target:
    """A server to send to. `tls`: none, opportunistic, starttls, tls; `name` is what its certificate must
    say."""

    address: str
    port: int
    name: str
    tls: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What to send, and how long to wait for it."""

    own_name: str
    reverse_path: str
    recipients: tuple[str, ...]
    content: bytes
    is_utf8: bool
    connect_timeout_s: float
    reply_timeout_s: float
    data_timeout_s: float
    content_before_s: float | None = None
    """The loop's time after which the content is not begun any more: the lease would end during it."""


NOT_UTF8 = Reply(550, "5.6.7", ("the next server does not take addresses or headers beyond ASCII",))
"""RFC 6531 §3.2: such a message is given back rather than damaged."""


async def send(target: Target, outgoing: Outgoing) -> dict[str, Reply]:
    """Gives each recipient the server's last word on it. Raises SessionFault when there is none.

    A reply after the content counts for every recipient accepted before it.
    """
    conversation = _Conversation(target, outgoing)
    try:
        async with asyncio.timeout_at(outgoing.content_before_s) as conversation.limit:
            async with asyncio.timeout(outgoing.connect_timeout_s):
                await conversation.connect()
            return await conversation.run()
    except TimeoutError:  # an OSError, too: it comes first
        raise conversation.make_fault("no answer in time") from None
    except (OSError, ssl.SSLError, asyncio.IncompleteReadError, BrokenReply) as error:
        raise conversation.make_fault(str(error) or type(error).__name__) from error
    finally:
        await conversation.close()


class _Conversation:
    def __init__(self, target: Target, outgoing: Outgoing) -> None:
        self._target = target
        self._outgoing = outgoing
        self._replies = ReplyReader()
        self._extensions: dict[str, str] = {}
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self.limit: asyncio.Timeout | None = None
        self.stage = f"connecting to {target.name} [{target.address}]:{target.port}"

    async def connect(self) -> None:
        context = _client_context(checked=True) if self._target.tls == "tls" else None
        self._reader, self._writer = await asyncio.open_connection(
            self._target.address,
            self._target.port,
            ssl=context,
            server_hostname=self._target.name if context else None,
        )

    def make_fault(self, why: str) -> SessionFault:
        fault = SessionFault(f"{self.stage}: {why}")
        fault.is_after_content = self.stage == END_OF_CONTENT
        return fault

    async def run(self) -> dict[str, Reply]:
        greeting = await self._read("greeting")
        if not greeting.is_positive:
            return self._everybody(greeting)
        refused = await self._greet() or await self._secure()
        if refused is not None:
            return self._everybody(refused)
        if self._outgoing.is_utf8 and "SMTPUTF8" not in self._extensions:
            return self._everybody(NOT_UTF8)
        return await self._transact()

    async def close(self) -> None:
        if self._writer is None:
            return
        self._writer.close()
        try:
            async with asyncio.timeout(5):
                await self._writer.wait_closed()
        except (OSError, TimeoutError):
            self._writer.transport.abort()

    async def _greet(self) -> Reply | None:
        said = await self._say(f"EHLO {self._outgoing.own_name}")
        if said.is_permanent:
            self._extensions = {}
            said = await self._say(f"HELO {self._outgoing.own_name}")
        elif said.is_positive:
            self._extensions = {
                word.upper(): rest for word, _, rest in (line.partition(" ") for line in said.lines[1:])
            }
        return None if said.is_positive else said

    async def _secure(self) -> Reply | None:
        way = self._target.tls
        if way not in {"opportunistic", "starttls"}:
            return None
        if "STARTTLS" not in self._extensions:
            if way == "starttls":
                raise SessionFault(f"{self._target.name} does not offer STARTTLS, which the settings ask for")
            return None
        said = await self._say("STARTTLS")
        if not said.is_positive:
            return said if way == "starttls" else None
        assert self._writer is not None
        self._replies = ReplyReader()  # nothing said in clear counts from here (RFC 3207 §4.2)
        async with asyncio.timeout(self._outgoing.connect_timeout_s):
            await self._writer.start_tls(
                _client_context(checked=way == "starttls"), server_hostname=self._target.name
            )
        return await self._greet()

    async def _transact(self) -> dict[str, Reply]:
        out = self._outgoing
        parameters = ""
        if "SIZE" in self._extensions:
            parameters += f" SIZE={len(out.content)}"
        if "8BITMIME" in self._extensions and not out.content.isascii():
            parameters += " BODY=8BITMIME"
        if out.is_utf8:
            parameters += " SMTPUTF8"
        said = await self._say(f"MAIL FROM:<{out.reverse_path}>{parameters}")
        if not said.is_positive:
            return self._everybody(said)
        answers = {address: await self._say(f"RCPT TO:<{address}>") for address in out.recipients}
        taken = [address for address, answer in answers.items() if answer.is_positive]
        if taken:
            said = await self._say("DATA")
            if said.code == 354:
                if self.limit is not None:
                    self.limit.reschedule(None)  # from here on only the content's own limit counts
                said = await self._send_content()
            elif said.is_positive:
                raise SessionFault(f"{self._target.name} answered {said.code} to DATA")
            answers |= dict.fromkeys(taken, said)
        await self._leave()
        return answers

    async def _send_content(self) -> Reply:
        assert self._writer is not None
        self.stage = "content"
        async with asyncio.timeout(self._outgoing.data_timeout_s):
            self._writer.write(format_data(self._outgoing.content))
            await self._writer.drain()
        return await self._read(END_OF_CONTENT, self._outgoing.data_timeout_s)

    async def _leave(self) -> None:
        assert self._writer is not None
        try:  # the message's fate is known: a server that hangs up now changes nothing
            self._writer.write(b"QUIT\r\n")
            async with asyncio.timeout(5):
                await self._read("QUIT")
        except (OSError, BrokenReply, asyncio.IncompleteReadError, TimeoutError):
            return

    async def _say(self, line: str) -> Reply:
        assert self._writer is not None
        if "\r" in line or "\n" in line:
            raise SessionFault("a line end in a command: refused")
        self._writer.write(line.encode() + b"\r\n")
        return await self._read(line.partition(":")[0])

    async def _read(self, stage: str, timeout_s: float | None = None) -> Reply:
        assert self._reader is not None
        self.stage = stage
        async with asyncio.timeout(timeout_s or self._outgoing.reply_timeout_s):
            while (said := self._replies.next()) is None:
                chunk = await self._reader.read(READ_BYTES)
                if not chunk:
                    raise asyncio.IncompleteReadError(b"", None)
                self._replies.feed(chunk)
        return said

    def _everybody(self, said: Reply) -> dict[str, Reply]:
        return dict.fromkeys(self._outgoing.recipients, said)


def _client_context(*, checked: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if not checked:  # opportunistic: better than clear text, no better (RFC 7435)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
