"""PROPPATCH: an agenda's name and colour; nothing else can be set."""

from corneille.calendar.level import Level
from corneille.calendar.make_calendar import CalendarRefused, rename_calendar
from corneille.calendar.open_calendar import open_named
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import collection_path, parse_place
from corneille.kernel.refusal import Gone
from corneille.wire.dav.multistatus import Answered, format_href, format_multistatus
from corneille.wire.dav.names import COLOUR, dav
from corneille.wire.dav.request import parse_changes
from corneille.wire.dav.tree import make

SETTABLE = {dav("displayname"): "name", COLOUR: "colour"}


def proppatch(request: Request) -> Reply:
    """All or nothing (RFC 4918 §9.2): one that cannot be set leaves the others undone, with 424."""
    place = parse_place(request.path, request.caller)
    if place.kind != "collection":
        raise Gone(path=request.path)
    calendar = open_named(request.caller.account, place.slug, Level.READ, request.now)
    changes = parse_changes(request.content)
    refused = [name for name, value in changes.items() if name not in SETTABLE or value is None]
    if calendar.level < Level.MANAGE:
        refused = list(changes)
    if not refused and changes:
        try:
            rename_calendar(calendar, **{SETTABLE[name]: value for name, value in changes.items() if value is not None})
        except CalendarRefused as told:
            refused = [name for name in changes if SETTABLE[name] == told.data["reason"]]
    done, spared = (424 if refused else 200), [each for each in changes if each not in refused]
    groups = {403: [make(each) for each in refused], done: [make(each) for each in spared]}
    path = format_href(collection_path(request.caller.identifier, place.slug))
    return Reply(207, format_multistatus([Answered(path, {status: each for status, each in groups.items() if each})]))
