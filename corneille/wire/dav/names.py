"""Names of elements, as "{namespace}name"."""

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
CS = "http://calendarserver.org/ns/"
APPLE = "http://apple.com/ns/ical/"
PREFIXES = {DAV: "d", CALDAV: "c", CS: "cs", APPLE: "a"}


def dav(name: str) -> str:
    """A name of WebDAV."""
    return f"{{{DAV}}}{name}"


def caldav(name: str) -> str:
    """A name of CalDAV."""
    return f"{{{CALDAV}}}{name}"


CTAG = f"{{{CS}}}getctag"
COLOUR = f"{{{APPLE}}}calendar-color"
