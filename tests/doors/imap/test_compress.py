"""COMPRESS=DEFLATE (RFC 4978)."""

import random
import zlib

import pytest

from tests.doors.imap.conversation import Client, Door, message


class Packed:
    """A socket's two ends in DEFLATE: what `Client` asks of a socket."""

    def __init__(self, plain: Client) -> None:
        self._socket = plain.socket
        self._packer = zlib.compressobj(wbits=-15)
        self._unpacker = zlib.decompressobj(-15)

    def sendall(self, data: bytes) -> None:
        self._socket.sendall(self._packer.compress(data) + self._packer.flush(zlib.Z_SYNC_FLUSH))

    def recv(self, count: int) -> bytes:
        while received := self._socket.recv(count):
            if data := self._unpacker.decompress(received):
                return data
        return b""

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def packed(client: Client) -> Client:
    client.ok(b"COMPRESS DEFLATE")
    client.socket = Packed(client)  # type: ignore[assignment]
    return client


def test_everything_goes_on_packed(packed: Client) -> None:
    content = message(body="".join(random.Random(1).choices("abcdefgh \n", k=300_000)).replace("\n", "\r\n"))
    packed.append(content)
    packed.ok(b"SELECT INBOX")
    assert packed.ok(b"FETCH 1 BODY[]").one(b"FETCH").endswith(content + b")")


def test_new_mail_is_told_at_once(packed: Client, other: Client) -> None:
    packed.ok(b"SELECT INBOX")
    packed.send(b"i IDLE\r\n")
    assert packed.read().startswith(b"+")
    other.append(message())
    assert packed.read() == b"* 1 EXISTS"
    packed.send(b"DONE\r\n")
    assert packed.read_end(b"i").status == "OK"


def test_it_begins_once_and_after_sign_in(packed: Client) -> None:
    assert packed.command(b"COMPRESS DEFLATE").text.startswith("[COMPRESSIONACTIVE]")
    assert packed.command(b"COMPRESS ZSTD").status == "BAD"


def test_a_stranger_gets_none(door: Door) -> None:
    stranger = Client(door)
    assert b"COMPRESS" not in stranger.greeting
    assert stranger.command(b"COMPRESS DEFLATE").status == "BAD"
    stranger.close()


def test_what_is_no_deflate_ends_the_connection(client: Client) -> None:
    client.ok(b"COMPRESS DEFLATE")
    client.send(b"\xff\xff\xff not packed\r\n")
    assert client.is_closed()


def test_many_commands_packed_into_few_octets_are_all_answered(packed: Client) -> None:
    packed.send(b"".join(b"n%d NOOP\r\n" % number for number in range(1500)))
    for number in range(1500):
        assert packed.read() == b"n%d OK NOOP done" % number


def test_a_line_without_end_is_refused_however_small_it_was_packed(packed: Client) -> None:
    packed.send(b"x" * 20_000_000 + b"\r\n")
    assert b" BAD " in packed.read()
    packed.ok(b"NOOP")
