"""REPORT: events in a stretch of time, by address, since a token; free or busy."""

from collections.abc import Iterator

from corneille.calendar.kept import Kept
from corneille.calendar.level import Level
from corneille.calendar.list_instances import list_busy
from corneille.calendar.list_objects import list_changes, list_named
from corneille.calendar.note_reading import note_reading
from corneille.calendar.open_calendar import CalendarOpen, open_named
from corneille.calendar.search_objects import expand_data, format_free_busy, search_objects
from corneille.doors.dav.exchange import Reply, Request
from corneille.doors.dav.place import ROOT, collection_path, parse_place
from corneille.doors.dav.properties import CONTENT_TYPE, format_token, of_object, parse_token
from corneille.doors.dav.replies import error
from corneille.wire.dav.multistatus import Answered, format_href, format_multistatus, split
from corneille.wire.dav.names import caldav, dav
from corneille.wire.dav.report import CalendarQuery, FreeBusyQuery, Multiget, SyncCollection, Wanted, parse_report
from corneille.wire.dav.tree import BadRequest, make

DATA = caldav("calendar-data")


def report(request: Request) -> Reply:
    """RFC 3253 §3.6, on one agenda; one that is not known is refused by name."""
    asked = parse_report(request.content)
    place = parse_place(request.path, request.caller)
    if place.kind != "collection" or asked is None:
        return error(403, make(dav("supported-report")))
    calendar = open_named(request.caller.account, place.slug, Level.FREE_BUSY, request.now)
    if not isinstance(asked, FreeBusyQuery) and DATA in asked.wanted.names:  # to ask what changed reads nothing
        note_reading(calendar, "dav", request.now)
    match asked:
        case CalendarQuery():
            found = search_objects(calendar, asked.filter)
            return Reply(207, format_multistatus(_answer(request, calendar, each, asked.wanted) for each in found))
        case Multiget():
            return Reply(207, format_multistatus(_list_named(request, calendar, asked)))
        case SyncCollection() if calendar.level is Level.FREE_BUSY:
            return error(403, make(dav("supported-report")))  # its stretches are made anew each time: no log has them
        case SyncCollection():
            return _sync(request, calendar, asked)
        case FreeBusyQuery():
            if asked.span.from_at is None or asked.span.until_at is None:
                raise BadRequest("free or busy wants both ends of the stretch")
            busy = list_busy(calendar, asked.span.from_at, asked.span.until_at)
            told = format_free_busy(busy, asked.span.from_at, asked.span.until_at, request.now)
            return Reply(200, told, CONTENT_TYPE)


def _list_named(request: Request, calendar: CalendarOpen, asked: Multiget) -> Iterator[Answered]:
    own = collection_path(request.caller.identifier, calendar.slug)
    names = {path: path.removeprefix(own) for _, path in asked.hrefs if path.startswith(own)}
    found = list_named(calendar, set(names.values()))
    for href, path in asked.hrefs:
        kept = found.get(names.get(path, ""))
        if kept is None:
            yield Answered(href if href.startswith(("/", "http")) else format_href(ROOT), status=404)
        else:
            yield _answer(request, calendar, kept, asked.wanted)


def _sync(request: Request, calendar: CalendarOpen, asked: SyncCollection) -> Reply:
    since = parse_token(asked.token, calendar)
    if since is None:
        return error(403, make(dav("valid-sync-token")))
    changes = list_changes(calendar, since, asked.limit)
    own = collection_path(request.caller.identifier, calendar.slug)
    answers = [_answer(request, calendar, each, asked.wanted) for each in changes.kept]
    answers += [Answered(format_href(own + name), status=404) for name in changes.gone]
    if not changes.is_all:  # RFC 6578 §3.6
        answers.append(Answered(format_href(own), status=507, condition=make(dav("number-of-matches-within-limits"))))
    return Reply(207, format_multistatus(answers, token=format_token(calendar, changes.sequence)))


def _answer(request: Request, calendar: CalendarOpen, kept: Kept, wanted: Wanted) -> Answered:
    known = of_object(request.caller, calendar, kept)
    if DATA in wanted.names:
        content = kept.content
        if wanted.expand is not None:
            if wanted.expand.from_at is None or wanted.expand.until_at is None:
                raise BadRequest("CALDAV:expand wants both ends of the stretch")
            content = expand_data(kept, wanted.expand.from_at, wanted.expand.until_at)
        known[DATA] = make(DATA, text=content.decode("utf-8", "replace"))
    path = collection_path(request.caller.identifier, calendar.slug) + kept.name
    return Answered(format_href(path), split(wanted.names, known))
