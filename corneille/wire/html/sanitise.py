"""A stranger's HTML made harmless: no script, nothing fetched from afar, nothing that leaves its frame.

In order: a tree of bounded size (tree.py), elements that run or fetch dropped, quotations folded, style
sheets
put into attributes (css-inline), and last the judge, nh3, with allow-lists of elements, attributes, CSS
properties and URL schemes: whatever the steps before did or missed, only what is listed there comes out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

import nh3
from css_inline import CSSInliner, InlineError
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from corneille.wire.html.fold import fold_tree
from corneille.wire.html.style import (
    PROPERTIES,
    SHEET_CHARS,
    SPREAD_CHARS,
    STYLE_CHARS,
    clean_style,
    drop_at_rules,
)
from corneille.wire.html.tree import read_tree, strip_tags

DATA_IMAGE_CHARS = 1024 * 1024
"""A picture written as a data: URL is left out beyond this."""


@dataclass(frozen=True, slots=True)
class Sanitised:
    """A fragment to put into the body of a document of its own.

    remote_image_count  pictures and backgrounds that would have been fetched from elsewhere: left out
    tracker_count       those of them made to be invisible (2 pixels or less)
    is_simplified       too large or too deep to be laid out: only its words are shown
    is_truncated        longer than tree.INPUT_CHARS: the end is missing
    """

    html: str
    remote_image_count: int
    tracker_count: int
    is_simplified: bool
    is_truncated: bool


def sanitise(
    text: str,
    *,
    cid_url: Callable[[str], str | None],
    fold_label: str = "",
    remote_url: Callable[[str], str | None] = lambda _: None,
) -> Sanitised:
    """Makes HTML harmless; never raises.

    remote_url  gives the address under which a remote picture may be fetched, or None: it is left out and counted, as
                trackers and backgrounds always are

    cid_url     gives the URL of the part with this Content-ID (RFC 2392), or None
    fold_label  what the button over a folded quotation says; empty: nothing is folded
    """
    tree = read_tree(text)
    if tree.root is None:
        words = _paragraphs(strip_tags(text))
        return Sanitised(words, 0, 0, is_simplified=True, is_truncated=tree.is_truncated)
    count = _Count()
    _drop_active(tree.root)
    trackers = [image for image in tree.root.iter("img") if _is_tracker(image)]
    count.tracker_count = len(trackers)
    for image in trackers:
        if _is_remote(image.get("src", "")):
            del image.attrib["src"]
            count.remote_image_count += 1
    _count_backgrounds(tree.root, count)
    if fold_label:
        fold_tree(tree.root, fold_label)
    inlined = _inline_styles(tree.root)
    cleaned = _cleaner(_Judge(cid_url, remote_url, count)).clean(inlined)
    return Sanitised(
        cleaned, count.remote_image_count, min(count.tracker_count, count.remote_image_count),
        is_simplified=False, is_truncated=tree.is_truncated,
    )


@dataclass(slots=True)
class _Count:
    remote_image_count: int = 0
    tracker_count: int = 0


_SILENT = frozenset([
    "script", "noscript", "iframe", "frame", "frameset", "object", "embed", "applet", "template", "svg",
    "math", "canvas", "audio", "video", "source", "track", "portal", "dialog", "select", "textarea",
    "title", "noembed", "noframes", "plaintext", "xmp",
])
_EMPTY = frozenset([
    "link", "meta", "base", "param", "input", "area", "map",
])

_TAGS = frozenset([
    "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl",
    "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
])
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"style", "title", "lang", "dir", "align", "valign", "bgcolor"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "border", "hspace", "vspace"},
    "table": {"width", "height", "border", "cellpadding", "cellspacing", "summary", "role"},
    "td": {"width", "height", "colspan", "rowspan", "nowrap", "headers", "abbr"},
    "th": {"width", "height", "colspan", "rowspan", "nowrap", "headers", "abbr", "scope"},
    "col": {"span", "width"}, "colgroup": {"span", "width"},
    "font": {"color", "face", "size"},
    "hr": {"size", "width", "noshade", "color"},
    "ol": {"start", "type", "reversed"}, "ul": {"type"}, "li": {"value", "type"},
    "time": {"datetime"}, "details": set(), "summary": set(),
}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\x00-\x20<>\"]", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,4}%?\Z")
_MEASURES = frozenset([
    "width", "height", "border", "hspace", "vspace", "cellpadding", "cellspacing", "colspan", "rowspan",
    "span", "start", "value",
])
_GRIDS = {"colspan": 200, "rowspan": 1000, "span": 200}  # a browser lays out every cell that is spanned
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_SHEET_FUNCTION = re.compile(r"(?:url|src|image|image-set)\s*\(\s*[\"']?\s*(?:https?:)?//", re.IGNORECASE)


class _Judge:
    """Says of each attribute what it becomes, or None; asked by nh3 for every attribute that the lists
    allow."""

    def __init__(
        self, cid_url: Callable[[str], str | None], remote_url: Callable[[str], str | None], count: _Count
    ) -> None:
        self._cid_url = cid_url
        self._remote_url = remote_url
        self._count = count
        self._given: set[str] = set()

    def __call__(self, tag: str, name: str, value: str) -> str | None:
        if name == "src":
            return self._choose_source(value)
        if name == "href":
            value = value.strip()
            return value if _LINK.match(value) and len(value) <= 8192 else None
        if name == "style":
            return clean_style(value[:STYLE_CHARS]) or None
        if name in _MEASURES:
            value = value.strip()
            if name in _GRIDS and value.isdecimal():
                return str(min(int(value[:6]), _GRIDS[name]))
            return value if _DIGITS.match(value) else None
        return value

    def _choose_source(self, value: str) -> str | None:
        value = value.strip()
        scheme = _CONTROL.sub("", value[:64]).lower()
        if scheme.startswith("cid:"):
            url = self._cid_url(unquote(value.partition(":")[2].strip()).strip("<>"))
            if url is not None:
                self._given.add(url)
            return url
        if scheme.startswith("data:"):
            return value if len(value) <= DATA_IMAGE_CHARS and _DATA_IMAGE.match(value) else None
        if scheme.startswith(("http:", "https:", "//", "\\\\", "/\\", "\\/")):
            url = self._remote_url(value)
            if url is None:
                self._count.remote_image_count += 1
            return url
        return None

    def choose_relative(self, url: str) -> str | None:
        """Of relative URLs only those that `cid_url` gave: any other would be one of our own pages."""
        return url if url in self._given else None


def _cleaner(judge: _Judge) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS), clean_content_tags=set(_SILENT) | {"style"}, attributes=_ATTRIBUTES,
        attribute_filter=judge, strip_comments=True, link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes={
            "http", "https", "mailto", "tel", "cid", "data",
        }, filter_style_properties=set(PROPERTIES),
        url_relative=judge.choose_relative,
    )


def _drop_active(root: "etree._Element") -> None:
    for element in list(root.iter(*_SILENT, *_EMPTY)):
        if element.getparent() is not None:
            element.drop_tree()


def _is_tracker(image: "etree._Element") -> bool:
    measures = [image.get("width", "").strip(" px"), image.get("height", "").strip(" px")]
    style = image.get("style", "").replace(" ", "").lower()
    is_tiny = any(measure in {"0", "1", "2"} for measure in measures)
    return is_tiny or "display:none" in style or "width:1px" in style


def _count_backgrounds(root: "etree._Element", count: _Count) -> None:
    for sheet in root.iter("style"):
        count.remote_image_count += sum(1 for _ in _SHEET_FUNCTION.finditer((sheet.text or "")[:SHEET_CHARS]))
    for element in root.iter(etree.Element):
        style, background = element.get("style", "")[:STYLE_CHARS], element.get("background", "")
        if _SHEET_FUNCTION.search(style) or _is_remote(background):
            count.remote_image_count += 1


def _is_remote(url: str) -> bool:
    return url.strip().lower().startswith(("http:", "https:", "//"))


def _inline_styles(root: "etree._Element") -> str:
    """The document with its style sheets put into attributes, or without them if that would be too much
    work."""
    sheets = list(root.iter("style"))
    sheet = drop_at_rules("\n".join(each.text or "" for each in sheets)[: SHEET_CHARS + 1])
    for each in sheets:
        each.drop_tree()
    written: str = lxml_html.tostring(root, encoding="unicode")
    element_count = sum(1 for _ in root.iter())
    if not sheet.strip() or len(sheet) > SHEET_CHARS or len(sheet) * element_count > SPREAD_CHARS:
        return written
    inliner = CSSInliner(
        inline_style_tags=False, keep_style_tags=False, keep_link_tags=False, keep_at_rules=False,
        load_remote_stylesheets=False, extra_css=sheet,
    )
    try:
        return inliner.inline(written)
    except InlineError:
        return written


def _paragraphs(text: str) -> str:
    blocks = (escape(block).replace("\n", "<br>") for block in text.split("\n\n") if block.strip())
    return "".join(f"<p>{block}</p>" for block in blocks)
