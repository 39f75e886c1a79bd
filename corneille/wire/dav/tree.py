"""XML in and out. What comes is read without entities, without a document type, and no deeper than anybody needs."""

from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from corneille.wire.dav.names import PREFIXES

DEPTH = 32

for _namespace, _prefix in PREFIXES.items():
    register_namespace(_prefix, _namespace)


class BadRequest(ValueError):
    """The body or a header says nothing that can be understood; the text says what was wrong."""


def parse_xml(content: bytes) -> Element:
    """The root element. Raises BadRequest."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise BadRequest("the body is not XML that this server reads") from None
    _check_depth(root)
    return root


def make(name: str, /, *children: Element, text: str | None = None, **attributes: str) -> Element:
    """An element with children or a text."""
    made = Element(name, attributes)
    made.text = None if text is None else "".join(each for each in text if each >= " " or each in "\t\n\r")
    made.extend(children)
    return made


def format_xml(root: Element) -> bytes:
    """The document, in UTF-8."""
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def text_of(element: Element | None) -> str:
    """All the text in it, without what surrounds it."""
    return "" if element is None else "".join(element.itertext()).strip()


def _check_depth(root: Element) -> None:
    level, depth = list(root), 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise BadRequest("the body is nested too deeply")
        level = [child for each in level for child in each]
