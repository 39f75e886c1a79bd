"""One message as an mbox file holds it (the kind "mboxrd"), octet for octet. Pure.

Lines end as they came: CR LF in mail. The empty line that ends a message is LF alone, so that Python's `mailbox`, which
takes that one away, gives the message back unchanged; `mail/source/mbox` reads both.
"""

import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime

_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_DAYS = (b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun")
_MONTHS = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_LETTERS = {"\\answered": b"A", "\\flagged": b"F", "\\draft": b"T", "\\deleted": b"D"}


def format_message(content: bytes, received_at: datetime, flags: Collection[str]) -> Iterator[bytes]:
    """The pieces: postmark, flags as mutt and Dovecot write them, the message with its lines "From " quoted, its end.

    content  RFC 5322 octets, however malformed; one that does not end in a line end gets one, as mbox cannot hold it else
    flags    IMAP's
    """
    at = received_at.astimezone(UTC)
    told = (_DAYS[at.weekday()], _MONTHS[at.month - 1], at.day, at.hour, at.minute, at.second, at.year)
    yield b"From MAILER-DAEMON %b %b %2d %02d:%02d:%02d %04d\r\n" % told
    yield _format_flags(flags)
    yield _FROM.sub(rb">\1", content) if b"From " in content else content
    yield b"\n" if content.endswith(b"\n") else b"\r\n\n"


def _format_flags(flags: Collection[str]) -> bytes:
    """Always there and first, so that a field of the same name, which anybody may send, does not count."""
    known = {flag.lower() for flag in flags}
    letters = b"".join(letter for flag, letter in _LETTERS.items() if flag in known)
    keywords = " ".join(sorted(flag for flag in flags if not flag.startswith("\\"))).encode()
    seen = b"RO" if "\\seen" in known else b"O"
    return b"Status: %b\r\nX-Status: %b\r\nX-Keywords: %b\r\n" % (seen, letters, keywords)
