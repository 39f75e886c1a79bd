"""Contents after DATA: dots, ends, limits, and the published ways of smuggling."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.smtp.data import Data, DataDecoder, DataFault, format_data, normalise_line_ends

LIMIT = 10_000


def decode(*chunks: bytes, limit_bytes: int = LIMIT) -> tuple[Data | None, bytes]:
    decoder = DataDecoder(limit_bytes)
    for number, chunk in enumerate(chunks):
        found = decoder.feed(chunk)
        if found is not None:
            return found, decoder.rest + b"".join(chunks[number + 1 :])
    return None, b""


@pytest.mark.parametrize(
    ("stream", "content"),
    [
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"a\r\n.\r\n", b"a\r\n"),
        (b"..\r\n.\r\n", b".\r\n"),
        (b".a\r\n.\r\n", b"a\r\n"),
        (b"...\r\na\r\n..b\r\n.\r\n", b"..\r\na\r\n.b\r\n"),
        (b"a\0b\xff\r\n.\r\n", b"a\0b\xff\r\n"),
    ],
)
def test_dots_are_taken_out_however_the_bytes_arrive(stream: bytes, content: bytes) -> None:
    expected = (Data(content), b"QUIT\r\n")
    assert decode(stream + b"QUIT\r\n") == expected
    assert decode(*[bytes([each]) for each in stream], b"QUIT\r\n") == expected
    for cut in range(len(stream)):
        assert decode(stream[:cut], stream[cut:] + b"QUIT\r\n") == expected


# SEC Consult 2023 and the sequences of the later studies: each was taken for an end of data by some server.
SMUGGLING = [
    b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r.\r\n", b"\r\n.\n", b"\r\n.\r", b"\r\r\n.\r\r\n", b"\n\n.\r\n",
    b"\r\n\0.\r\n", b"\r\n.\0\r\n", b"\r\n.\r\r\n", b"\r\n .\r\n", b"\n\r.\n\r",
]  # fmt: skip


@pytest.mark.parametrize("sequence", SMUGGLING)
def test_no_published_sequence_ends_the_data_early(sequence: bytes) -> None:
    smuggled = b"MAIL FROM:<boss@example.net>\r\nRCPT TO:<a@b.test>\r\nDATA\r\nforged\r\n"
    stream = b"Subject: x\r\n\r\nbody" + sequence + smuggled + b".\r\nQUIT\r\n"
    found, rest = decode(stream)
    assert rest == b"QUIT\r\n"
    assert found is not None
    if found.fault is None:  # NUL and space make no line end: the whole is one content
        assert smuggled in found.content
    else:
        assert found.fault is DataFault.BARE_LINE_END
        assert found.content == b""


@pytest.mark.parametrize("bad", [b"a\nb\r\n", b"a\rb\r\n", b"\n", b"\r", b"a\r\r\n", b"a\n\r\n"])
def test_a_bare_line_end_refuses_the_whole_content_however_it_is_cut(bad: bytes) -> None:
    stream = bad + (b"" if bad.endswith(b"\r\n") else b"\r\n") + b".\r\nNOOP\r\n"
    for cut in range(len(stream) - len(b"NOOP\r\n")):
        found, rest = decode(stream[:cut], stream[cut:])
        assert found == Data(b"", DataFault.BARE_LINE_END)
        assert rest == b"NOOP\r\n"


def test_a_content_over_the_limit_is_read_to_its_end_and_dropped() -> None:
    decoder = DataDecoder(LIMIT)
    for _ in range(1000):
        assert decoder.feed(b"x" * 998 + b"\r\n") is None
        assert sum(map(len, decoder._parts)) <= LIMIT
    assert decoder.feed(b".\r\nNOOP\r\n") == Data(b"", DataFault.TOO_LARGE)
    assert decoder.rest == b"NOOP\r\n"


def test_the_limit_counts_the_content_and_nothing_else() -> None:
    content = b"." + b"x" * (LIMIT - 3) + b"\r\n"
    assert decode(format_data(content))[0] == Data(content)
    assert decode(format_data(content), limit_bytes=LIMIT - 1)[0] == Data(b"", DataFault.TOO_LARGE)


def test_one_line_of_ten_megabytes_costs_linear_time() -> None:
    decoder = DataDecoder(20_000_000)
    chunk = b"\r\n." * 20_000 + b"\r\n.\r" * 1000
    begun = time.process_time()
    for _ in range(160):
        decoder.feed(chunk)
    assert time.process_time() - begun < 20  # of CPU: minutes where the cost is not linear


@given(st.lists(st.binary(max_size=30)))
def test_what_is_formatted_decodes_to_itself(lines: list[bytes]) -> None:
    content = b"".join(line.replace(b"\r", b"").replace(b"\n", b"") + b"\r\n" for line in lines) or b"\r\n"
    assert decode(format_data(content))[0] == Data(content)


@given(st.lists(st.sampled_from([b"\r", b"\n", b".", b"a", b"\r\n"]), max_size=30), st.integers(1, 7))
def test_every_way_of_cutting_gives_the_same(pieces: list[bytes], width: int) -> None:
    stream = b"".join(pieces) + b"\r\n.\r\nrest"
    cut = [stream[at : at + width] for at in range(0, len(stream), width)]
    assert decode(*cut) == decode(stream)


@given(st.binary())
def test_whatever_is_sent_on_has_clean_line_ends_and_one_end(content: bytes) -> None:
    sent = format_data(content)
    assert sent.count(b"\r") == sent.count(b"\n") == sent.count(b"\r\n")
    found, rest = decode(sent, limit_bytes=10**6)
    assert rest == b""
    assert found is not None
    assert found.content.removesuffix(b"\r\n") == normalise_line_ends(content).removesuffix(b"\r\n")
