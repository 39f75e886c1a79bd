"""What a report of delivery says (RFC 3464): of which message, and to whom it was not delivered."""

import re

from corneille.wire.mime.header import Headers, parse_headers
from corneille.wire.mime.message_id import parse_message_ids
from corneille.wire.mime.part import Part, walk
from corneille.wire.mime.section import decode_body

RECIPIENTS = 500
"""More than these in one report are passed over."""
_STATUS = frozenset({"delivery-status", "global-delivery-status"})
_ORIGINAL_HEADERS = frozenset({"rfc822-headers", "global-headers"})
_EMPTY_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


def list_failed(content: bytes, root: Part) -> list[str]:
    """The addresses as they were written to, where the report says that they were not reached."""
    for _path, part in walk(root):
        if part.type == "message" and part.subtype in _STATUS:
            # RFC 3464 §2.1: the first group of fields is about the message, each other about one recipient.
            groups = _EMPTY_LINE.split(decode_body(content, part).strip())[1:]
            found = [_find_failed(Headers(group)) for group in groups[:RECIPIENTS]]
            return [each for each in found if each]
    return []


def find_reported_id(content: bytes, root: Part) -> str:
    """The Message-ID, without brackets, of the message that is reported on; "" where the report does not say."""
    for _path, part in walk(root):
        if part.message is not None:
            return _find_id(parse_headers(content, part.message))
        if part.type in {"text", "message"} and part.subtype in _ORIGINAL_HEADERS:
            return _find_id(Headers(decode_body(content, part)))
    return ""


def _find_failed(group: Headers) -> str:
    if (group.get("action") or b"").strip().lower() != b"failed":
        return ""
    # Forwarding changes the final one; the original is what the sender wrote (RFC 3464 §2.3.1).
    raw = group.get("original-recipient") or group.get("final-recipient") or b""
    return raw.partition(b";")[2].strip().strip(b"<>").decode("utf-8", "replace")


def _find_id(headers: Headers) -> str:
    return next(iter(parse_message_ids(headers.get("message-id") or b"")), "")
