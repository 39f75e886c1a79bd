"""Finding the quotation of an earlier message, so that a page can fold it behind a button.

Mail programs mark it in a dozen ways and promise none: marks by class or id first (Gmail, Thunderbird,
Outlook,
Yahoo, Proton), then what a person would see: « Le … a écrit : », « -----Message d'origine----- », and
Outlook's
block of headers in French or English. Nothing is folded when nothing would be left to read above it.
"""

import re
from collections.abc import Sequence

from lxml import etree  # type: ignore[import-untyped]

_MARKED_WHOLE = (
    "gmail_quote", "gmail_quote_container", "yahoo_quoted", "protonmail_quote", "tutanota_quote",
    "corneille_quote",
)
_MARKED_FROM = frozenset(
    {
        "divRplyFwdMsg", "appendonsend", "x_divRplyFwdMsg", "mail-editor-reference-message-container",
        "OLK_SRC_BODY_SECTION",
    }
)
_BLOCKS = ("p", "div", "td", "li", "font", "span")

_HEADER_FIRST = re.compile(r"\s*(?:\*|_)?(?:De|From|Expéditeur|Von)\s*(?:\*|_)?\s*:", re.IGNORECASE)
_HEADER_NEXT = re.compile(r"(?:Envoyé(?:e| le)?|Sent|Date|Gesendet)\s*(?:\*|_)?\s*:", re.IGNORECASE)
_HEADER_LAST = re.compile(r"(?:Objet|Subject|Sujet|Betreff)\s*(?:\*|_)?\s*:", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"\s*(?:-{3,}|_{3,})\s*(?:Message d['’]origine|Message transféré|Message initial|Original Message"
    r"|Forwarded message|Mail original)\s*(?:-{3,}|_{3,})?\s*",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\s*(?:Le|On|Am)\s.{4,200}?\s(?:a\s+écrit|wrote|schrieb.{0,80})\s*:\s*", re.IGNORECASE
| re.DOTALL)
_LINE_CHARS = 400


def fold_tree(root: "etree._Element", label: str) -> bool:
    """Puts the quotation of a document into a closed `details` whose summary is `label`; says whether there
    is one."""
    found = _find_start(root)
    if found is None:
        return False
    first, takes_rest = found
    parent = first.getparent()
    if parent is None or not _has_words_before(root, first):
        return False
    following = list(first.itersiblings()) if takes_rest else []
    details = etree.Element("details")
    summary = etree.SubElement(details, "summary")
    summary.text = label
    parent.insert(parent.index(first), details)
    tail = None if takes_rest else first.tail
    if not takes_rest:
        first.tail = None
    for element in [first, *following]:
        details.append(element)
    details.tail = tail
    return True


def find_quotation(lines: Sequence[str]) -> int | None:
    """The line where the quotation that ends a plain text begins; None: there is none, or nothing above
    it."""
    found = None
    for number, line in enumerate(lines):
        if _ORIGINAL.fullmatch(line[:_LINE_CHARS]) or _starts_headers(lines[number : number + 6]):
            found = number
            break
    if found is None:
        found = _find_marked_end(lines)
    if found is None or not any(line.strip() and not line.startswith(">") for line in lines[:found]):
        return None
    return found


def _find_marked_end(lines: Sequence[str]) -> int | None:
    """Where the last run of `>` lines begins, with its « Le … a écrit : », if only blank lines or a
    signature follow."""
    number = len(lines)
    seen = False
    while number > 0 and (lines[number - 1].startswith(">") or not lines[number - 1].strip()):
        number -= 1
        seen = seen or lines[number].startswith(">")
    if not seen:
        return None
    while number < len(lines) and not lines[number].strip():
        number += 1
    for height in (1, 2, 3):  # the words before it wrap over up to three lines
        above = lines[max(0, number - height) : number]
        if above and _WROTE.fullmatch(" ".join(above)[:_LINE_CHARS]):
            return number - len(above)
    return number


def _starts_headers(lines: Sequence[str]) -> bool:
    if not lines or not _HEADER_FIRST.match(lines[0][:_LINE_CHARS]):
        return False
    rest = "\n".join(line[:_LINE_CHARS] for line in lines[1:])
    return bool(_HEADER_NEXT.search(rest) and _HEADER_LAST.search(rest))


def _find_start(root: "etree._Element") -> "tuple[etree._Element, bool] | None":
    """The element where the quotation begins, and whether all that follows it belongs to it."""
    for element in root.iter(etree.Element):
        classes = element.get("class", "").split()
        if any(mark in classes for mark in _MARKED_WHOLE):
            return element, False
        if element.get("id") in _MARKED_FROM:
            return _climb(element), True
        if element.tag == "blockquote" and (element.get("type") == "cite" or _is_introduced(element)):
            before = element.getprevious()
            return (before, True) if before is not None and _is_introduced(element) else (element, False)
        if element.tag in _BLOCKS and _is_header_block(element):
            return _climb(element), True
    return None


def _is_introduced(blockquote: "etree._Element") -> bool:
    before = blockquote.getprevious()
    if before is None:
        return False
    return "moz-cite-prefix" in before.get("class", "").split() or bool(_WROTE.fullmatch(_words(before)))


def _is_header_block(element: "etree._Element") -> bool:
    words = _words(element)
    if _ORIGINAL.fullmatch(words):
        return True
    return bool(_HEADER_FIRST.match(words) and _HEADER_NEXT.search(words) and _HEADER_LAST.search(words))


def _words(element: "etree._Element") -> str:
    """The beginning of an element's text, enough to know it."""
    words, length = [], 0
    for text in element.itertext():
        words.append(text)
        length += len(text)
        if length > _LINE_CHARS:
            break
    return "".join(words)[:_LINE_CHARS].replace("\xa0", " ")


def _climb(element: "etree._Element") -> "etree._Element":
    """The outermost element that begins where this one begins, so that the rest of the quotation follows
    it."""
    parent = element.getparent()
    while parent is not None and parent.tag not in {"body", "html"}:
        if _has_words_before(parent, element):
            break
        element, parent = parent, parent.getparent()
    return element


def _has_words_before(root: "etree._Element", element: "etree._Element") -> bool:
    for event, each in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if each is element:
                return False
            if (each.text or "").strip() and each.tag not in {"style", "title", "script"}:
                return True
        elif (each.tail or "").strip() and each is not root:
            return True
    return False
