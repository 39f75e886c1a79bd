"""Reading any HTML into a tree of bounded size.

libxml2's parser is the first wall against HTML made to exhaust: it stops at 256 levels and, unlike the HTML5
algorithm, never multiplies formatting elements (a few kB can become gigabytes there). What comes out of it is
nested properly, so that the HTML5 parsers that read it next stay within the same bounds.
"""

import html
import re
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

INPUT_CHARS = 4 * 1024 * 1024
"""Longer HTML is cut here: the longest newsletters have 300,000; pictures written as data: URLs make the
rest."""

ELEMENTS = 100_000
"""More elements than this are shown as text."""

# What XML 1.0 cannot hold, what UTF-8 cannot, and U+FEFF, which browsers show as nothing.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_SILENT = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL |
re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?tr|/?li|/?h[1-6]|/?blockquote|/?table)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>?")


@dataclass(frozen=True, slots=True)
class Tree:
    """A document read: `root` is the html element, None where the limits were passed (then only text is
    left)."""

    root: "etree._Element | None"
    is_truncated: bool


def read_tree(text: str) -> Tree:
    """Reads HTML leniently; never raises."""
    is_truncated = len(text) > INPUT_CHARS
    text = _UNWRITABLE.sub("", text[:INPUT_CHARS])
    if not text.strip():
        return Tree(lxml_html.fromstring("<html><body></body></html>"), is_truncated)
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=False)
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return Tree(None, is_truncated)
    if any(error.type in _FATAL for error in parser.error_log) or sum(1 for _ in root.iter()) > ELEMENTS:
        return Tree(None, is_truncated)
    return Tree(root, is_truncated)


# Where the parser gives up instead of mending: too deep, or out of memory.
_FATAL = frozenset(
    {etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR, etree.ErrorTypes.ERR_NO_MEMORY}
)


def strip_tags(text: str) -> str:
    """The words of HTML that cannot be read as a tree, lines broken where blocks were. Linear."""
    text = _UNWRITABLE.sub("", text[:INPUT_CHARS])
    text = _TAG.sub("", _BREAK.sub("\n", _SILENT.sub("", text)))
    return re.sub(r"\n[ \t\r\n]*\n", "\n\n", html.unescape(text)).strip()
