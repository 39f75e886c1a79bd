"""Builds the message that a person wrote on a page: headers that cannot be injected into, text, attachments.

Leaves to `submit` what every writer needs: Date where it misses, Bcc taken out, rights to the sender's
address.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from corneille.transport.values import MessageRefused

SUBJECT_CHARS = 900
"""RFC 5322 §2.1.1 allows 998 octets a line; longer subjects are refused, not cut."""

ADDRESS_OCTETS = 254
"""RFC 5321 §4.5.3.1.3."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LOCAL = re.compile(r"[^\s\x00-\x20\x7f\"(),:;<>@\[\]\\]{1,64}")
_DOMAIN = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w-]{0,61}[^\W_])?)*")
_MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x20\x7f]{1,250}>")
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")
REFERENCES = 20


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody a message is from or for; `name` may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file to send: `filename` and `type` ("application/pdf") as its owner says, neither is believed."""

    filename: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person wrote.

    transmitter  who writes on behalf of the sender; None: the sender does
    text         with line ends of any kind; sent as format=flowed (RFC 3676)
    message_id   with angle brackets; also what makes a second sending of the same letter known
    references   message-ids with angle brackets, oldest first; the last one is what is answered
    forwarded    a whole message to attach as message/rfc822, or None
    group        what stands for everybody in To, where nobody is named there: « Responsables, 3e B »
    signature    what stands below the text, behind the mark by which readers know it (RFC 3676 §4.3)
    marks        fields of ours, which a draft and the writer's own copy keep and no letter carries
    """

    sender: Correspondent
    to: Sequence[Correspondent]
    cc: Sequence[Correspondent]
    bcc: Sequence[Correspondent]
    subject: str
    text: str
    message_id: str
    references: Sequence[str] = ()
    files: Sequence[AttachedFile] = field(default_factory=tuple)
    forwarded: bytes | None = None
    group: str = ""
    marks: Sequence[tuple[str, str]] = ()
    transmitter: Correspondent | None = None
    signature: str = ""

    @property
    def words(self) -> str:
        """The text with its signature."""
        return f"{self.text.rstrip()}\n\n-- \n{self.signature}\n" if self.signature else self.text


def compose(letter: Letter, now: datetime) -> bytes:
    """The letter as RFC 5322 octets, CRLF, with its Bcc field (the writer's own copy keeps it).

    refuses  MessageRefused(why="control-character" | "bad-address" | "subject-too-long", field=…): a value
    would
             break out of its header
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = make_address(letter.sender, "from")
    if letter.transmitter is not None:
        message["Sender"] = make_address(letter.transmitter, "sender")
    if letter.group:
        message["To"] = Group(_refuse_control(letter.group, "to"), ())  # RFC 5322 §3.4
    for name, people in (("To", letter.to), ("Cc", letter.cc), ("Bcc", letter.bcc)):
        if people:
            message[name] = [make_address(each, name.lower()) for each in people]
    message["Subject"] = _subject(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = _message_id(letter.message_id)
    _add_references(message, letter.references)
    for name, value in letter.marks:
        message[name] = _refuse_control(value, name)
    words = letter.words
    message.set_content(flow(words), cte=_choose_encoding(words))
    message.set_param("format", "flowed")
    for file in letter.files:
        _attach(message, file)
    composed = message.as_bytes()
    if letter.forwarded is not None:
        composed = _with_message(composed, letter.forwarded, letter.message_id)
    return composed


def is_address(text: str) -> bool:
    """Whether this can be written to: a local part and a domain, nothing that would leave its header."""
    local, at, domain = text.rpartition("@")
    if not at or _LOCAL.fullmatch(local) is None or _DOMAIN.fullmatch(domain) is None:
        return False
    return ".." not in local and local[0] != "." and local[-1] != "." and len(text.encode()) <= ADDRESS_OCTETS


def flow(text: str) -> str:
    """Text in format=flowed: paragraphs in lines of at most 76 characters, soft breaks after a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    return "\n".join(
        piece for line in lines for piece in _flow_line(line.rstrip(" ") if line != "-- " else line)
    )


def _flow_line(line: str) -> list[str]:
    if line.startswith(">"):
        return [line]  # a quotation keeps its lines
    if line.startswith((" ", "From ")):
        line = " " + line  # RFC 3676 §4.4: space-stuffing
    pieces = []
    while len(line) > 76:
        cut = line.rfind(" ", 1, 76)
        if cut <= 0:
            cut = line.find(" ", 76)
        if cut <= 0 or cut + 1 >= len(line):
            break
        pieces.append(line[: cut + 1])
        line = line[cut + 1 :]
        if line.startswith((" ", ">", "From ")):
            line = " " + line
    return [*pieces, line]


def _refuse_control(text: str, where: str) -> str:
    if _CONTROL.search(text):
        raise MessageRefused(why="control-character", field=where)
    return text


def make_address(person: Correspondent, where: str) -> Address:
    """The address as a header may hold it. Raises MessageRefused."""
    _refuse_control(person.name + person.address, where)
    if not is_address(person.address):
        raise MessageRefused(why="bad-address", field=where, address=person.address)
    local, _, domain = person.address.rpartition("@")
    if not domain.isascii():
        domain = domain.encode("idna").decode("ascii")
    return Address(person.name[:200], username=local, domain=domain)


def _subject(subject: str) -> str:
    if len(subject) > SUBJECT_CHARS:
        raise MessageRefused(why="subject-too-long", field="subject")
    return _refuse_control(subject, "subject")


def _message_id(text: str) -> str:
    if _MESSAGE_ID.fullmatch(text) is None:
        raise MessageRefused(why="control-character", field="message-id")
    return text


def _add_references(message: EmailMessage, references: Sequence[str]) -> None:
    """RFC 5322 §3.6.4; ids that strangers malformed are left out, a long thread keeps its first and its
    last ones."""
    known = [each for each in references if _MESSAGE_ID.fullmatch(each) and each.isascii()]
    if len(known) > REFERENCES:
        known = [known[0], *known[-(REFERENCES - 1) :]]
    if known:
        message["In-Reply-To"] = known[-1]
        message["References"] = " ".join(known)


def _choose_encoding(text: str) -> str:
    if text.isascii() and all(len(line) < 900 for line in text.split("\n")):
        return "7bit"
    return "quoted-printable"


def _attach(message: EmailMessage, file: AttachedFile) -> None:
    kind, _, subtype = file.type.lower().partition("/")
    if not (_TYPE.fullmatch(kind) and _TYPE.fullmatch(subtype)) or kind in {"multipart", "message"}:
        kind, subtype = "application", "octet-stream"
    message.add_attachment(
        file.content, maintype=kind, subtype=subtype, filename=clean_filename(file.filename)
    )


def clean_filename(name: str) -> str:
    """A file name without folders, control characters and quotes; never empty, 120 characters at most."""
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r"[\x00-\x1f\x7f-\x9f\"<>|:*?\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]", "_", name)
    name = name.strip(" .")
    if len(name) > 120:
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem[: 119 - len(suffix)]}{dot}{suffix}" if dot and len(suffix) <= 10 else name[:120]
    return name or "document"


def _with_message(composed: bytes, forwarded: bytes, message_id: str) -> bytes:
    """Adds a message as its own part, byte for byte: the library would write it anew."""
    header, _, body = composed.partition(b"\r\n\r\n")
    boundary = b"=_" + re.sub(rb"[^0-9A-Za-z]", b"", message_id.encode())[:50] + b"_forwarded"
    while boundary in forwarded or boundary in body:
        boundary += b"_"
    outer: list[bytes] = []
    inner: list[bytes] = []
    for line in re.split(rb"\r\n(?![ \t])", header):
        name = line.partition(b":")[0].lower()
        (inner if name.startswith(b"content-") else outer).append(line)
    outer.append(b'Content-Type: multipart/mixed; boundary="' + boundary + b'"')
    encoding = b"8bit" if not forwarded.isascii() else b"7bit"
    return b"".join([
        b"\r\n".join(outer), b"\r\n\r\n--", boundary, b"\r\n", b"\r\n".join(inner), b"\r\n\r\n", body,
        b"\r\n--", boundary, b"\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n",
        b"Content-Transfer-Encoding: ", encoding, b"\r\n\r\n", forwarded, b"\r\n--", boundary, b"--\r\n",
    ])  # fmt: skip
