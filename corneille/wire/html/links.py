"""The links of a text, as a reader sees them and where they go."""

import re
from dataclasses import dataclass

from corneille.wire.html.tree import read_tree

MAX_LINKS = 500
_SPACE = re.compile(r"\s+")
_WRITTEN = re.compile(r"https?://[^\s<>\"«»“”]{3,2000}", re.IGNORECASE)
_ENDS = ".,;:!?)]}’'\u00a0\u202f"


@dataclass(frozen=True, slots=True)
class Link:
    """`text` is what one reads ("" for a picture), `url` where it goes, as it was written."""

    text: str
    url: str


def list_links(text: str) -> list[Link]:
    """Links of HTML to pages of the web, in order, at most MAX_LINKS; never raises."""
    root = read_tree(text).root
    if root is None:
        return list_written_links(text)
    found = []
    for anchor in root.iter("a", "area"):
        url = _SPACE.sub("", anchor.get("href") or "")
        if url.lower().startswith(("http:", "https:", "//")):
            found.append(Link(_SPACE.sub(" ", "".join(anchor.itertext())).strip()[:500], url[:2000]))
            if len(found) == MAX_LINKS:
                break
    return found


def list_written_links(text: str) -> list[Link]:
    """The addresses written in a plain text: each says where it goes."""
    written = (found.group().rstrip(_ENDS) for found in _WRITTEN.finditer(text))
    return [Link(url, url) for url in list(dict.fromkeys(written))[:MAX_LINKS]]
