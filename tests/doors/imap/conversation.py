"""A client that says what a test says, octet for octet, and reads whole responses. It speaks to any IMAP server."""

import contextlib
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field

_LITERAL = re.compile(rb"\{(\d+)\}\r\n\Z")
_RECENT = re.compile(rb"\* \d+ RECENT\r\n|(?<=FLAGS \()\\Recent ?")
TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Door:
    """Where a server listens, and somebody who may enter."""

    tls_port: int
    starttls_port: int
    context: ssl.SSLContext
    identifier: str
    secret: str
    host: str = "127.0.0.1"


@dataclass(slots=True)
class Reply:
    """A command's end (`status` OK, NO or BAD; `text` what follows) and the untagged responses before it."""

    status: str
    text: str
    untagged: list[bytes] = field(default_factory=list)

    def find(self, word: bytes) -> list[bytes]:
        """The untagged responses that hold this, without their line end."""
        return [response for response in self.untagged if word in response]

    def one(self, word: bytes) -> bytes:
        """The only response that holds this."""
        found = self.find(word)
        assert len(found) == 1, (word, self.untagged)
        return found[0]


class Client:
    """One connection.

    shows_recent  False: what only IMAP4rev1 says, RECENT and \\Recent, is left out of the responses
    """

    shows_recent = False

    def __init__(self, door: Door, *, tls: bool = True) -> None:
        self.door = door
        plain = socket.create_connection((door.host, door.tls_port if tls else door.starttls_port), TIMEOUT_S)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket: socket.socket = door.context.wrap_socket(plain, server_hostname="localhost") if tls else plain
        self._buffer = bytearray()
        self._count = 0
        self.greeting = self.read()

    def start_tls(self) -> None:
        """Puts TLS on the socket, after the server has agreed."""
        self.socket = self.door.context.wrap_socket(self.socket, server_hostname="localhost")

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def read(self) -> bytes:
        """One response, literals included, without its line end. Raises EOFError when the server has closed."""
        response = b""
        while True:
            line = self._read_line()
            if not self.shows_recent and not response:
                line = _RECENT.sub(b"", line)
            response += line
            found = _LITERAL.search(line)
            if found is not None:
                response += self._read_exactly(int(found[1]))
            elif response:
                return response[:-2]

    def read_end(self, tag: bytes) -> Reply:
        """Everything up to the tagged response."""
        untagged = []
        while not (response := self.read()).startswith(tag + b" "):
            untagged.append(response)
        status, _, text = response[len(tag) + 1 :].partition(b" ")
        return Reply(status.decode(), text.decode(), untagged)

    def command(self, command: bytes, *literals: bytes) -> Reply:
        """Sends one command, its literals when the server asks for each (`{}` stands for `{size}`)."""
        self._count += 1
        tag = b"t%d" % self._count
        pieces = command.split(b"{}")
        assert len(pieces) == len(literals) + 1
        self.send(tag + b" " + pieces[0])
        for literal, piece in zip(literals, pieces[1:], strict=True):
            self.send(b"{%d}\r\n" % len(literal))
            answer = self.read()
            if not answer.startswith(b"+"):
                status, _, text = answer.removeprefix(tag + b" ").partition(b" ")
                return Reply(status.decode(), text.decode())
            self.send(literal + piece)
        self.send(b"\r\n")
        return self.read_end(tag)

    def ok(self, command: bytes, *literals: bytes) -> Reply:
        """A command that must succeed."""
        reply = self.command(command, *literals)
        assert reply.status == "OK", (command, reply)
        return reply

    def log_in(self) -> "Client":
        self.ok(b"LOGIN {} {}", self.door.identifier.encode(), self.door.secret.encode())
        return self

    def append(self, content: bytes, mailbox: bytes = b"INBOX", flags: bytes = b"()") -> None:
        self.ok(b"APPEND " + mailbox + b" " + flags + b" {}", content)

    def is_closed(self) -> bool:
        """Reads what is left; true when the server has closed the connection."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                self.read()
        return True

    def close(self) -> None:
        self.socket.close()

    def _read_line(self) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            self._receive()
        line = bytes(self._buffer[: end + 1])
        del self._buffer[: end + 1]
        return line

    def _read_exactly(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._receive()
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _receive(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise EOFError
        self._buffer += data


@contextlib.contextmanager
def signed_in(door: Door) -> Iterator[Client]:
    """A client that has signed in."""
    client = Client(door)
    try:
        yield client.log_in()
    finally:
        client.close()


def message(subject: str = "Conseil de classe", body: str = "Bonjour,\r\n\r\nà demain.\r\n") -> bytes:
    """A small message."""
    return (
        "From: Marie Martin <marie.martin@ac-demonstration.test>\r\nTo: Paul Durand <paul.durand@ac-demonstration.test>\r\n"
        f"Subject: {subject}\r\nDate: Mon, 2 Feb 2026 08:00:00 +0100\r\nMessage-ID: <{abs(hash(subject))}@test>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}"
    ).encode()
