"""The facts of a message, from its octets: what the judge looks at."""

import re

from corneille.access.network import is_declared
from corneille.access.settings import Access
from corneille.kernel.settings import Ground, of
from corneille.protection.judge import Letter, Origin
from corneille.wire.html.links import Link, list_links, list_written_links
from corneille.wire.html.to_text import to_text
from corneille.wire.mime.address import Address, parse_addresses
from corneille.wire.mime.attachments import choose_bodies, list_attachments
from corneille.wire.mime.header import Headers, parse_headers
from corneille.wire.mime.part import Part
from corneille.wire.mime.text import decode_text

WORDS_CHARS = 50_000
"""What is read of a text; a letter that deceives is shorter."""
_RECEIVED = re.compile(rb"from\s+(\S+)(?:\s+\(\[(?:IPv6:)?([0-9A-Fa-f.:]+)\]\))?\s+by\s+(\S+)\s+with", re.DOTALL)


def read_letter(content: bytes, root: Part) -> Letter:
    """Everything that the message itself says; what the people are to one another is not known here."""
    headers = parse_headers(content, root)
    sender = read_sender(headers)
    bodies = choose_bodies(content, root)
    html = decode_text(content, bodies.html) if bodies.html is not None else ""
    texts = [decode_text(content, part)[:WORDS_CHARS] for part in (bodies.plain, *bodies.more) if part is not None]
    plain = "\n".join(texts)
    links: list[Link] = [*list_links(html), *list_written_links(plain)]
    words = "\n".join([headers.text("subject"), plain, to_text(html)[:WORDS_CHARS] if html else ""])
    return Letter(
        sender_name=sender.name,
        sender_address=sender.address,
        reply_to=tuple(each.address for raw in headers.all("reply-to") for each in parse_addresses(raw)),
        origin=find_origin(headers),
        is_authenticated=False,  # nothing here verifies DKIM yet, and what a stranger wrote about it proves nothing
        links=tuple(links),
        words=words,
        filenames=tuple(each.filename for each in list_attachments(content, root) if each.filename),
        is_list=any(headers.get(name) is not None for name in ("list-id", "list-unsubscribe")),
    )


def read_sender(headers: Headers) -> Address:
    """The first of From; an empty one when there is none."""
    raw = headers.get("from")
    return next(iter(parse_addresses(raw) if raw else []), Address("", ""))


def find_origin(headers: Headers) -> Origin:
    """What our own Received line says, the topmost one: whoever writes to us can put others only below it."""
    told = _RECEIVED.match(next(iter(headers.all("received")), b""))
    if told is None or told[3].decode("ascii", "replace") != of(Ground).host_name:
        return Origin.UNKNOWN
    if told[2] is None:
        return Origin.INSIDE if told[1] == b"authenticated-writer" else Origin.UNKNOWN
    # From the académie's own networks its applications write, and pupils might: neither vouched for nor a stranger.
    own = is_declared(told[2].decode("ascii"), of(Access).declared_networks)
    return Origin.UNKNOWN if own else Origin.OUTSIDE
