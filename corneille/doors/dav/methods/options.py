"""OPTIONS: what this door speaks."""

from corneille.doors.dav.exchange import Reply, Request

ALLOW = "OPTIONS, PROPFIND, PROPPATCH, REPORT, MKCALENDAR, GET, HEAD, PUT, DELETE"
SPEAKS = "1, 3, access-control, calendar-access"


def options(_request: Request) -> Reply:
    """RFC 4791 §5.1: the DAV header names what there is."""
    return Reply(200, headers={"Allow": ALLOW, "DAV": SPEAKS})
