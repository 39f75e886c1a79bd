"""Command lines: whole, split at every byte, endless, and with line ends that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.smtp.line import COMMAND_BYTES, LineFault, LineSplitter, RefusedLine

Outcome = bytes | LineFault


def split(*chunks: bytes) -> list[Outcome]:
    splitter = LineSplitter()
    found: list[Outcome] = []
    for chunk in chunks:
        splitter.feed(chunk)
        while (line := splitter.next()) is not None:
            found.append(line.fault if isinstance(line, RefusedLine) else line)
    return found


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"NOOP\r\n", [b"NOOP"]),
        (b"NOOP\r\nRSET\r\n", [b"NOOP", b"RSET"]),
        (b"\r\n", [b""]),
        (b"NOOP\n", [LineFault.BARE_LF]),
        (b"NOOP\nRSET\nQUIT\r\nNOOP\r\n", [LineFault.BARE_LF] * 3 + [b"NOOP"]),
        (b"NOOP\rRSET\r\nNOOP\r\n", [LineFault.BARE_CR, b"NOOP"]),
        (b"NOOP\r\r\nNOOP\r\n", [LineFault.BARE_CR, b"NOOP"]),
        (b"NO\0OP\r\nNOOP\r\n", [LineFault.NUL, b"NOOP"]),
        (b"X" * 5000 + b"\r\nNOOP\r\n", [LineFault.TOO_LONG, b"NOOP"]),
        (b"X" * 5000 + b"\nQUIT\r\nNOOP\r\n", [LineFault.TOO_LONG, LineFault.BARE_LF, b"NOOP"]),
        (b"X" * (COMMAND_BYTES - 2) + b"\r\n", [b"X" * (COMMAND_BYTES - 2)]),
        (b"X" * (COMMAND_BYTES - 1) + b"\r\n", [LineFault.TOO_LONG]),
    ],
)
def test_only_cr_lf_ends_a_line_however_the_bytes_arrive(stream: bytes, expected: list[Outcome]) -> None:
    assert split(stream) == expected
    assert split(*[bytes([each]) for each in stream]) == expected
    for cut in range(len(stream)) if len(stream) < 100 else (1, COMMAND_BYTES, len(stream) - 8):
        assert split(stream[:cut], stream[cut:]) == expected


def test_an_endless_line_is_refused_once_and_takes_no_memory() -> None:
    splitter = LineSplitter()
    refused = 0
    for _ in range(2000):
        splitter.feed(b"A" * 4096)
        while splitter.next() is not None:
            refused += 1
        assert len(splitter.take_rest()) <= COMMAND_BYTES + 1
    assert refused == 1


def test_what_was_said_before_starttls_is_forgotten() -> None:
    splitter = LineSplitter()
    splitter.feed(b"STARTTLS\r\nMAIL FROM:<evil@example.net>\r\nRC")
    assert splitter.next() == b"STARTTLS"
    splitter.clear()
    assert splitter.next() is None
    splitter.feed(b"NOOP\r\n")
    assert splitter.next() == b"NOOP"


@given(st.lists(st.binary(max_size=40)))
def test_a_line_given_out_is_clean_and_was_ended_by_cr_lf(chunks: list[bytes]) -> None:
    stream = b"".join(chunks)
    lines = [line for line in split(*chunks) if isinstance(line, bytes)]
    for line in lines:
        assert not set(b"\r\n\0") & set(line)
        assert line + b"\r\n" in stream
    assert len(lines) <= stream.count(b"\r\n")
    assert split(*chunks) == split(stream)
