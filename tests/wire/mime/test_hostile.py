"""The largest message that is taken, in every hostile shape: it is read in linear time and bounded memory."""

import time
import tracemalloc

import pytest

from corneille.mail.describe import describe
from corneille.mail.searchable import extract_texts
from corneille.mail.settings import MailSettings
from tests.fuzz.judge import judge_growth
from tests.fuzz.target import Target

_HEAD = b"From: a@b.example\r\nMIME-Version: 1.0\r\n"
_MIXED = _HEAD + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
_ATTACHED = b"--a\r\nContent-Type: text/plain; name=a\r\nContent-Disposition: attachment; filename=a\r\n\r\nx\r\n"
SHAPES: dict[str, tuple[bytes, bytes]] = {
    "many parts": (_MIXED, b"--a\r\n\r\nx\r\n"),
    "many attachments": (_MIXED, _ATTACHED),
    "parts without an empty line": (_MIXED, b"--ab\r\n"),
    "look-alikes of a boundary": (_MIXED, b"--\r\n-- a\r\n--A\r\n"),
    "messages inside one another": (_HEAD, b"Content-Type: message/rfc822\r\n\r\n"),
    "multiparts inside one another": (
        _HEAD,
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (number, number) for number in range(150)),
    ),
    "endless headers": (b"", b"X-A: b\r\n"),
    "an endless field": (_HEAD + b"Subject: ", b"a"),
    "an endless folded field": (_HEAD + b"Subject: a", b"\r\n b"),
    "at signs": (_HEAD + b"To: ", b"@"),
    "recipients": (_HEAD + b"To: ", b"a@b.example, "),
    "comments in comments": (_HEAD + b"To: ", b"("),
    "quotes": (_HEAD + b"To: ", b'"\\'),
    "recipients in fields of their own": (_HEAD, b"To: a@b\r\n"),
    "encoded words": (_HEAD + b"Subject: ", b"=?utf-8?q?=C3?= "),
    "encoded words never closed": (_HEAD + b"Subject: ", b"=?utf-8?q?"),
    "parameters": (_HEAD + b"Content-Type: text/plain", b"; a=b"),
    "pieces of a parameter": (_HEAD + b"Content-Type: text/plain", b"; a*0*=b"),
    "references": (_HEAD + b"References: ", b"<a@b> "),
    "languages": (_HEAD + b"Content-Language: ", b"a,"),
    "markup": (_HEAD + b"Content-Type: text/html\r\n\r\n", b"<b><"),
    "base64": (_HEAD + b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n", b"PGI+"),
    "soft line ends": (_HEAD + b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n", b"=\r\n"),
    "nothing but nul": (_HEAD + b"\r\n", b"\0"),
}
MEBI = 1024 * 1024
LARGEST_BYTES = MailSettings().message_bytes
WORST_S = 30.0
"""Processor time for the largest message; an ordinary one of that size takes a tenth of a second."""
WORST_MEMORY = 10
"""Times the size of the message."""


def take(content: bytes) -> None:
    """What is computed of a message when it is filed, and when its words are kept."""
    describe(content)
    extract_texts(content)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_message_takes_linear_time(shape: str) -> None:
    head, unit = SHAPES[shape]
    assert judge_growth(Target(shape, take, [], MEBI), head, unit, b"") is None


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_largest_message_takes_seconds_and_little_memory(shape: str) -> None:
    head, unit = SHAPES[shape]
    content = head + unit * ((LARGEST_BYTES - len(head)) // len(unit))
    begun_s = time.process_time()
    take(content)
    assert time.process_time() - begun_s < WORST_S
    tracemalloc.start()
    take(content)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_bytes < WORST_MEMORY * len(content)
