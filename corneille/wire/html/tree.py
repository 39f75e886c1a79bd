"""Reading any HTML into a tree of bounded size.

libxml2's parser is the first wall against HTML made to exhaust: we stop it at DEPTH levels and, unlike the HTML5
algorithm, never multiplies formatting elements (a few kB can become gigabytes there). What comes out of it is
nested properly, so that the HTML5 parsers that read it next stay within the same bounds.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

INPUT_CHARS = 4 * 1024 * 1024
"""Longer HTML is cut here: the longest newsletters have 300,000; pictures written as data: URLs make the
rest."""

DEPTH = 256

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
    parser = lxml_html.HTMLParser(target=_Builder(), encoding="utf-8", huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser=parser)
    except (_TooMuchError, etree.LxmlError, ValueError, AssertionError):
        return Tree(None, is_truncated)
    return Tree(root, is_truncated)


class _TooMuchError(Exception):
    """The tree would be deeper or larger than we lay out."""


class _Builder:
    """Builds the tree from the parser's events, with the attributes that somebody reads later.

    The parser's own tree takes quadratic time for an element with very many attributes.
    """

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder(element_factory=_make_element)
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attributes: "Mapping[str, str]") -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEPTH or self._count > ELEMENTS:
            raise _TooMuchError
        kept = {name: attributes[name] for name in KEPT_ATTRIBUTES & attributes.keys()} if attributes else {}
        self._builder.start(tag if _NAME.fullmatch(tag) else "span", kept)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(tag if _NAME.fullmatch(tag) else "span")

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> "etree._Element":
        return self._builder.close()


def _make_element(tag: str, attributes: "Mapping[str, str]") -> "etree._Element":
    return _MAKER.makeelement(tag, attributes)


_MAKER = lxml_html.HTMLParser()
_NAME = re.compile(r"[a-z][a-z0-9]{0,30}")
KEPT_ATTRIBUTES = frozenset([
    "abbr", "align", "alt", "background", "bgcolor", "border", "cellpadding", "cellspacing", "cite", "class", "color",
    "colspan", "datetime", "dir", "face", "headers", "height", "href", "hspace", "id", "lang", "noshade", "nowrap",
    "reversed", "role", "rowspan", "scope", "size", "span", "src", "start", "style", "summary", "title", "type",
    "valign", "value", "vspace", "width",
])  # fmt: skip


def strip_tags(text: str) -> str:
    """The words of HTML that cannot be read as a tree, lines broken where blocks were. Linear."""
    text = _UNWRITABLE.sub("", text[:INPUT_CHARS])
    text = _TAG.sub("", _BREAK.sub("\n", _SILENT.sub("", text)))
    return re.sub(r"\n[ \t\r\n]*\n", "\n\n", html.unescape(text)).strip()
