"""The scanner: spans, limits, and agreement with the standard library on ordinary messages."""

import email
from email.message import Message
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corneille.wire.mime.scan import MAX_DEPTH, MAX_NEAR_MISSES, MAX_PARTS, Part, scan, walk
from tests.corpus.malformed import MALFORMED
from tests.corpus.wellformed import WELLFORMED

SHARED = Path(__file__).parents[4] / "shared" / "corpora" / "messages"


def check_spans(content: bytes, part: Part, start: int, end: int) -> None:
    """Every span lies inside the span that holds it, in order."""
    pending = [(part, start, end)]
    while pending:
        part, start, end = pending.pop()
        assert start <= part.header_start <= part.header_end <= part.body_start <= part.body_end <= end
        assert part.depth <= MAX_DEPTH
        inner = (*part.children, *([part.message] if part.message else ()))
        pending.extend((each, part.body_start, part.body_end) for each in inner)
        for one, other in zip(part.children, part.children[1:], strict=False):
            assert one.body_end <= other.header_start
        if part.children:
            assert part.is_multipart


def show(part: Part) -> object:
    """The structure as nested lists of types."""
    if part.is_multipart:
        return [part.subtype, *map(show, part.children)]
    if part.message is not None:
        return ["rfc822", show(part.message)]
    return f"{part.type}/{part.subtype}"


def show_of_library(message: Message) -> object:
    if message.get_content_type() == "message/rfc822":
        return ["rfc822", show_of_library(message.get_payload(0))]  # type: ignore[arg-type]
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        return [message.get_content_subtype(), *map(show_of_library, message.get_payload())]
    return message.get_content_type()


@pytest.mark.parametrize("name", MALFORMED)
def test_every_broken_message_has_parts_inside_its_bytes(name: str) -> None:
    content = MALFORMED[name]
    check_spans(content, scan(content), 0, len(content))


@pytest.mark.parametrize("name", WELLFORMED)
def test_ordinary_messages_are_divided_as_the_standard_library_divides_them(name: str) -> None:
    content = WELLFORMED[name]
    part = scan(content)
    check_spans(content, part, 0, len(content))
    assert show(part) == show_of_library(email.message_from_bytes(content))


def test_messages_of_the_shared_corpus_have_parts_inside_their_bytes() -> None:
    files = sorted(SHARED.rglob("*.eml"))
    if not files:
        pytest.skip(f"no shared corpus beside the repository ({SHARED.name}): this extra pass is left out")
    for file in files:
        content = file.read_bytes()
        check_spans(content, scan(content), 0, len(content))


_PIECES = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b"--a", b"--b", b"--a--", b"--", b" ", b"\0", b"\xe9", b'"', b";", b"x: y\r\n", b"Subject: ",
     b"Content-Type: multipart/mixed; boundary=a\r\n", b"Content-Type: multipart/digest; boundary=b\r\n",
     b"Content-Type: message/rfc822\r\n", b"Content-Type: text/html; charset=x\r\n", b"Content-Disposition: ", b"a=b"]
)  # fmt: skip


@given(st.one_of(st.binary(max_size=400), st.lists(_PIECES, max_size=60).map(b"".join)))
def test_any_bytes_have_parts_inside_them(content: bytes) -> None:
    part = scan(content)
    check_spans(content, part, 0, len(content))
    assert part.header_start == 0
    assert part.body_end <= len(content)


@settings(max_examples=30)
@given(st.sampled_from(sorted(WELLFORMED)), st.integers(0, 10_000), st.binary(max_size=8))
def test_an_ordinary_message_cut_and_spoilt_anywhere_still_has_parts(name: str, at: int, rubbish: bytes) -> None:
    content = WELLFORMED[name]
    at %= len(content)
    for spoilt in (content[:at], content[at:], content[:at] + rubbish + content[at:]):
        check_spans(spoilt, scan(spoilt), 0, len(spoilt))


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("empty", "text/plain"),
        ("header-only", "text/plain"),
        ("multipart-without-boundary", "text/plain"),
        ("boundary-never-there", ["mixed"]),
        ("boundary-never-closed", ["mixed", "text/plain"]),
        ("boundary-closed-at-once", ["mixed"]),
        ("boundary-inside-header-of-part", ["mixed", "text/html", "text/plain"]),
        ("inner-boundary-begins-with-the-outer", ["mixed", ["alternative", "text/plain"]]),
        ("outer-boundary-ends-the-inner", ["mixed", ["alternative", "text/plain"], "text/plain"]),
        ("preamble-and-epilogue", ["mixed", "text/plain"]),
        ("boundary-with-text-after", ["mixed", "text/plain", "text/plain"]),
        ("digest-without-types", ["digest", ["rfc822", "text/plain"], ["rfc822", "text/plain"]]),
        ("message-inside-empty", ["rfc822", "text/plain"]),
        ("bare-newline-boundaries", ["mixed", "text/plain"]),
        ("content-type-rubbish", "text/plain"),
        ("content-type-with-comments", "text/html"),
    ],
)
def test_broken_structure_is_read_as_clients_expect(name: str, shape: object) -> None:
    assert show(scan(MALFORMED[name])) == shape


def test_the_line_end_before_a_boundary_belongs_to_the_boundary() -> None:
    content = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nun\r\n\r\n--b--\r\n"
    child = scan(content).children[0]
    assert content[child.body_start : child.body_end] == b"un\r\n"
    assert child.line_count == 1


def test_parts_nested_too_deep_are_one_opaque_body() -> None:
    for name in ("nested-250-deep", "nested-250-deep-same-boundary", "messages-nested-250-deep"):
        parts = [part for _, part in walk(scan(MALFORMED[name]))]
        deepest = max(parts, key=lambda part: part.depth)
        assert (deepest.depth, deepest.type, deepest.subtype) == (MAX_DEPTH, "application", "octet-stream")


def test_the_last_part_allowed_keeps_what_follows() -> None:
    content = MALFORMED["twelve-thousand-parts"]
    root = scan(content)
    assert len(root.children) == MAX_PARTS - 1
    assert root.children[-1].body_end == len(content)


def test_boundaries_still_count_after_very_many_lines_that_look_like_them() -> None:
    two_open = (
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    )
    content = two_open + b"--x\n" * (MAX_NEAR_MISSES + 10) + b"--b\r\n\r\ndeux\r\n--b--\r\n--a--\r\n"
    assert show(scan(content)) == ["mixed", ["mixed", "text/plain", "text/plain"]]


def test_paths_are_those_of_imap() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nx\r\n--i--\r\n"
    content = (
        b"Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nun\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"--o\r\nContent-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\nplain\r\n--o--\r\n"
    )
    assert [path for path, _ in walk(scan(content))] == ["", "1", "2", "2.1", "3", "3.1"]
    assert [path for path, _ in walk(scan(b"\r\nplain"))] == ["1"]


def test_a_deep_caller_can_scan_a_deep_message() -> None:
    """A page's stack may already be some hundred frames deep when it opens a hostile message."""

    def descend(depth: int) -> Part:
        return descend(depth - 1) if depth else scan(MALFORMED["nested-250-deep"])

    assert descend(400).is_multipart
