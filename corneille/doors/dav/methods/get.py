"""GET and HEAD: one event or task, as it was given."""

from corneille.calendar.level import Level
from corneille.calendar.list_objects import find_object
from corneille.calendar.note_reading import note_reading
from corneille.calendar.open_calendar import open_named
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import parse_place
from corneille.doors.dav.properties import CONTENT_TYPE
from corneille.wire.dav.request import parse_etags


def get(request: Request) -> Reply:
    """304 where the program has it already."""
    place = parse_place(request.path, request.caller)
    if place.kind != "object":
        return Reply(405, headers={"Allow": "OPTIONS, PROPFIND, REPORT"})
    calendar = open_named(request.caller.account, place.slug, Level.FREE_BUSY, request.now)
    kept = find_object(calendar, place.name)
    headers = {"ETag": f'"{kept.etag}"'}
    if kept.etag in parse_etags(request.headers.get("if-none-match", "")):
        return Reply(304, headers=headers)
    note_reading(calendar, "dav", request.now)
    return Reply(200, kept.content, CONTENT_TYPE, headers)
