"""A message as words: decoded, without case and accents, bounded; what SEARCH and people's searches look into."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.wire.mime.address import parse_addresses
from corneille.wire.mime.attachments import list_attachments
from corneille.wire.mime.field import HEADER_BYTES, unfold
from corneille.wire.mime.header import decode_header, split_fields
from corneille.wire.mime.part import Part, walk
from corneille.wire.mime.scan import scan
from corneille.wire.mime.text import extract_text

HEADER_CHARACTERS = 64 * 1024
PARTS = 200
"""Parts whose header fields are read: few messages have ten."""
_ADDRESS_FIELDS = frozenset({"from", "to", "cc", "bcc", "reply-to", "sender"})
_BROKEN_ADDRESS = re.compile(rb"[)\s]@|@[(\s]")


@dataclass(frozen=True, slots=True)
class Texts:
    """Folded texts.

    header  one line `name: value` per field, what people look for first; a line that is no field as it stands; and
            `2.1 name: value` for the MIME fields of part 2.1 (RFC 9051 §6.4.4 TEXT)
    body    the parts' text and file names, and who and what of the messages inside
    attached  the words of documents, which people's searches look into and IMAP's SEARCH does not: its TEXT is text
    """

    header: str
    body: str
    attached: tuple[str, ...] = ()


def extract_texts(content: bytes) -> Texts:
    """The message's texts. Any bytes have some."""
    part = scan(content)
    lines = sorted(_read_header(content, part), key=_is_for_machines)
    names = [each.filename for each in list_attachments(content, part) if each.filename]
    inside: list[str] = []
    line_characters, inside_characters = sum(map(len, lines)), 0
    for path, each in islice(walk(part), PARTS):
        if each is not part and line_characters < HEADER_CHARACTERS:
            lines += (read := [f"{path} {line}" for line in _read_header(content, each)])
            line_characters += sum(map(len, read))
        if each.message is not None and inside_characters < HEADER_CHARACTERS:
            said = (line for line in _read_header(content, each.message) if not _is_for_machines(line))
            inside += (read := [line.partition(": ")[2].rstrip() for line in said])
            inside_characters += sum(map(len, read))
    body = "\n".join([extract_text(content, part, of(MailSettings).search_text_bytes), *names, *inside])
    return Texts(fold("".join(lines)[:HEADER_CHARACTERS]), fold(body))


def _read_header(content: bytes, part: Part) -> Iterator[str]:
    end = min(part.header_end, part.header_start + HEADER_BYTES)
    for raw_name, raw in split_fields(content[part.header_start : end]):
        if raw_name:
            yield from _read_field(raw_name.decode("latin-1"), unfold(raw.partition(b":")[2]))
        else:
            yield _one_line(decode_header(raw)) + "\n"


def _is_for_machines(line: str) -> bool:
    return not line.lower().startswith(_PEOPLE_LOOK_FOR)


def _read_field(name: str, value: bytes) -> Iterator[str]:
    """The field's line, and one more where a comment or a space stands inside an address (RFC 5322 §4.4): SEARCH FROM
    looks for the address."""
    text = _one_line(decode_header(value))
    yield f"{name}: {text}\n"
    if name.lower() in _ADDRESS_FIELDS and _BROKEN_ADDRESS.search(value):
        hidden = [each.address for each in parse_addresses(value) if each.address not in text]
        if hidden:
            yield f"{name}: {', '.join(hidden)}\n"


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ").strip()


_WORD = re.compile(r"[^\W_]+")
_PEOPLE_LOOK_FOR = ("from: ", "to: ", "cc: ", "bcc: ", "subject: ", "reply-to: ", "sender: ")


def choose_words(head: str, texts: Texts) -> str:
    """What a person's search looks into: who, subject, body and documents, not the machines' header fields.

    head  what `choose_head` gave
    """
    lines = [line.partition(": ")[2] for line in head.split("\n")]
    return "\n".join([*lines, texts.body, *texts.attached])


def choose_head(texts: Texts) -> str:
    """The header's lines that say who and what."""
    return "\n".join([line for line in texts.header.split("\n") if line.startswith(_PEOPLE_LOOK_FOR)])


def is_in_head(name: str) -> bool:
    """Whether `choose_head` has every line of a field; the name without its colon, folded."""
    return f"{name}: " in _PEOPLE_LOOK_FOR


def split_words(folded: str) -> list[str]:
    """The words of a folded text, as the index splits it: letters and digits, in any script."""
    return _WORD.findall(folded)


def fold(text: str) -> str:
    """The text without case and accents; the same for every way of writing a letter."""
    if text.isascii():
        return text.lower().replace("\0", " ")
    apart = unicodedata.normalize("NFKD", text.replace("\0", " "))
    bare = "".join([each for each in apart if not unicodedata.combining(each)])
    return bare.casefold().encode("utf-8", "replace").decode()
