"""A certificate is renewed while somebody is connected, who notices nothing."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from corneille.doors.frame import reload
from corneille.doors.frame.reload import Certificates
from corneille.doors.frame.tls_settings import Tls
from corneille.run.certificate import Certificate, find_certificate

NOW = datetime(2026, 11, 1, tzinfo=UTC)
Talk = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
def first(tmp_path: Path) -> Certificate:
    (tmp_path / "first").mkdir()
    return find_certificate(Tls(), tmp_path / "first", "localhost", NOW)


@pytest.fixture
def second(tmp_path: Path) -> Certificate:
    (tmp_path / "second").mkdir()
    return find_certificate(Tls(), tmp_path / "second", "localhost", NOW + timedelta(days=1))


@pytest.fixture
def shown(first: Certificate) -> Certificates:
    return Certificates(first.chain, first.key)


@dataclass
class Echo:
    """A server that says again what it hears, and who is connected to it."""

    server: asyncio.Server
    talks: list[Talk] = field(default_factory=list)

    async def connect(self, name: str = "localhost") -> tuple[Talk, int]:
        """The conversation with whoever has this name, and the serial number of the certificate it was shown."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        port = self.server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=name)
        self.talks.append((reader, writer))
        told = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        return (reader, writer), x509.load_der_x509_certificate(told).serial_number


@pytest.fixture
async def echo(shown: Certificates) -> AsyncIterator[Echo]:
    async with serve_echo(shown) as made:
        yield made


@asynccontextmanager
async def serve_echo(shown: Certificates) -> AsyncIterator[Echo]:
    async def repeat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()
        await writer.wait_closed()

    made = Echo(await asyncio.start_server(repeat, "127.0.0.1", 0, ssl=shown.context))
    yield made
    for _, writer in made.talks:
        writer.close()
        await writer.wait_closed()
    made.server.close()
    await made.server.wait_closed()


async def says(talk: Talk, word: bytes) -> bool:
    talk[1].write(word + b"\n")
    return await talk[0].readline() == word + b"\n"


async def test_who_is_connected_goes_on_and_who_comes_sees_the_new_one(
    echo: Echo, shown: Certificates, first: Certificate, second: Certificate
) -> None:
    talk, before = await echo.connect()
    assert not shown.reload_if_changed(), "nothing has changed yet"
    second.chain.replace(first.chain)
    second.key.replace(first.key)
    assert shown.reload_if_changed()
    assert await says(talk, b"still here")
    newcomer, after = await echo.connect()
    assert after != before
    assert await says(newcomer, b"hello")


async def test_a_half_written_renewal_changes_nothing_until_it_is_whole(
    echo: Echo, shown: Certificates, first: Certificate, second: Certificate
) -> None:
    _, before = await echo.connect()
    second.chain.replace(first.chain)
    assert not shown.reload_if_changed(), "the key is still that of the first"
    talk, still = await echo.connect()
    assert still == before
    assert await says(talk, b"served")
    second.key.replace(first.key)
    assert shown.reload_if_changed(), "tried again by itself"
    assert (await echo.connect())[1] != before


def label_as_trusted(chain: bytes) -> bytes:
    """As `openssl x509 -trustout` writes it."""
    return chain.replace(b" CERTIFICATE-", b" TRUSTED CERTIFICATE-")


def name_by_x400(chain: bytes) -> bytes:
    """The first certificate's name becomes an x400Address (RFC 5280 §4.2.1.6), which cryptography knows not."""
    der = x509.load_pem_x509_certificates(chain)[0].public_bytes(Encoding.DER)
    assert b"\x82\x09localhost" in der
    return ssl.DER_cert_to_PEM_cert(der.replace(b"\x82\x09localhost", b"\xa3\x09localhost")).encode()


@pytest.mark.parametrize("write", [label_as_trusted, name_by_x400])
async def test_names_that_cannot_be_read_hinder_neither_the_start_nor_a_renewal(
    echo: Echo, shown: Certificates, first: Certificate, second: Certificate, write: Callable[[bytes], bytes]
) -> None:
    before = (await echo.connect())[1]
    second.chain.write_bytes(write(second.chain.read_bytes()))
    async with serve_echo(Certificates(second.chain, second.key)) as started:
        fresh = (await started.connect())[1]
    for path, renewed in ((first.chain, second.chain), (first.key, second.key)):
        renewed.replace(path)
    assert shown.reload_if_changed()
    assert (await echo.connect())[1] == fresh != before


async def test_a_fault_does_not_end_the_watch(
    shown: Certificates, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked_again = asyncio.Event()
    looks: list[None] = []

    def look() -> bool:
        looks.append(None)
        if len(looks) > 1:
            looked_again.set()
        raise RuntimeError("what nobody thought of")

    monkeypatch.setattr(reload, "LOOK_S", 0.0)
    monkeypatch.setattr(shown, "reload_if_changed", look)
    watching = asyncio.create_task(shown.watch())
    await asyncio.wait_for(looked_again.wait(), 10)
    watching.cancel()
    await asyncio.wait([watching])
    assert "what nobody thought of" in caplog.text


async def test_each_name_is_shown_its_own_certificate(tmp_path: Path, first: Certificate) -> None:
    pairs: list[tuple[Path, Path]] = []
    for name in ("imap.lycee.test", "*.college.test", "imap.lycee.test"):
        folder = tmp_path / f"more{len(pairs)}"
        folder.mkdir()
        made = find_certificate(Tls(), folder, name, NOW)
        pairs.append((made.chain, made.key))
    renewed = pairs.pop()
    async with serve_echo(shown := Certificates(first.chain, first.key, pairs)) as echo:
        names = ("localhost", "imap.lycee.test", "smtp.college.test", "a.b.college.test", "ailleurs.test")
        told = [(await echo.connect(name))[1] for name in names]
        assert len(set(told)) == 3
        assert told[0] == told[3] == told[4], "who asks for no name that is held is shown the first"
        for path, fresh in zip(pairs[0], renewed, strict=True):
            fresh.replace(path)
        assert shown.reload_if_changed()
        again = [(await echo.connect(name))[1] for name in names]
        assert again[1] not in told
        assert (again[0], again[2]) == (told[0], told[2])
