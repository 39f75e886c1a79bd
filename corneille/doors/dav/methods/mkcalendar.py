"""MKCALENDAR: another agenda of one's own (RFC 4791 §5.3.1)."""

from corneille.calendar.make_calendar import CalendarRefused, make_calendar
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import parse_place
from corneille.wire.dav.names import COLOUR, dav
from corneille.wire.dav.request import parse_changes


def mkcalendar(request: Request) -> Reply:
    """The last part of the address is its name until one is given."""
    place = parse_place(request.path, request.caller)
    if place.kind != "collection":
        raise CalendarRefused(reason="slug" if place.kind == "object" else "taken")
    told = parse_changes(request.content)
    name = (told.get(dav("displayname")) or "").strip() or place.slug
    make_calendar(request.caller.account, name, request.now, slug=place.slug, colour=told.get(COLOUR) or None)
    return Reply(201)
