"""What a REPORT asks for (RFC 4791 §7, RFC 6578 §3.2)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from corneille.wire.dav.names import caldav, dav
from corneille.wire.dav.request import parse_names
from corneille.wire.dav.tree import BadRequest, parse_xml, text_of
from corneille.wire.ical.read import FIRST_YEAR, LAST_YEAR

HREFS_COUNT = 5000
FIRST, LAST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From (included) until (not included); None: open."""

    from_at: datetime | None
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class PropFilter:
    """A property of the component: there, not there (`is_absent`), or with this text in it (`is_negated`: without)."""

    name: str
    is_absent: bool = False
    text: str | None = None
    is_negated: bool = False
    time_range: TimeRange | None = None


@dataclass(frozen=True, slots=True)
class CompFilter:
    """Which objects: of one component, in a stretch of time, with these properties; `component` None: any."""

    component: str | None = None
    is_absent: bool = False
    time_range: TimeRange | None = None
    properties: tuple[PropFilter, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Properties to answer with; `expand`: data with its occurrences one by one."""

    names: tuple[str, ...]
    expand: TimeRange | None = None


@dataclass(frozen=True, slots=True)
class CalendarQuery:
    wanted: Wanted
    filter: CompFilter


@dataclass(frozen=True, slots=True)
class Multiget:
    """`paths`: decoded, as they came."""

    wanted: Wanted
    hrefs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SyncCollection:
    """`token` empty: from the beginning."""

    wanted: Wanted
    token: str
    limit: int | None


@dataclass(frozen=True, slots=True)
class FreeBusyQuery:
    span: TimeRange


Report = CalendarQuery | Multiget | SyncCollection | FreeBusyQuery


def parse_report(content: bytes) -> Report | None:
    """What is asked; None: a report that this server does not know. Raises BadRequest."""
    root = parse_xml(content)
    if root.tag == caldav("calendar-query"):
        return CalendarQuery(_parse_wanted(root), _parse_filter(root.find(caldav("filter"))))
    if root.tag == caldav("calendar-multiget"):
        told = [text_of(each) for each in root.findall(dav("href"))]
        if len(told) > HREFS_COUNT:
            raise BadRequest(f"at most {HREFS_COUNT} addresses at once")
        return Multiget(_parse_wanted(root), tuple((each, parse_path(each)) for each in told))
    if root.tag == dav("sync-collection"):
        limit = text_of(root.find(f"{dav('limit')}/{dav('nresults')}"))
        if limit and not (limit.isascii() and limit.isdigit() and 0 < int(limit) < 10**9):
            raise BadRequest("DAV:nresults is a number above 0")
        return SyncCollection(_parse_wanted(root), text_of(root.find(dav("sync-token"))), int(limit) if limit else None)
    if root.tag == caldav("free-busy-query"):
        return FreeBusyQuery(_parse_range(_need(root.find(caldav("time-range")), "a CALDAV:time-range")))
    return None


def parse_path(href: str) -> str:
    """The path of an address or of a path, decoded once. Raises BadRequest."""
    try:
        return unquote(urlsplit(href).path)
    except ValueError:
        raise BadRequest(f"an address that can be read, not {href[:80]!r}") from None


def _parse_wanted(root: Element) -> Wanted:
    prop = root.find(dav("prop"))
    if prop is None:
        return Wanted((dav("getetag"),))
    expand = prop.find(f"{caldav('calendar-data')}/{caldav('expand')}")
    return Wanted(parse_names(prop), None if expand is None else _parse_range(expand))


def _parse_filter(given: Element | None) -> CompFilter:
    calendar = _need(given, "a CALDAV:filter").find(caldav("comp-filter"))
    if _need(calendar, "a CALDAV:comp-filter").get("name", "").upper() != "VCALENDAR":
        raise BadRequest("the first CALDAV:comp-filter is that of VCALENDAR")
    parts = [] if calendar is None else calendar.findall(caldav("comp-filter"))
    if not parts:
        return CompFilter()
    if len(parts) > 1:
        raise BadRequest("one CALDAV:comp-filter within VCALENDAR")
    part = parts[0]
    span = part.find(caldav("time-range"))
    return CompFilter(
        part.get("name", "").upper(),
        part.find(caldav("is-not-defined")) is not None,
        None if span is None else _parse_range(span),
        tuple(_parse_property(each) for each in part.findall(caldav("prop-filter"))),
    )


def _parse_property(given: Element) -> PropFilter:
    text, span = given.find(caldav("text-match")), given.find(caldav("time-range"))
    return PropFilter(
        given.get("name", "").upper(),
        given.find(caldav("is-not-defined")) is not None,
        None if text is None else "".join(text.itertext()),
        text is not None and text.get("negate-condition") == "yes",
        None if span is None else _parse_range(span),
    )


def _parse_range(given: Element) -> TimeRange:
    start, end = given.get("start"), given.get("end")
    span = TimeRange(_parse_instant(start) if start else None, _parse_instant(end) if end else None)
    if span == TimeRange(None, None) or (span.from_at and span.until_at and span.from_at >= span.until_at):
        raise BadRequest("a time range begins before it ends")
    return TimeRange(_bring_near(span.from_at), _bring_near(span.until_at))


def _bring_near(at: datetime | None) -> datetime | None:
    """Programs write the years 1 and 9999 for no bound: beyond the edge of every agenda there is nothing to look for."""
    return None if at is None else min(max(at, FIRST), LAST)


def _parse_instant(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise BadRequest("instants are UTC, as 20260901T080000Z") from None


def _need(found: Element | None, what: str) -> Element:
    if found is None:
        raise BadRequest(f"the body wants {what}")
    return found
