"""HTML as plain text, laid out as a person would type it: for quoting in a reply, and for printing."""

from inscriptis import Inscriptis
from lxml import etree  # type: ignore[import-untyped]

from corneille.wire.html.tree import ELEMENTS, read_tree, strip_tags

LAID_OUT_ELEMENTS = ELEMENTS // 5
"""Up to this the text is laid out; beyond, only the words are kept, line by line."""

TABLE_CHARS = 2_000_000
"""Rows times the longest cell: a column is as wide as its longest cell, in every row. Beyond, rows become
lines."""

TEXT_CHARS = 1024 * 1024

_SILENT = (
    "script", "style", "title", "head", "template", "noscript", "svg", "math", "select", "textarea",
    "object",
)


def to_text(text: str) -> str:
    """The words of HTML with its paragraphs, lists and tables; never raises; at most TEXT_CHARS."""
    root = read_tree(text).root
    if root is None or sum(1 for _ in root.iter()) > LAID_OUT_ELEMENTS or _table_depth(root) > 12:
        return strip_tags(text)[:TEXT_CHARS]
    for element in list(root.iter(*_SILENT)):
        if element.getparent() is not None:
            element.drop_tree()
    # The layout obeys margins and paddings of any size: a stranger's « 9999999em » must not be written out.
    etree.strip_attributes(root, "style", "align", "valign", "width", "colspan", "rowspan", "start")
    if _measure_tables(root) > TABLE_CHARS:
        _flatten_tables(root)
    laid_out: str = Inscriptis(root).get_text()
    lines = [line.rstrip() for line in laid_out.split("\n")]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept).strip("\n")[:TEXT_CHARS]


def _measure_tables(root: "etree._Element") -> int:
    longest = max((sum(len(text) for text in cell.itertext()) for cell in root.iter("td", "th")), default=0)
    return longest * sum(1 for _ in root.iter("tr"))


def _flatten_tables(root: "etree._Element") -> None:
    for cell in root.iter("td", "th"):
        cell.tag, cell.tail = "span", " "
    for row in root.iter("table", "thead", "tbody", "tfoot", "tr", "caption"):
        row.tag = "div"


def _table_depth(root: "etree._Element") -> int:
    """How deep tables stand in tables: each level pads every line of what is in it."""
    deepest, depth = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end"), tag="table"):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
