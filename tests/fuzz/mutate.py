"""Changes inputs at random: what a grammar's enemies are made of. All chance comes from the `Random` that is given."""

from collections.abc import Sequence
from random import Random

TOKENS: tuple[bytes, ...] = (
    b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b'"', b"\\", b"(", b")", b"<", b">", b"[", b"{", b"}", b"{1+}\r\n",
    b"~{0}\r\n", b"=", b"=?utf-8?q?", b"=?x?b?", b"?=", b"&", b"&-", b"%", b"*", b"/", b"--", b"--a\r\n", b"--\r\n",
    b"\r\n\r\n", b"\r\n.\r\n", b";", b":", b",", b".", b"@", b"+", b"-1", b"0", b"4294967296", b"99999999999999999999",
    b"\xff", b"\xc3\xa9", b"\xed\xa0\x80", b"\xf0\x9f\x8e\x92", b"<!--", b"<![CDATA[", b"<!DOCTYPE a [", b"&#x", b"</",
    b"NOT ", b"OR ", b"boundary=a", b"; charset=utf-16", b"name*0*=", b"Content-Type: multipart/mixed; boundary=a\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"BEGIN:VEVENT\r\n", b"RRULE:FREQ=SECONDLY\r\n",
    b"DTSTART:00010101T000000Z\r\n",
    b"null", b"[[", b'{"a":', b"1e999", b"\\u0000", b"style=", b"url(", b"expression(",
)  # fmt: skip
"""What means something to one of the grammars."""


def mutate(random: Random, seed: bytes, others: Sequence[bytes], longest_bytes: int) -> bytes:
    """A seed with one to eight changes."""
    changed = seed
    for _ in range(random.randint(1, 8)):
        changed = random.choice(_CHANGES)(random, changed, others)
    return changed[:longest_bytes]


def _flip(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    if not given:
        return random.randbytes(1)
    at = random.randrange(len(given))
    return given[:at] + bytes([given[at] ^ (1 << random.randrange(8))]) + given[at + 1 :]


def _replace(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    begin, end = _cut(random, given)
    return given[:begin] + random.choice(TOKENS) + given[end:]


def _insert(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    at = random.randint(0, len(given))
    return given[:at] + random.choice(TOKENS) + given[at:]


def _drop(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    begin, end = _cut(random, given)
    return given[:begin] + given[end:]


def _repeat(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    begin, end = _cut(random, given)
    return given[:begin] + given[begin:end] * random.choice((2, 3, 20, 300)) + given[end:]


def _splice(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    begin, end = _cut(random, other)
    at = random.randint(0, len(given))
    return given[:at] + other[begin:end] + given[at:]


def _cross(random: Random, given: bytes, others: Sequence[bytes]) -> bytes:
    other = random.choice(others)
    return given[: random.randint(0, len(given))] + other[random.randint(0, len(other)) :]


_CHANGES = (_flip, _replace, _insert, _drop, _repeat, _splice, _cross)


def _cut(random: Random, given: bytes) -> tuple[int, int]:
    begin = random.randint(0, len(given))
    return begin, min(begin + random.choice((1, 2, 4, 16, 64)), len(given))
