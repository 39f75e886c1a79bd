"""BODY[section] (RFC 9051 §6.4.5.1): octets as they are in the message."""

from dataclasses import dataclass
from enum import StrEnum

from corneille.wire.mime.header import parse_headers
from corneille.wire.mime.part import Part
from corneille.wire.mime.transfer import decode_transfer


class Of(StrEnum):
    """What of the part is asked."""

    ALL = ""
    HEADER = "HEADER"
    FIELDS = "HEADER.FIELDS"
    FIELDS_NOT = "HEADER.FIELDS.NOT"
    TEXT = "TEXT"
    MIME = "MIME"


@dataclass(frozen=True, slots=True)
class Section:
    """One section: BODY[2.1.HEADER.FIELDS (To)] is Section((2, 1), Of.FIELDS, (b"To",)); BODY[] is Section()."""

    path: tuple[int, ...] = ()
    of: Of = Of.ALL
    names: tuple[bytes, ...] = ()


def find_part(root: Part, path: tuple[int, ...]) -> Part | None:
    """The part at an IMAP path; () is the root. A part that is no multipart has one part, 1: itself."""
    part = root
    is_message = True  # the part is the root of a message, which may be plain and still has a part 1
    for number in path:
        if part.message is not None and not is_message:
            part, is_message = part.message, True
        if part.is_multipart and not part.children and number == 1:
            part = _make_empty(part)
        elif part.is_multipart:
            if not 1 <= number <= len(part.children):
                return None
            part = part.children[number - 1]
        elif number != 1 or not is_message:
            return None
        is_message = False
    return part


def _make_empty(multipart: Part) -> Part:
    """The one empty body that BODYSTRUCTURE shows of a multipart without any (RFC 9051 §7.5.2 asks for one)."""
    return Part(multipart.body_start, multipart.body_start, multipart.body_start, {}, multipart.depth + 1)


def read_section(content: bytes, part: Part, section: Section) -> bytes | None:
    """The octets of a section of the message whose root is `part`; None when there is no such part (IMAP's NIL).

    HEADER and TEXT below a part number want a message/rfc822 there (§6.4.5.1); elsewhere they are None.
    """
    found = find_part(part, section.path)
    if found is None:
        return None
    if section.of is Of.ALL:
        return content if not section.path else content[found.body_start:found.body_end]
    if section.of is Of.MIME:
        return content[found.header_start:found.body_start] if section.path else None
    if section.path:
        if found.message is None:
            return None
        found = found.message
    match section.of:
        case Of.HEADER:
            return content[found.header_start:found.body_start]
        case Of.TEXT:
            return content[found.body_start:found.body_end if section.path else len(content)]
        case _:
            return _choose_fields(content, found, section)


def _choose_fields(content: bytes, part: Part, section: Section) -> bytes:
    """The fields asked for, in the message's order, and the empty line where the message has one (§6.4.5.1)."""
    wanted = {name.lower() for name in section.names}
    keep = section.of is Of.FIELDS
    lines = parse_headers(content, part).lines
    chosen = [raw for name, raw in lines if (name.lower() in wanted) is keep and (name or not keep)]
    return b"".join(chosen) + (b"\r\n" if part.body_start > part.header_end else b"")


def decode_body(content: bytes, part: Part) -> bytes:
    """A leaf's octets, transfer encoding undone as far as they let themselves be read."""
    return decode_transfer(content[part.body_start:part.body_end], part.encoding)
