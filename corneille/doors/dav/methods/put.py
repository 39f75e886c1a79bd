"""PUT: files an event or task under its address (RFC 4791 §5.3.2)."""

from corneille.calendar.level import Level
from corneille.calendar.open_calendar import open_named
from corneille.calendar.put_object import Expected, put_object
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import parse_place
from corneille.wire.dav.request import parse_preconditions


def put(request: Request) -> Reply:
    """What is kept is what came, so its tag can be told (RFC 4791 §5.3.4)."""
    place = parse_place(request.path, request.caller)
    if place.kind != "object":
        return Reply(405, headers={"Allow": "OPTIONS, PROPFIND, REPORT"})
    calendar = open_named(request.caller.account, place.slug, Level.WRITE, request.now)
    asked = parse_preconditions(request.headers)
    expected = Expected(asked.etags, absent=asked.absent)
    filed = put_object(calendar, place.name, request.content, request.now, expected)
    return Reply(201 if filed.is_new else 204, headers={"ETag": f'"{filed.etag}"'})
