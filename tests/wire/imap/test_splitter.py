"""Framing: lines and literals, before anything is parsed."""

import tracemalloc

from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.wire.imap.splitter import Broken, Event, Flooded, Frame, Line, LiteralAsked, Splitter

CONVERSATION = (
    b'a1 LOGIN "mmartin" {6+}\r\nsecret\r\n'
    b"a2 APPEND INBOX (\\Seen) {12}\r\nA: b\r\n\r\nhi\r\n {3+}\r\nx\r\n\r\n"
    b"a3 NOOP\n"
    b"a4 SELECT ~{2}\r\n\x00{ rest\r\n"
    b"a5 CREATE {0+}\r\n\r\n"
    b"a6 NOOP\r\n"
)
FRAMES = [
    Frame((b'a1 LOGIN "mmartin" {6+}', b""), (b"secret",)),
    Frame((b"a2 APPEND INBOX (\\Seen) {12}", b" {3+}", b""), (b"A: b\r\n\r\nhi\r\n", b"x\r\n")),
    Frame((b"a3 NOOP",)),
    Frame((b"a4 SELECT ~{2}", b" rest"), (b"\x00{",)),
    Frame((b"a5 CREATE {0+}", b""), (b"",)),
    Frame((b"a6 NOOP",)),
]


def take_all(splitter: Splitter, data: bytes) -> list[Event]:
    """Feeds and accepts every literal; the questions are left out."""
    splitter.feed(data)
    events: list[Event] = []
    while (event := splitter.next()) is not None:
        if isinstance(event, LiteralAsked):
            splitter.accept()
        else:
            events.append(event)
    return events


def make(line_bytes: int = 1000, discard_bytes: int = 10_000) -> Splitter:
    return Splitter(line_bytes, discard_bytes)


def test_a_conversation_is_framed() -> None:
    assert take_all(make(), CONVERSATION) == FRAMES


def test_a_conversation_split_at_any_byte_gives_the_same_frames() -> None:
    for cut in range(len(CONVERSATION)):
        splitter = make()
        assert take_all(splitter, CONVERSATION[:cut]) + take_all(splitter, CONVERSATION[cut:]) == FRAMES


def test_a_conversation_byte_by_byte_gives_the_same_frames() -> None:
    splitter = make()
    assert [event for byte in CONVERSATION for event in take_all(splitter, bytes([byte]))] == FRAMES


def test_a_literal_is_asked_for_before_it_is_received() -> None:
    splitter = make()
    splitter.feed(b"a APPEND INBOX {4294967296}\r\n")
    assert splitter.next() == LiteralAsked(b"a APPEND INBOX {4294967296}", 4294967296, 4294967296, synchronising=True)
    splitter.refuse()
    assert take_all(splitter, b"b NOOP\r\n") == [Frame((b"b NOOP",))]


def test_a_refused_literal_that_comes_anyway_is_never_taken_for_commands() -> None:
    splitter = make()
    splitter.feed(b"a APPEND INBOX {9+}\r\n")
    splitter.next()
    splitter.refuse()
    evil = b"x NOOP\r\n\n {8+}\r\ny NOOP\r\n (and more)\r\nb NOOP\r\n"
    assert take_all(splitter, evil) == [Frame((b"b NOOP",))]


def test_a_number_too_long_to_count_is_only_too_many_octets() -> None:
    splitter = make()
    splitter.feed(b"a APPEND INBOX {" + b"9" * 40 + b"}\r\n")
    asked = splitter.next()
    assert isinstance(asked, LiteralAsked)
    assert asked.size_bytes > 2**63


def test_the_sizes_of_a_commands_literals_add_up() -> None:
    splitter = make()
    splitter.feed(b"a APPEND INBOX {3}\r\nabc {4}\r\n")
    splitter.next()
    splitter.accept()
    asked = splitter.next()
    assert isinstance(asked, LiteralAsked)
    assert asked.total_bytes == 7


def test_a_line_without_end_breaks_and_the_next_command_works() -> None:
    splitter = make(100)
    assert take_all(splitter, b"a SEARCH " + b"x" * 100) == [Broken(b"a SEARCH " + b"x" * 100, "too-long")]
    assert take_all(splitter, b"y" * 5000) == []
    assert take_all(splitter, b"z\r\nb NOOP\r\n") == [Frame((b"b NOOP",))]


def test_a_long_line_that_ends_in_a_literal_takes_the_literal_with_it() -> None:
    splitter = make(100)
    events = take_all(splitter, b"a LOGIN " + b"x" * 200 + b" {8+}\r\nb NOOP\r\n\r\nc NOOP\r\n")
    assert [type(event) for event in events] == [Broken, Frame]
    assert events[1] == Frame((b"c NOOP",))


def test_texts_of_one_command_count_together() -> None:
    splitter = make(100)
    events = take_all(splitter, b"a X " + b"y" * 50 + b" {1+}\r\nz" + b"y" * 60 + b"\r\nb NOOP\r\n")
    assert isinstance(events[0], Broken)
    assert events[1:] == [Frame((b"b NOOP",))]


def test_a_line_that_never_ends_floods() -> None:
    splitter = make(100, 1000)
    events = [event for _ in range(100) for event in take_all(splitter, b"x" * 50)]
    assert [type(event) for event in events] == [Broken, Flooded]
    assert splitter.buffered_bytes < 6000


def test_nul_in_a_line_breaks_it() -> None:
    assert take_all(make(), b"a NO\0OP\r\nb NOOP\r\n") == [Broken(b"a NO\0OP\r\nb NOOP\r\n", "nul"), Frame((b"b NOOP",))]


def test_raw_lines_have_no_literals() -> None:
    splitter = make()
    splitter.lines = True
    assert take_all(splitter, b"DONE{5}\r\n") == [Line(b"DONE{5}")]


def test_what_was_received_can_be_forgotten() -> None:
    splitter = make()
    splitter.feed(b"a STARTTLS\r\nb LOGIN x y\r\n")
    assert splitter.next() == Frame((b"a STARTTLS",))
    splitter.clear()
    assert splitter.next() is None


@settings(max_examples=300)
@given(st.lists(st.binary(max_size=60), max_size=12))
def test_any_octets_are_framed_without_a_fault(parts: list[bytes]) -> None:
    splitter = make(64, 500)
    for part in parts:
        take_all(splitter, part)


def test_a_message_lies_in_memory_once() -> None:
    size_bytes, piece = 8 * 1024 * 1024, b"x" * 65536
    splitter = Splitter(line_bytes=1000, discard_bytes=1000)
    splitter.feed(b"a APPEND INBOX {%d}\r\n" % size_bytes)
    assert isinstance(splitter.next(), LiteralAsked)
    splitter.accept()
    tracemalloc.start()
    try:
        for _ in range(size_bytes // len(piece)):
            splitter.feed(piece)
            assert splitter.next() is None
        splitter.feed(b"\r\n")
        frame = splitter.next()
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(frame, Frame)
    assert len(frame.literals[0]) == size_bytes
    assert peak_bytes < 1.5 * size_bytes
