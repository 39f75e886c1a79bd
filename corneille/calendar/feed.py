"""Private addresses at which another program reads an agenda (.ics) without signing in, until they are revoked."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from icalendar import Calendar as ICalendar

from corneille.access.containment import find_step
from corneille.access.facts import Containment
from corneille.calendar.busy_time import WORDS, make_busy_event
from corneille.calendar.level import Level
from corneille.calendar.list_instances import list_busy
from corneille.calendar.list_objects import list_objects
from corneille.calendar.models import Feed
from corneille.calendar.open_calendar import CalendarOpen, RightMissing, open_calendar
from corneille.calendar.settings import CalendarSettings
from corneille.kernel import journal, keys
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.people.account_type import AccountState
from corneille.people.find import find_name, find_state
from corneille.wire.ical.read import parse
from corneille.wire.ical.write import begin_calendar, finish

PURPOSE = "calendar/feed"
SHAPE = re.compile(r"([a-f0-9]{16})([a-f0-9]{64})")
BUSY_BEFORE, BUSY_AFTER = timedelta(days=30), timedelta(days=180)
USE_WRITTEN_EVERY = timedelta(hours=1)
LABEL_LENGTH = 80


class FeedRefused(Refusal):
    """No such address can be made; `reason`: "label" or "too-many"."""

    code = "feed-refused"


@dataclass(frozen=True, slots=True)
class FeedShown:
    """One address that nobody revoked, as who manages the agenda sees it.

    made_by  the name of who made it
    works    that person manages the agenda still: else it answers no more, until they do again
    """

    id: int
    label: str
    with_details: bool
    made_at: datetime
    last_used_at: datetime | None
    made_by: str
    works: bool


@dataclass(frozen=True, slots=True)
class DeadFeed:
    """An address that answers no more, as who made it sees it.

    calendar  None where the agenda is no longer theirs in any way: then its name is not told either
    """

    id: int
    label: str
    made_at: datetime
    last_used_at: datetime | None
    calendar: CalendarOpen | None


def make_feed(calendar: CalendarOpen, label: str, now: datetime, *, with_details: bool) -> str:
    """Makes one and gives its secret (256 bits), which nothing shows again. Raises FeedRefused, RightMissing."""
    calendar.need(Level.MANAGE)
    told = label.strip()
    if not told or len(told) > LABEL_LENGTH or not told.isprintable():
        raise FeedRefused(reason="label")
    selector, secret = secrets.token_hex(8), secrets.token_hex(32)
    with transaction.atomic():
        if sum(each.works for each in list_feeds(calendar, now)) >= of(CalendarSettings).feeds_count:
            raise FeedRefused(reason="too-many")
        Feed.objects.create(
            calendar_id=calendar.id, label=told, with_details=with_details, selector=selector,
            mac=_mac(keys.current().newest(PURPOSE).secret, selector, secret), made_by=calendar.asker, made_at=now,
        )  # fmt: skip
        _journal("calendar-feed-made", calendar.id, told, calendar.asker, now, actor=name_actor(calendar.asker))
    return selector + secret


def list_feeds(calendar: CalendarOpen, now: datetime) -> list[FeedShown]:
    """Those that nobody revoked, the newest first. Raises RightMissing."""
    calendar.need(Level.MANAGE)
    rows = Feed.objects.filter(calendar_id=calendar.id, revoked_at=None).order_by("-made_at", "-pk")
    return [
        FeedShown(
            row.pk, row.label, row.with_details, row.made_at, row.last_used_at, made_by=find_name(AccountId(row.made_by)),
            works=_open_for_maker(row, now) is not None,
        )
        for row in rows
    ]  # fmt: skip


def list_dead_feeds(account: AccountId, now: datetime) -> list[DeadFeed]:
    """Those that this person made, that nobody revoked, and that answer no more, the newest first."""
    rows = Feed.objects.filter(made_by=account, revoked_at=None).order_by("-made_at", "-pk")
    return [_show_dead(row, account, now) for row in rows if _open_for_maker(row, now) is None]


def put_away_feed(account: AccountId, feed: int, now: datetime) -> None:
    """Who made an address ends it, whatever they may do with the agenda now. Raises Gone."""
    with transaction.atomic():
        row = Feed.objects.filter(pk=feed, made_by=account, revoked_at=None).first()
        if row is None:
            raise Gone(feed=feed)
        _revoke(row, account, now, actor=name_actor(account))


def revoke_feed(calendar: CalendarOpen, feed: int, now: datetime) -> None:
    """It answers no more. Raises Gone, RightMissing."""
    calendar.need(Level.MANAGE)
    with transaction.atomic():
        row = Feed.objects.filter(pk=feed, calendar_id=calendar.id, revoked_at=None).first()
        if row is None:
            raise Gone(feed=feed)
        _revoke(row, calendar.asker, now, actor=name_actor(calendar.asker))


def revoke_feeds_of(*, account: AccountId, now: datetime, actor: str, **_signal: object) -> None:
    """All that a person made answer no more: whoever was in the account may know them."""
    for row in Feed.objects.filter(made_by=account, revoked_at=None):
        _revoke(row, account, now, actor=actor)


def read_feed(secret: str, now: datetime) -> bytes:
    """The agenda as iCalendar; private events never. Raises Gone: also where who made it manages it no more, or is
    suspended or gone.
    """
    shape = SHAPE.fullmatch(secret)
    row = Feed.objects.filter(selector=shape[1], revoked_at=None).first() if shape is not None else None
    kept = bytes(row.mac) if row is not None else bytes(32)
    told = (shape[1], shape[2]) if shape is not None else ("", "")
    macs = [_mac(key.secret, *told) for key in keys.current().all(PURPOSE)]
    if not any(hmac.compare_digest(kept, mac) for mac in macs) or row is None:
        raise Gone()
    calendar = _open_for_maker(row, now)
    if calendar is None:
        raise Gone()
    if row.last_used_at is None or now - row.last_used_at > USE_WRITTEN_EVERY:
        Feed.objects.filter(pk=row.pk).update(last_used_at=now)
    return format_all(calendar) if row.with_details else _format_busy(calendar, now)


def format_all(calendar: CalendarOpen, *, with_private: bool = False) -> bytes:
    """Everything as one iCalendar file; what is private is for its owner alone, who says so."""
    made, zones = _begin(calendar), set()
    for kept in list_objects(calendar):
        parts = parse(kept.content).subcomponents
        is_private = any(str(each.get("CLASS", "PUBLIC")).upper() in {"PRIVATE", "CONFIDENTIAL"} for each in parts)
        if is_private and not with_private:
            continue
        for part in parts:
            if part.name == "VTIMEZONE":
                if part.get("TZID") in zones:
                    continue
                zones.add(part.get("TZID"))
            made.add_component(part)
    return finish(made)


def _show_dead(row: Feed, account: AccountId, now: datetime) -> DeadFeed:
    try:
        calendar = open_calendar(account, row.calendar_id, Level.FREE_BUSY, now)
    except Gone:
        calendar = None
    return DeadFeed(row.pk, row.label, row.made_at, row.last_used_at, calendar)


def _open_for_maker(row: Feed, now: datetime) -> CalendarOpen | None:
    """None where who made the address does not manage the agenda any more, or has no account that is open."""
    maker = AccountId(row.made_by)
    if find_state(maker) is not AccountState.ACTIVE or find_step(maker) is Containment.SUSPEND:
        return None
    try:
        return open_calendar(AccountId(row.made_by), row.calendar_id, Level.MANAGE, now)
    except (Gone, RightMissing):
        return None


def _format_busy(calendar: CalendarOpen, now: datetime) -> bytes:
    made = _begin(calendar)
    for start, end in list_busy(calendar, now - BUSY_BEFORE, now + BUSY_AFTER):
        made.add_component(make_busy_event(calendar, (start, end), WORDS["fr"]))
    return finish(made)


def _begin(calendar: CalendarOpen) -> ICalendar:
    made = begin_calendar()
    made.add("X-WR-CALNAME", calendar.name)
    made.add("X-PUBLISHED-TTL", "PT1H")
    return made


def _mac(key: bytes, selector: str, secret: str) -> bytes:
    return keys.keyed_hash(key, selector.encode(), secret.encode())


def _revoke(row: Feed, concerned: AccountId, now: datetime, *, actor: str) -> None:
    """Inside the caller's transaction."""
    Feed.objects.filter(pk=row.pk).update(revoked_at=now)
    _journal("calendar-feed-revoked", row.calendar_id, row.label, concerned, now, actor=actor)


def _journal(action: str, calendar: int, label: str, concerned: AccountId, now: datetime, *, actor: str) -> None:
    told: dict[str, journal.Value] = {"calendar": calendar, "label": label}
    journal.append(action, actor=actor, subject=concerned, data=told, now=now)
