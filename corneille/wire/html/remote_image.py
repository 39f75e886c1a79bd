"""Which addresses of pictures a reader's browser may be given, once the reader has agreed to fetch them.

The browser fetches from the reader's own network, so a stranger's message must not make it knock at a printer, at a
school's server or at ours: only https, the usual port, and names of the public Internet.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

URL_CHARS = 2048
_PLAIN = re.compile(r"[\x21-\x7e]+")
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_PRIVATE = (
    ".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".arpa", ".onion", ".test",
)  # fmt: skip
"""RFC 6761, RFC 6762, RFC 8375, RFC 9476, and what routers and networks call themselves. A last label that begins with
a digit is an IPv4 address in one of its spellings (WHATWG URL)."""


def choose_remote_image(url: str, own_names: Collection[str]) -> str | None:
    """The picture's address over https, or None where it may not be fetched.

    own_names  lower case; they and what lies under them are ours, and never fetched: a picture could act as its reader
    """
    url = url.strip()
    if len(url) > URL_CHARS or _PLAIN.fullmatch(url) is None or "\\" in url:
        return None
    if url.startswith("//"):
        url = "https:" + url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme, name = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in {"http", "https"} or "@" in parts.netloc or port not in {None, 80, 443}:
        return None
    if len(name) > 253 or _NAME.fullmatch(name) is None or f".{name}".endswith(_PRIVATE):
        return None
    if any(name == own or name.endswith("." + own) for own in own_names):
        return None
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{name}{parts.path or '/'}{query}"
