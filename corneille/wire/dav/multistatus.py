"""Answers: 207 Multi-Status (RFC 4918 §13), and what was not met (§16)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote
from xml.etree.ElementTree import Element

from corneille.wire.dav.names import dav
from corneille.wire.dav.tree import format_xml, make


@dataclass(frozen=True, slots=True)
class Answered:
    """One resource: its properties by status, or one status of its own."""

    href: str
    properties: dict[int, list[Element]] = field(default_factory=dict)
    status: int | None = None
    condition: Element | None = None


def format_multistatus(answers: Iterable[Answered], *, token: str | None = None) -> bytes:
    """The document; `token`: with which to ask next time (RFC 6578)."""
    root = make(dav("multistatus"), *(_format_answer(each) for each in answers))
    if token is not None:
        root.append(make(dav("sync-token"), text=token))
    return format_xml(root)


def format_error(*conditions: Element) -> bytes:
    """DAV:error with what was not met."""
    return format_xml(make(dav("error"), *conditions))


def format_href(path: str) -> str:
    """A path as it stands in DAV:href: each part encoded."""
    return quote(path, safe="/@-._~")


def href(path: str) -> Element:
    """DAV:href."""
    return make(dav("href"), text=format_href(path))


def _format_answer(answer: Answered) -> Element:
    made = make(dav("response"), make(dav("href"), text=answer.href))
    if answer.status is not None:
        made.append(_status(answer.status))
    for status, properties in answer.properties.items():
        made.append(make(dav("propstat"), make(dav("prop"), *properties), _status(status)))
    if answer.condition is not None:
        made.append(make(dav("error"), answer.condition))
    return made


def _status(code: int) -> Element:
    return make(dav("status"), text=f"HTTP/1.1 {code} {HTTPStatus(code).phrase}")


def split(names: Sequence[str], known: dict[str, Element]) -> dict[int, list[Element]]:
    """Those asked for that are known, with 200; the others, empty, with 404."""
    found = [known[name] for name in names if name in known]
    missing = [make(name) for name in names if name not in known]
    return {status: each for status, each in ((200, found), (404, missing)) if each} or {200: []}
