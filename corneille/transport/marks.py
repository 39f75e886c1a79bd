"""By what a message is known again when it comes under other wrappings: its id, its look, where its links lead. Pure."""

import re
from urllib.parse import urlsplit

from corneille.people.name import fold
from corneille.wire.html.host import read_host
from corneille.wire.html.links import list_links, list_written_links
from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.header import Headers, parse_addresses, parse_headers
from corneille.wire.mime.message_id import parse_message_ids
from corneille.wire.mime.part import Part
from corneille.wire.mime.subject import base_subject
from corneille.wire.mime.text import decode_text

MARK_CHARS = 300
HOSTS = 50
"""Links of one message that are looked at."""
ID, LOOK, HOST, PAGE = "id:", "look:", "host:", "page:"
_EVERYBODYS = frozenset([
    "docs.google.com", "drive.google.com", "sites.google.com", "forms.gle", "forms.office.com", "forms.cloud.microsoft",
    "1drv.ms", "onedrive.live.com", "sharepoint.com", "dropbox.com", "wetransfer.com", "we.tl", "bit.ly", "tinyurl.com",
    "t.co", "lnkd.in", "youtu.be", "framaforms.org", "canva.com", "notion.site", "github.io", "web.app", "weebly.com",
    "wixsite.com", "jotform.com", "typeform.com", "airtable.com", "sway.cloud.microsoft", "padlet.com", "genial.ly",
])  # fmt: skip
"""Where anybody puts a page: there the page is the mark, not the host."""


def list_marks(content: bytes, root: Part, *, with_links: bool = True) -> frozenset[str]:
    """The marks of one message; any bytes have some or none."""
    headers = parse_headers(content, root)
    found = [f"{ID}{each}" for each in parse_message_ids(headers.get("message-id") or b"")[:1]]
    look = make_look(find_sender(headers), headers.text("subject"))
    found += [look] if look else []
    if with_links:
        found += _list_link_marks(content, root)
    return frozenset(mark[:MARK_CHARS] for mark in found)


def make_look(sender_address: str, subject: str) -> str:
    """Who it says to be from and what its subject is like: digits, accents, case and « Re: » do not count."""
    shape = re.sub(r"[^a-z#]+", " ", re.sub(r"\d+", "#", fold(base_subject(subject)))).strip()
    return f"{LOOK}{sender_address.lower()} {shape}"[:MARK_CHARS] if sender_address else ""


def find_sender(headers: Headers) -> str:
    """The first address of From."""
    raw = headers.get("from")
    return next((each.address for each in parse_addresses(raw)), "") if raw else ""


def mark_link(url: str) -> str:
    """The mark of one link; "" for what leads nowhere."""
    host = read_host(url)
    if "." not in host:
        return ""
    if any(host == each or host.endswith(f".{each}") for each in _EVERYBODYS):
        return f"{PAGE}{host}{urlsplit(url if '//' in url else f'//{url}').path}"[:MARK_CHARS]
    return f"{HOST}{host}"[:MARK_CHARS]


def _list_link_marks(content: bytes, root: Part) -> list[str]:
    bodies = choose_bodies(content, root)
    links = list_links(decode_text(content, bodies.html)) if bodies.html is not None else []
    links += list_written_links(decode_text(content, bodies.plain)) if bodies.plain is not None else []
    return [mark for mark in dict.fromkeys(mark_link(each.url) for each in links) if mark][:HOSTS]
