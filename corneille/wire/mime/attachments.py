"""What a reader shows as the message, and what it lists below as attached."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from corneille.wire.mime.part import Part, walk
from corneille.wire.mime.section import decode_body
from corneille.wire.mime.transfer import estimate_size

_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")
_CID = re.compile(rb"cid:([^\"'\s<>)]{1,500})", re.IGNORECASE)
_MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class Attachment:
    """One thing to open or save.

    path         its section ("2.1")
    filename     decoded, without folders, controls and direction marks; "" when the message gives none
    type         "image/png", lower case
    size_bytes   of the decoded octets, estimated from the encoded ones
    is_inline    the HTML that a reader is shown refers to it by its Content-ID: a list may leave it out
    content_id   without brackets
    """

    path: str
    filename: str
    type: str
    size_bytes: int
    is_inline: bool
    content_id: str | None


@dataclass(frozen=True, slots=True)
class Bodies:
    """What to show. `plain` and `html` are two forms of one text when both stand in one multipart/alternative.

    more      further inline text parts in order, shown after the main one (a list's footer, a mailer's second text)
    calendar  an invitation among the alternatives
    """

    plain: Part | None = None
    html: Part | None = None
    more: tuple[Part, ...] = ()
    calendar: Part | None = None


@dataclass(slots=True)
class _Choice:
    plain: Part | None = None
    html: Part | None = None
    calendar: Part | None = None
    more: list[Part] = field(default_factory=list)


def choose_bodies(content: bytes, root: Part) -> Bodies:
    """The parts that are the message's text (RFC 2046 §5.1, RFC 2387); nothing when it has only attachments."""
    choice = _Choice()
    _choose(root, choice, in_alternative=False)
    return Bodies(choice.plain, choice.html, tuple(choice.more), choice.calendar)


def list_attachments(content: bytes, root: Part) -> list[Attachment]:
    """Everything that is not shown as text, in order; a message inside is one attachment, its own parts are not listed."""
    bodies = choose_bodies(content, root)
    passed_over = {id(part) for part in (bodies.plain, bodies.html, *bodies.more) if part is not None}
    found: list[Attachment] = []
    cids: frozenset[bytes] | None = None
    for path, part in walk(root):
        if id(part) in passed_over or part.is_multipart or _is_empty_text(part):
            continue
        if part.message is not None:
            passed_over.update(id(inner) for _, inner in walk(part.message))
        content_id = part.content_id or None
        is_inline = False
        if content_id is not None and bodies.html is not None:
            if cids is None:
                cids = _list_cids(content, bodies.html)
            is_inline = content_id.encode("latin-1") in cids
        size = estimate_size(content, part.body_start, part.body_end, part.encoding)
        found.append(Attachment(path, find_filename(part), f"{part.type}/{part.subtype}", size, is_inline, content_id))
    return found


def _list_cids(content: bytes, html: Part) -> frozenset[bytes]:
    """What the HTML shows by Content-ID (RFC 2392), so that nothing disappears that it does not show."""
    return frozenset(unquote_to_bytes(each) for each in _CID.findall(decode_body(content, html)))


def find_filename(part: Part) -> str:
    """Content-Disposition's filename, else Content-Type's name; safe to offer as the name of a file."""
    name = part.disposition_parameters.get("filename") or part.parameters.get("name") or ""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = _UNSAFE.sub("_", name).strip(" .")
    if len(name) > _MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = stem[: _MAX_NAME - len(ending) - 1] + dot + ending if dot and len(ending) <= 10 else name[:_MAX_NAME]
    return name


def _choose(part: Part, choice: _Choice, *, in_alternative: bool) -> None:
    if part.is_multipart:
        _choose_among(part, choice, in_alternative=in_alternative)
    elif part.type == "text" and part.disposition != "attachment":
        _take_text(part, choice, in_alternative=in_alternative)


def _choose_among(part: Part, choice: _Choice, *, in_alternative: bool) -> None:
    children = part.children
    match part.subtype:
        case "alternative":
            for child in children:  # the last form that can be shown wins (RFC 2046 §5.1.4)
                _choose(child, choice, in_alternative=True)
        case "related":
            start = part.parameters.get("start", "").strip("<> ")
            first = next((child for child in children if start and child.content_id == start), None)
            for child in [first] if first is not None else children[:1]:
                _choose(child, choice, in_alternative=in_alternative)
        case "signed" | "appledouble":
            for child in children[:1]:
                _choose(child, choice, in_alternative=in_alternative)
        case "encrypted":
            pass
        case _:
            for child in children:
                _choose(child, choice, in_alternative=in_alternative)


def _take_text(part: Part, choice: _Choice, *, in_alternative: bool) -> None:
    is_named = bool(find_filename(part))
    has_text = choice.plain is not None or choice.html is not None
    match part.subtype:
        case "calendar":
            if choice.calendar is None:
                choice.calendar = part
        case "html":
            is_first = not has_text and not (is_named and part.disposition is not None)
            if is_first or (in_alternative and choice.html is None):
                choice.html = part
            elif not is_named:
                choice.more.append(part)
        case "plain" | "enriched" | "richtext" | "markdown":
            if not has_text and not (is_named and part.disposition == "attachment"):
                choice.plain = part
            elif not is_named and not in_alternative:
                choice.more.append(part)
        case _:
            pass


def _is_empty_text(part: Part) -> bool:
    """Mailers leave empty texts around attachments."""
    return part.type == "text" and part.size_bytes <= 2 and not find_filename(part)
