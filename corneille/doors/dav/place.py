"""Addresses of the door, to what they mean. There is nothing under other people's names."""

from dataclasses import dataclass

from corneille.doors.dav.exchange import Caller
from corneille.kernel.refusal import Gone

ROOT = "/dav/"


@dataclass(frozen=True, slots=True)
class Place:
    """`kind`: "root", "principal", "home", "collection" or "object"; `slug`, `name`: of the last two."""

    kind: str
    slug: str = ""
    name: str = ""


def parse_place(path: str, caller: Caller) -> Place:
    """What a path below the root means for this person. Raises Gone."""
    parts = path.strip("/").split("/") if path.strip("/") else []
    if path.count("//"):
        raise Gone(path=path)
    match parts:
        case []:
            return Place("root")
        case ["principals", caller.identifier]:
            return Place("principal")
        case ["calendars", caller.identifier]:
            return Place("home")
        case ["calendars", caller.identifier, slug]:
            return Place("collection", slug)
        case ["calendars", caller.identifier, slug, name] if not path.endswith("/"):
            return Place("object", slug, name)
    raise Gone(path=path)


def principal_path(identifier: str) -> str:
    """Where a person is."""
    return f"{ROOT}principals/{identifier}/"


def home_path(identifier: str) -> str:
    """Where a person's agendas are, shared ones too."""
    return f"{ROOT}calendars/{identifier}/"


def collection_path(identifier: str, slug: str) -> str:
    """One agenda."""
    return f"{home_path(identifier)}{slug}/"
