"""What an mbox holds comes out as it was, whatever wrote it."""

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.mail.source.found import Found, PassedOver
from corneille.mail.source.mbox import MboxKind, parse_postmark, read_mbox
from tests.corpus.malformed import MALFORMED

POSTMARK = b"From claire@ac-exemple.example Tue Nov 17 08:15:00 2026\n"
LETTER = b"From: a@b.example\nSubject: Bonjour\n\nUn texte.\n"
WIRE = LETTER.replace(b"\n", b"\r\n")


def read(path: Path, content: bytes, kind: MboxKind = MboxKind.AUTO, limit_bytes: int = 10**9) -> list[Found | PassedOver]:
    path.write_bytes(content)
    return list(read_mbox(path, kind=kind, limit_bytes=limit_bytes))


def contents(found: list[Found | PassedOver]) -> list[bytes]:
    return [each.content for each in found if isinstance(each, Found)]


@pytest.fixture
def mbox(tmp_path: Path) -> Path:
    return tmp_path / "old.mbox"


def quoted(content: bytes) -> bytes:
    """As an mboxrd writer protects it."""
    return re.sub(rb"^(>*From )", rb">\1", content, flags=re.MULTILINE)


def test_messages_are_told_apart_and_their_line_ends_are_those_of_the_wire(mbox: Path) -> None:
    found = read(mbox, POSTMARK + LETTER + b"\n" + POSTMARK + LETTER.replace(b"Un", b"Deux") + b"\n")
    assert contents(found) == [WIRE, WIRE.replace(b"Un", b"Deux")]


def test_the_last_message_needs_no_empty_line_after_it(mbox: Path) -> None:
    assert contents(read(mbox, POSTMARK + LETTER + b"\n" + POSTMARK + LETTER)) == [WIRE, WIRE]


def test_an_mbox_with_crlf_is_kept_byte_for_byte(mbox: Path) -> None:
    message = WIRE + b"nu\nrien\rfin\r\n"
    assert contents(read(mbox, POSTMARK.replace(b"\n", b"\r\n") + message + b"\r\n")) == [message]


def test_empty_lines_before_the_first_postmark_are_forgiven(mbox: Path) -> None:
    assert contents(read(mbox, b"\n\r\n" + POSTMARK + LETTER + b"\n")) == [WIRE]


def test_own_empty_lines_at_the_end_of_a_message_stay(mbox: Path) -> None:
    found = read(mbox, POSTMARK + LETTER + b"\n\n" + b"\n" + POSTMARK + LETTER + b"\n")
    assert contents(found) == [WIRE + b"\r\n\r\n", WIRE]


@pytest.mark.parametrize("line", [b"From here on", b">From here on", b">>From here on", b"From a Tue Nov 17 08:15:00 2026"])
def test_rd_gives_protected_lines_back(mbox: Path, line: bytes) -> None:
    letter = LETTER + line + b"\n"
    found = read(mbox, POSTMARK + quoted(letter) + b"\n" + POSTMARK + LETTER + b"\n")
    assert contents(found) == [letter.replace(b"\n", b"\r\n"), WIRE]


def test_o_takes_one_quote_away_and_no_more(mbox: Path) -> None:
    found = read(mbox, POSTMARK + LETTER + b">From here\n>>From there\n\n", MboxKind.O)
    assert contents(found) == [WIRE + b"From here\r\n>>From there\r\n"]


def test_a_line_from_that_is_no_postmark_does_not_cut_a_message(mbox: Path) -> None:
    letter = LETTER + b"\nFrom the desk of Mrs Dupont\nhello\n"
    assert contents(read(mbox, POSTMARK + letter + b"\n")) == [letter.replace(b"\n", b"\r\n")]


def test_a_postmark_without_an_empty_line_before_it_begins_a_message_when_a_header_follows(mbox: Path) -> None:
    assert contents(read(mbox, POSTMARK + LETTER + POSTMARK + LETTER)) == [WIRE, WIRE]


def test_a_right_content_length_protects_what_nobody_quoted(mbox: Path) -> None:
    body = b"Un texte.\n\nFrom a@b.example Tue Nov 17 08:15:00 2026\nSubject: dans le corps\n\n>From la plage\n"
    letter = b"From: a@b.example\nContent-Length: %d\n\n%s" % (len(body), body)
    found = read(mbox, POSTMARK + letter + b"\n" + POSTMARK + LETTER + b"\n")
    assert contents(found) == [letter.replace(b"\n", b"\r\n"), WIRE]


@pytest.mark.parametrize("length", [b"0", b"3", b"999999999999", b"-4", b"x"])
def test_a_wrong_content_length_is_not_believed(mbox: Path, length: bytes) -> None:
    letter = b"Content-Length: " + length + b"\n" + LETTER
    found = read(mbox, POSTMARK + letter + b"\n" + POSTMARK + LETTER + b"\n")
    assert contents(found) == [letter.replace(b"\n", b"\r\n"), WIRE]


def test_what_is_damaged_is_named_with_its_place_and_the_rest_is_read(mbox: Path) -> None:
    found = read(mbox, POSTMARK + LETTER + b"\n" + POSTMARK + b"\n" + POSTMARK + LETTER + b"\n")
    assert contents(found) == [WIRE, WIRE]
    [passed_over] = [each for each in found if isinstance(each, PassedOver)]
    assert (passed_over.why, passed_over.place) == ("empty", f"old.mbox, byte {len(POSTMARK + LETTER) + 1}")


def test_a_message_above_the_limit_is_passed_over_without_being_gathered(mbox: Path) -> None:
    big = LETTER + b"x" * 5000 + b"\n"
    found = read(mbox, POSTMARK + big + b"\n" + POSTMARK + LETTER + b"\n", limit_bytes=2000)
    assert [getattr(each, "why", "found") for each in found] == ["too-large", "found"]


def test_a_file_cut_in_the_middle_of_a_message_gives_what_is_there(mbox: Path) -> None:
    found = read(mbox, (POSTMARK + LETTER + b"\n") * 2 + POSTMARK + b"Subject: coup")
    assert contents(found) == [WIRE, WIRE, b"Subject: coup"]


def test_an_empty_file_gives_nothing(mbox: Path) -> None:
    assert read(mbox, b"") == []


def test_flags_come_from_mutt_and_from_thunderbird(mbox: Path) -> None:
    heads = (b"Status: RO\nX-Status: AF\n", b"X-Mozilla-Status: 0005\n", b"Status: O\n", b"X-Mozilla-Status: 0009\n")
    found = read(mbox, b"".join(POSTMARK + head + LETTER + b"\n" for head in heads))
    flags = [each.flags for each in found if isinstance(each, Found)]
    assert flags == [{"\\Seen", "\\Answered", "\\Flagged"}, {"\\Seen", "\\Flagged"}, frozenset()]
    assert [each.why for each in found if isinstance(each, PassedOver)] == ["deleted"]


def test_the_date_is_the_postmark_s_and_without_one_the_message_s(mbox: Path) -> None:
    dated = b"Date: Mon, 2 Mar 2026 10:00:00 +0100\n" + LETTER
    found = read(mbox, POSTMARK + dated + b"\n" + b"From - \n" + dated + b"\n" + b"From - \n" + LETTER + b"\n")
    assert [each.received_at for each in found if isinstance(each, Found)] == [
        datetime(2026, 11, 17, 8, 15, tzinfo=UTC), datetime(2026, 3, 2, 9, 0, tzinfo=UTC), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"From a Tue Nov 17 08:15:00 2026", datetime(2026, 11, 17, 8, 15, tzinfo=UTC)),
        (b"From a Tue Nov  7 08:15 2026", datetime(2026, 11, 7, 8, 15, tzinfo=UTC)),
        (b"From a Tue Nov 17 08:15:00 +0100 2026", datetime(2026, 11, 17, 7, 15, tzinfo=UTC)),
        (b"From a Tue Nov 17 08:15:00 CET 2026", datetime(2026, 11, 17, 8, 15, tzinfo=UTC)),
        (b"From a Tue Nov 17 08:15:00 2026 -0500", datetime(2026, 11, 17, 13, 15, tzinfo=UTC)),
        (b"From a Tue Nov 31 08:15:00 2026", None),
        (b"From a Tue Nov 17 08:15:00 0000", None),
        (b"From -", None),
    ],
)
def test_postmarks_of_every_kind_are_read(line: bytes, told: datetime | None) -> None:
    assert parse_postmark(line) == told


LINES = st.lists(
    st.sampled_from(
        [
            b"", b"From a", b">From a", b">>From ", b"From a Tue Nov 17 08:15:00 2026", b"Subject: x", b"texte", b">",
            b"\xff\0", b"From",
        ]
    ),
    min_size=1,
    max_size=12,
).filter(any)


@given(st.lists(LINES, min_size=1, max_size=5), st.sampled_from([b"\n", b"\r\n"]))
def test_whatever_the_lines_are_an_mboxrd_gives_them_back(messages: list[list[bytes]], line_end: bytes) -> None:
    originals = [b"".join(line + line_end for line in lines) for lines in messages]
    content = b"".join(POSTMARK.replace(b"\n", line_end) + quoted(each) + line_end for each in originals)
    with tempfile.TemporaryDirectory() as folder:
        found = read(Path(folder) / "old.mbox", content)
    assert contents(found) == [each.replace(line_end, b"\r\n") for each in originals]


@pytest.mark.parametrize("name", [name for name, content in MALFORMED.items() if content.strip()])
def test_malformed_messages_survive_an_mbox_with_crlf(mbox: Path, name: str) -> None:
    message = MALFORMED[name]
    message += b"" if message.endswith(b"\n") else b"\r\n"  # an mbox cannot say that a last line has no end
    postmark = POSTMARK.replace(b"\n", b"\r\n")
    found = read(mbox, postmark + quoted(message) + b"\r\n" + postmark + WIRE + b"\r\n")
    assert contents(found) == [message, WIRE]
