import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.wire.smtp.reply import BrokenReply, Reply, ReplyReader, format_reply, reply


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (reply(220, None, "mail.test ESMTP"), b"220 mail.test ESMTP\r\n"),
        (reply(250, None, "a", "B", "C"), b"250-a\r\n250-B\r\n250 C\r\n"),
        (reply(550, "5.1.1", "x", "y"), b"550-5.1.1 x\r\n550 5.1.1 y\r\n"),
        (reply(250, "2.0.0", "a\r\n250 forged"), b"250 2.0.0 a??250 forged\r\n"),
    ],
)
def test_a_reply_is_written_as_rfc_5321_says(said: Reply, written: bytes) -> None:
    assert format_reply(said) == written


@given(st.lists(st.text(), min_size=1, max_size=5), st.sampled_from(["5.1.1", None]))
def test_no_text_adds_a_line_or_makes_one_too_long(lines: list[str], enhanced: str | None) -> None:
    written = format_reply(Reply(550, enhanced, tuple(lines)))
    assert written.count(b"\n") == written.count(b"\r\n") == len(lines)
    assert all(len(line) <= 510 for line in written.split(b"\r\n"))


@given(st.integers(1, 9))
def test_a_reply_is_read_however_it_is_cut(width: int) -> None:
    stream = b"250-mail.test\r\n250-SIZE 10\r\n250 PIPELINING\r\n451 4.3.0 later\r\n"
    reader = ReplyReader()
    found = []
    for at in range(0, len(stream), width):
        reader.feed(stream[at : at + width])
        while (said := reader.next()) is not None:
            found.append(said)
    assert found == [reply(250, None, "mail.test", "SIZE 10", "PIPELINING"), reply(451, "4.3.0", "later")]


@pytest.mark.parametrize(
    "stream", [b"hello\r\n", b"250-a\r\n550 b\r\n", b"9" * 9000, b"199 x\r\n", b"250-a\r\n" * 300]
)
def test_what_is_no_reply_is_told_at_once(stream: bytes) -> None:
    reader = ReplyReader()
    reader.feed(stream)
    with pytest.raises(BrokenReply):
        reader.next()


def test_an_enhanced_code_of_another_class_is_text() -> None:
    reader = ReplyReader()
    reader.feed(b"250 5.1.1 odd\r\n")
    assert reader.next() == reply(250, None, "5.1.1 odd")
