"""PROPFIND: the properties of a place, and of what is in it."""

from collections.abc import Iterator

from corneille.calendar.level import Level
from corneille.calendar.list_objects import find_object, list_objects
from corneille.calendar.open_calendar import list_calendars, open_named
from corneille.doors.dav import properties
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import ROOT, Place, collection_path, home_path, parse_place, principal_path
from corneille.doors.dav.properties import Properties
from corneille.doors.dav.replies import error
from corneille.wire.dav.multistatus import Answered, format_href, format_multistatus, split
from corneille.wire.dav.names import dav
from corneille.wire.dav.request import Propfind, parse_depth, parse_propfind
from corneille.wire.dav.tree import make


def propfind(request: Request) -> Reply:
    """RFC 4918 §9.1. Nobody walks everything at once: infinity is refused (§9.1.1)."""
    asked = parse_propfind(request.content)
    depth = parse_depth(request.headers.get("depth"), 1)
    if depth is None:
        return error(403, make(dav("propfind-finite-depth")))
    place = parse_place(request.path, request.caller)
    answers = [_answer(path, known, asked) for path, known in _list(request, place, depth)]
    return Reply(207, format_multistatus(answers))


def _list(request: Request, place: Place, depth: int) -> Iterator[tuple[str, Properties]]:
    caller = request.caller
    match place.kind:
        case "root":
            yield ROOT, properties.of_root(caller)
        case "principal":
            yield principal_path(caller.identifier), properties.of_principal(caller)
        case "home":
            yield home_path(caller.identifier), properties.of_home(caller)
            if depth:
                for each in list_calendars(caller.account, request.now):
                    yield collection_path(caller.identifier, each.slug), properties.of_collection(caller, each)
        case "collection":
            calendar = open_named(caller.account, place.slug, Level.FREE_BUSY, request.now)
            own = collection_path(caller.identifier, place.slug)
            yield own, properties.of_collection(caller, calendar)
            for kept in list_objects(calendar) if depth else ():
                yield own + kept.name, properties.of_object(caller, calendar, kept)
        case _:
            calendar = open_named(caller.account, place.slug, Level.FREE_BUSY, request.now)
            kept = find_object(calendar, place.name)
            yield collection_path(caller.identifier, place.slug) + kept.name, properties.of_object(caller, calendar, kept)


def _answer(path: str, known: Properties, asked: Propfind) -> Answered:
    if asked.is_names_only:
        return Answered(format_href(path), {200: [make(name) for name in known]})
    names = tuple(name for name in known if name.startswith("{DAV:}")) if asked.names is None else asked.names
    return Answered(format_href(path), split(names, known))
