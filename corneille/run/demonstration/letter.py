"""Letters and how they become octets: header fields, encoded words, parts. Deterministic: nothing is drawn here."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from functools import cache

DOMAIN = "ac-demonstration.test"
PARIS_WINTER, PARIS_SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
ENCODED_WORD_BYTES = 42
"""What fits in an encoded word of 75 characters (RFC 2047 §2) in base64, with the longest charset name used here."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody who writes or is written to."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{encode_phrase(self.name)} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME entity: its own header lines (CRLF, no empty line) and its encoded body."""

    header: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A message before it has octets; `extra` are header lines of its own, in full."""

    sender: Correspondent
    to: tuple[Correspondent, ...]
    subject: str
    at: datetime
    content: Part
    id: str  # the Message-ID's left half
    cc: tuple[Correspondent, ...] = ()
    references: tuple[str, ...] = ()  # ids, the one answered last
    program: str = "Corneille"
    extra: tuple[str, ...] = ()
    reply_to: Correspondent | None = None
    is_outgoing: bool = False  # in Sent or Drafts: no trace of a journey


def render(letter: Letter) -> bytes:
    """The letter's octets, CRLF."""
    lines = [] if letter.is_outgoing else _journey(letter)
    lines += [f"Date: {format_date(letter.at)}", f"From: {letter.sender}"]
    if letter.reply_to is not None:
        lines.append(f"Reply-To: {letter.reply_to}")
    if letter.to:
        lines.append("To: " + ",\r\n ".join(map(str, letter.to)))
    if letter.cc:
        lines.append("Cc: " + ",\r\n ".join(map(str, letter.cc)))
    if letter.subject:
        lines.append(f"Subject: {encode_words(letter.subject)}")
    host = letter.sender.address.rpartition("@")[2] or DOMAIN
    lines.append(f"Message-ID: <{letter.id}@{host}>")
    if letter.references:
        lines.append(f"In-Reply-To: <{letter.references[-1]}>")
        lines.append("References: " + "\r\n ".join(f"<{each}>" for each in letter.references))
    lines += [*letter.extra, f"User-Agent: {letter.program}", "MIME-Version: 1.0"]
    return "\r\n".join(lines).encode() + b"\r\n" + letter.content.header + b"\r\n\r\n" + letter.content.body


def full_id(letter: Letter) -> str:
    """The Message-ID without its angle brackets."""
    return f"{letter.id}@{letter.sender.address.rpartition('@')[2] or DOMAIN}"


def _journey(letter: Letter) -> list[str]:
    host = letter.sender.address.rpartition("@")[2] or DOMAIN
    arrived = format_date(letter.at + timedelta(seconds=4))
    tag = binascii.crc32(letter.id.encode())
    return [
        f"Return-Path: <{letter.sender.address}>",
        f"Received: from sortie{tag % 4 + 1}.{host} (sortie{tag % 4 + 1}.{host} [192.0.2.{tag % 250 + 1}])\r\n"
        f"\tby courrier.{DOMAIN} with ESMTPS id {tag:08X};\r\n\t{arrived}",
        f"Received: from poste-{tag % 900 + 100}.{host} ([198.51.100.{tag % 250 + 1}])\r\n"
        f"\tby sortie{tag % 4 + 1}.{host} with ESMTPSA id {tag ^ 0x5A5A5A5A:08X};\r\n\t{format_date(letter.at)}",
    ]


def format_date(at: datetime) -> str:
    """RFC 5322 §3.3, as clocks in Normandy show it."""
    return format_datetime(at.astimezone(PARIS_SUMMER if 4 <= at.month <= 10 else PARIS_WINTER))


@cache
def encode_phrase(name: str) -> str:
    """A display name, quoted or encoded as needed."""
    if not name.isascii():
        return encode_words(name)
    return name if name.replace(" ", "").replace("-", "").isalnum() else '"' + name.replace('"', "'") + '"'


@cache
def encode_words(text: str, charset: str = "utf-8", encoding: str = "B") -> str:
    """Header text as RFC 2047 has it, folded; ASCII stays as it is, folded at spaces."""
    if text.isascii():
        return _fold(text)
    words, chunk = [], ""
    for character in text:
        if len((chunk + character).encode(charset)) > ENCODED_WORD_BYTES // (1 if encoding == "B" else 2):
            words.append(chunk)
            chunk = ""
        chunk += character
    words.append(chunk)
    return "\r\n ".join(_encode_word(each, charset, encoding) for each in words)


def _encode_word(text: str, charset: str, encoding: str) -> str:
    raw = text.encode(charset)
    if encoding == "B":
        return f"=?{charset}?B?{base64.b64encode(raw).decode()}?="
    quoted = "".join(chr(each) if chr(each).isascii() and chr(each).isalnum() else f"={each:02X}" for each in raw)
    return f"=?{charset}?Q?{quoted.replace('=20', '_')}?="


def _fold(text: str) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return "\r\n ".join([*lines, line])


def make_text(text: str, subtype: str = "plain", charset: str = "utf-8", encoding: str = "quoted-printable") -> Part:
    """A text part; `text` has LF line ends."""
    raw = text.encode(charset)
    match encoding:
        case "base64":
            body = base64.encodebytes(raw.replace(b"\n", b"\r\n")).replace(b"\n", b"\r\n")
        case "8bit" | "7bit":
            body = raw.replace(b"\n", b"\r\n")
        case _:
            body = binascii.b2a_qp(raw, istext=True).replace(b"\n", b"\r\n")
    header = f'Content-Type: text/{subtype}; charset="{charset}"\r\nContent-Transfer-Encoding: {encoding}'
    return Part(header.encode(), body)


def make_multipart(subtype: str, parts: Sequence[Part], boundary: str, parameters: str = "") -> Part:
    """A multipart; `boundary` must not stand in the parts."""
    mark = f"--{boundary}".encode()
    pieces = [mark + b"\r\n" + part.header + b"\r\n\r\n" + part.body for part in parts]
    header = f'Content-Type: multipart/{subtype}; boundary="{boundary}"{parameters}'
    return Part(header.encode(), b"\r\n".join(pieces) + b"\r\n" + mark + b"--\r\n")


def make_attached_message(content: bytes, name: str) -> Part:
    """A whole message inside a message."""
    header = f'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="{name}"'
    return Part(header.encode(), content)
