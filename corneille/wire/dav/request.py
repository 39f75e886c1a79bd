"""What PROPFIND, PROPPATCH and MKCALENDAR ask for, and the headers that go with them."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corneille.wire.dav.names import caldav, dav
from corneille.wire.dav.tree import BadRequest, parse_xml, text_of


@dataclass(frozen=True, slots=True)
class Propfind:
    """`names` None: all; `is_names_only`: without their values (RFC 4918 §9.1)."""

    names: tuple[str, ...] | None
    is_names_only: bool = False


@dataclass(frozen=True, slots=True)
class Preconditions:
    """If-Match and If-None-Match: one of these tags is there; `absent`: nothing is there (RFC 9110 §13.1)."""

    etags: frozenset[str] | None = None
    absent: bool = False


def parse_propfind(content: bytes) -> Propfind:
    """An empty body asks for all (RFC 4918 §9.1). Raises BadRequest."""
    if not content.strip():
        return Propfind(None)
    root = parse_xml(content)
    if root.tag != dav("propfind"):
        raise BadRequest("the body wants to be a DAV:propfind")
    if root.find(dav("propname")) is not None:
        return Propfind(None, is_names_only=True)
    prop = root.find(dav("prop"))
    return Propfind(None if prop is None else parse_names(prop))


def parse_names(prop: Element) -> tuple[str, ...]:
    """The names in a DAV:prop, each once."""
    return tuple(dict.fromkeys(each.tag for each in prop))


def parse_changes(content: bytes) -> dict[str, str | None]:
    """PROPPATCH, MKCALENDAR: property to its text, or to None where it is to be removed. Raises BadRequest."""
    if not content.strip():
        return {}
    root = parse_xml(content)
    if root.tag not in {dav("propertyupdate"), caldav("mkcalendar"), dav("mkcol")}:
        raise BadRequest("the body wants to be a DAV:propertyupdate or CALDAV:mkcalendar")
    changes: dict[str, str | None] = {}
    for act in root:
        for prop in act.findall(dav("prop")):
            for each in prop:
                changes[each.tag] = text_of(each) if act.tag == dav("set") else None
    return changes


def parse_depth(text: str | None, usual: int) -> int | None:
    """0 or 1; None: infinity. Raises BadRequest."""
    told = (text or str(usual)).strip().lower()
    if told not in {"0", "1", "infinity"}:
        raise BadRequest("Depth is 0, 1 or infinity")
    return None if told == "infinity" else int(told)


def parse_preconditions(headers: Mapping[str, str]) -> Preconditions:
    """Weak tags match nothing here, as RFC 9110 §13.1.1 says."""
    match, none_match = headers.get("if-match"), headers.get("if-none-match")
    etags = None if match is None or match.strip() == "*" else parse_etags(match)
    return Preconditions(etags, none_match is not None and none_match.strip() == "*")


def parse_etags(text: str) -> frozenset[str]:
    """The strong ones, without their quotes."""
    return frozenset(tag for weak, tag in re.findall(r'(W/)?"([^"]*)"', text) if not weak)


def parse_basic(text: str) -> tuple[str, str] | None:
    """Identifier and password (RFC 7617, UTF-8); None for what is not Basic."""
    scheme, _space, told = text.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        identifier, colon, secret = base64.b64decode(told.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (identifier, secret) if colon else None
