"""Small IMAP and LMTP clients that add little of their own to what is measured."""

import asyncio
import functools
import itertools
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.web import WebPerson


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server under test listens, and how `user` number n signs in."""

    name: str
    imaps_port: int
    lmtp_port: int
    users: Sequence[tuple[str, str]]  # login, password
    addresses: Sequence[str]
    pid: int = 0
    web_port: int = 0
    web: Sequence["WebPerson"] = ()
    """People who sign in at the web pages, where there are any."""


TAIL_BYTES = 4096
"""Kept of an answer: its tagged line lies within, capabilities and all."""


@functools.cache
def trusting() -> ssl.SSLContext:
    """TLS without a check: both servers show a certificate made for this run. One for all: making one costs 40 ms."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Connection:
    """One blocking IMAP connection, signed in."""

    def __init__(self, server: Server, user: int) -> None:
        plain = socket.create_connection(("127.0.0.1", server.imaps_port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket = trusting().wrap_socket(plain)
        self._tags = (b"zq%d" % number for number in itertools.count(1))
        self._buffer = bytearray(1 << 20)
        self._socket.recv(4096)
        login, password = server.users[user]
        self.ask(b'LOGIN "%b" "%b"' % (login.encode(), password.encode()))

    def ask(self, command: bytes, literal: bytes | None = None) -> int:
        """Sends one command and reads to its tagged OK; gives the octets read."""
        tag = next(self._tags)
        self._socket.sendall(tag + b" " + command + b"\r\n")
        if literal is not None:
            self._read_until(b"+ ")
            self._socket.sendall(literal + b"\r\n")
        return self._read_until(tag + b" ")

    def read(self, command: bytes) -> bytes:
        """Sends one command and gives all that is said to its tagged OK."""
        tag, said = next(self._tags), b"\r\n"
        self._socket.sendall(tag + b" " + command + b"\r\n")
        while not (said.endswith(b"\r\n") and b"\r\n" + tag + b" " in said):
            said += self._socket.recv(1 << 20)
        if b"\r\n" + tag + b" OK" not in said:
            raise RuntimeError(said[-500:].decode("utf-8", "replace"))
        return said

    def _read_until(self, mark: bytes) -> int:
        total, tail = 0, b"\r\n"
        while True:
            count = self._socket.recv_into(self._buffer)
            if not count:
                raise ConnectionError("the server closed the connection")
            total += count
            tail = (tail + bytes(self._buffer[max(0, count - TAIL_BYTES) : count]))[-TAIL_BYTES:]
            place = tail.find(b"\r\n" + mark)
            if place >= 0 and tail.endswith(b"\r\n"):
                if mark != b"+ " and not tail[place + 2 + len(mark) :].startswith(b"OK"):
                    raise RuntimeError(tail.decode("utf-8", "replace"))
                return total

    def close(self) -> None:
        self._socket.close()


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, tag: bytes, command: bytes) -> bytes:
    """One command of a load test: everything up to the tagged line, literals passed over by their length."""
    writer.write(tag + b" " + command + b"\r\n")
    return await read_reply(reader, tag)


async def read_reply(reader: asyncio.StreamReader, tag: bytes) -> bytes:
    lines = []
    while True:
        line = await reader.readline()
        if not line:
            raise ConnectionError("the server closed the connection")
        lines.append(line)
        if line.endswith(b"}\r\n"):
            length = int(line[line.rindex(b"{") + 1 : -3].rstrip(b"+"))
            await reader.readexactly(length)
        elif line.startswith(tag + b" "):
            return b"".join(lines)


async def deliver(
    server: Server, messages: Sequence[bytes], connections: int, sent: list[float] | None = None
) -> None:
    """Delivers the messages by LMTP, spread over the server's addresses, on that many connections.

    sent  takes the instant at which the end of each message was written
    """
    waiting = iter(enumerate(messages))

    async def work() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.lmtp_port, limit=1 << 20)
        await reader.readline()
        await _say(reader, writer, b"LHLO bench")
        for number, message in waiting:
            address = server.addresses[number % len(server.addresses)]
            await _say(reader, writer, b"MAIL FROM:<a@out.example>")
            await _say(reader, writer, b"RCPT TO:<%b>" % address.encode())
            await _say(reader, writer, b"DATA")
            writer.write(message.replace(b"\r\n.", b"\r\n..") + b".\r\n")
            if sent is not None:
                sent.append(time.perf_counter())
            await _expect(reader)
        writer.close()

    await asyncio.gather(*(work() for _ in range(connections)))


async def _say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: bytes) -> None:
    writer.write(line + b"\r\n")
    await _expect(reader)


async def _expect(reader: asyncio.StreamReader) -> None:
    while True:
        line = await reader.readline()
        if line[:1] not in {b"2", b"3"}:
            raise RuntimeError(line.decode("utf-8", "replace"))
        if line[3:4] != b"-":
            return
