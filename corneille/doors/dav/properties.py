"""The properties of each kind of place, live: computed when they are asked for."""

from email.utils import format_datetime
from xml.etree.ElementTree import Element

from corneille.calendar.kept import Kept
from corneille.calendar.level import Level
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.settings import CalendarSettings
from corneille.doors.dav.exchange import Caller
from corneille.doors.dav.place import ROOT, home_path, principal_path
from corneille.kernel.settings import of
from corneille.people.find import find_person
from corneille.wire.dav.multistatus import href
from corneille.wire.dav.names import COLOUR, CTAG, caldav, dav
from corneille.wire.dav.tree import make

KINDS = ("VEVENT", "VTODO")
CONTENT_TYPE = "text/calendar; charset=utf-8"
BUSY_REPORTS = (caldav("calendar-query"), caldav("calendar-multiget"), caldav("free-busy-query"))
REPORTS = (*BUSY_REPORTS, dav("sync-collection"))
READING = (dav("read"), dav("read-current-user-privilege-set"), caldav("read-free-busy"))
CHANGING = (*READING, dav("write-content"), dav("bind"), dav("unbind"))
PRIVILEGES = {
    Level.NONE: (),
    Level.FREE_BUSY: READING,  # of what it is for them: busy stretches without words
    Level.READ: READING,
    Level.WRITE: CHANGING,
    Level.MANAGE: (*CHANGING, dav("write"), dav("write-properties")),
}
"""RFC 3744 §3, RFC 4791 §6.1, for each right."""
TOKEN = "urn:corneille:sync:"  # noqa: S105  # a place in the log, no secret

Properties = dict[str, Element]


def of_root(caller: Caller) -> Properties:
    """/dav/: where programs begin (RFC 6764 §6)."""
    return _gather(*_common(caller), make(dav("resourcetype"), make(dav("collection"))), _privileges(READING))


def of_principal(caller: Caller) -> Properties:
    """Who one is, and where one's agendas are."""
    person = find_person(caller.account)
    addresses = [] if person is None else [make(dav("href"), text=f"mailto:{each}") for each in person.addresses]
    own = principal_path(caller.identifier)
    return _gather(
        *_common(caller),
        make(dav("resourcetype"), make(dav("principal"))),
        make(dav("displayname"), text="" if person is None else person.display_name),
        make(dav("principal-URL"), href(own)),
        make(caldav("calendar-home-set"), href(home_path(caller.identifier))),
        make(caldav("calendar-user-address-set"), *addresses, href(own)),
        make(caldav("calendar-user-type"), text="INDIVIDUAL"),
        _privileges(READING),
    )


def of_home(caller: Caller) -> Properties:
    """The folder of one's agendas; new ones are made in it."""
    return _gather(
        *_common(caller),
        make(dav("resourcetype"), make(dav("collection"))),
        make(dav("owner"), href(principal_path(caller.identifier))),
        _privileges((*READING, dav("bind"), dav("unbind"))),
    )


def of_collection(caller: Caller, calendar: CalendarOpen) -> Properties:
    """One agenda."""
    mine = calendar.kind == "own"
    owner = [href(principal_path(caller.identifier))] if mine else []
    token = format_token(calendar, calendar.sequence)
    is_busy = calendar.level is Level.FREE_BUSY
    return _gather(
        *_common(caller),
        make(dav("resourcetype"), make(dav("collection")), make(caldav("calendar"))),
        make(dav("displayname"), text=calendar.name if not calendar.owner else f"{calendar.name} ({calendar.owner})"),
        make(dav("owner"), *owner),
        _privileges(PRIVILEGES[calendar.level]),
        make(dav("supported-report-set"), *(_report(each) for each in (BUSY_REPORTS if is_busy else REPORTS))),
        *([] if is_busy else [make(dav("sync-token"), text=token)]),
        make(CTAG, text=f"{token}:{calendar.on}" if is_busy else token),
        make(COLOUR, text=calendar.colour),
        make(caldav("supported-calendar-component-set"), *(make(caldav("comp"), name=each) for each in KINDS)),
        make(
            caldav("supported-calendar-data"),
            make(caldav("calendar-data"), **{"content-type": "text/calendar", "version": "2.0"}),
        ),
        make(caldav("max-resource-size"), text=str(of(CalendarSettings).object_bytes)),
    )


def of_object(caller: Caller, calendar: CalendarOpen, kept: Kept) -> Properties:
    """One event or task, without its data."""
    return _gather(
        *_common(caller),
        make(dav("resourcetype")),
        make(dav("getetag"), text=f'"{kept.etag}"'),
        make(dav("getcontenttype"), text=f"{CONTENT_TYPE}; component={kept.component.lower()}"),
        make(dav("getcontentlength"), text=str(kept.size_bytes)),
        make(dav("getlastmodified"), text=format_datetime(kept.changed_at, usegmt=True)),
        _privileges(READING if kept.is_masked else PRIVILEGES[calendar.level]),
    )


def format_token(calendar: CalendarOpen, sequence: int) -> str:
    """A place in an agenda's log, as a URI (RFC 6578 §3.2). Who begins or ceases to see private events reads all anew."""
    return f"{TOKEN}{calendar.id}:{'' if calendar.sees_private else 'masked:'}{sequence}"


def parse_token(text: str, calendar: CalendarOpen) -> int | None:
    """The number; 0 for the beginning; None for what this agenda never gave this person."""
    if not text:
        return 0
    prefix = format_token(calendar, 0)[:-1]
    number = text.removeprefix(prefix)
    return int(number) if text.startswith(prefix) and number.isascii() and number.isdigit() and len(number) < 18 else None


def _common(caller: Caller) -> list[Element]:
    return [
        make(dav("current-user-principal"), href(principal_path(caller.identifier))),
        make(dav("principal-collection-set"), href(f"{ROOT}principals/")),
    ]


def _privileges(names: tuple[str, ...]) -> Element:
    return make(dav("current-user-privilege-set"), *(make(dav("privilege"), make(each)) for each in names))


def _report(name: str) -> Element:
    return make(dav("supported-report"), make(dav("report"), make(name)))


def _gather(*elements: Element) -> Properties:
    return {each.tag: each for each in elements}
