"""DELETE: an event or task; an agenda of one's own; of others', the share that names one; a group's stays."""

from corneille.calendar.level import Level
from corneille.calendar.make_calendar import drop_calendar
from corneille.calendar.open_calendar import open_named
from corneille.calendar.put_object import Expected, drop_object
from corneille.calendar.share import leave_calendar
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import parse_place
from corneille.doors.dav.replies import error
from corneille.wire.dav.names import dav
from corneille.wire.dav.request import parse_preconditions
from corneille.wire.dav.tree import make


def delete(request: Request) -> Reply:
    """Nobody's agenda goes because somebody with whom it is shared tidied up."""
    place, account = parse_place(request.path, request.caller), request.caller.account
    if place.kind not in {"collection", "object"}:
        return Reply(405, headers={"Allow": "OPTIONS, PROPFIND"})
    if place.kind == "object":
        calendar = open_named(account, place.slug, Level.WRITE, request.now)
        asked = parse_preconditions(request.headers)
        drop_object(calendar, place.name, request.now, Expected(asked.etags))
        return Reply(204)
    calendar = open_named(account, place.slug, Level.FREE_BUSY, request.now)
    if calendar.kind == "own":
        drop_calendar(account, calendar.id, request.now)
    elif calendar.goes_for_all or not calendar.is_named:
        return error(403, make(dav("need-privileges")))  # pages alone remove a group's, or it comes with one's post
    else:
        leave_calendar(calendar, request.now)
    return Reply(204)
