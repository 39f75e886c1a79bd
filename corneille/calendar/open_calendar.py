"""The gate: nobody's agenda is opened but through here, with the right that `decide` gives on that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from corneille.calendar import decide
from corneille.calendar.level import Level
from corneille.calendar.models import Calendar, Share
from corneille.calendar.slug import SHARED
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import Ground, of
from corneille.people.decide import Duty, decide_scope
from corneille.people.find import find_name
from corneille.people.scope import find_asker as find_person


class RightMissing(Refusal):
    """The agenda is there for this person, but not for this; `level`: the name of what would be needed."""

    code = "right-missing"


@dataclass(frozen=True, slots=True)
class CalendarOpen:
    """An agenda as one person has it.

    kind      "own", "establishment", "holidays" or "shared"
    slug      its name among this person's agendas
    owner     the name of whose it is; empty where it is one's own or nobody's
    until_on  the last day of the right, where it has one
    on        the day on which it was opened
    """

    id: int
    asker: AccountId
    slug: str
    name: str
    colour: str
    kind: str
    level: Level
    owner: str
    owner_id: int | None
    uai: str
    zone: str
    sequence: int
    forgotten: int
    until_on: date | None
    on: date

    def need(self, level: Level) -> "CalendarOpen":
        """Itself. Raises RightMissing where the right is less."""
        if self.level < level:
            raise RightMissing(level=level.name.lower())
        return self


def today(now: datetime) -> date:
    """The day it is here."""
    return now.astimezone(zone()).date()


def zone() -> ZoneInfo:
    """The académie's."""
    return ZoneInfo(of(Ground).time_zone)


def list_calendars(account: AccountId, now: datetime) -> list[CalendarOpen]:
    """Every agenda that this person has: their own first, then their establishments', those shared, the holidays."""
    asker = find_asker(account, today(now))
    reached = Share.objects.filter(to__in=asker.keys).values("calendar_id")
    rows = Calendar.objects.filter(Q(owner_id=account) | Q(uai__in=asker.heads) | Q(pk__in=reached))
    opened = [_open(row, asker, today(now)) for row in rows.prefetch_related("shares").order_by("made_at", "pk")]
    order = ("own", "establishment", "shared", "holidays")
    return sorted((each for each in opened if each.level), key=lambda each: order.index(each.kind))


def open_calendar(account: AccountId, calendar: int, needed: Level, now: datetime) -> CalendarOpen:
    """One agenda, by its number. Raises Gone where the person has no right to it at all, RightMissing where too little."""
    row = Calendar.objects.filter(pk=calendar).prefetch_related("shares").first()
    if row is None:
        raise Gone(calendar=calendar)
    return _admit(_open(row, find_asker(account, today(now)), today(now)), needed)


def open_named(account: AccountId, slug: str, needed: Level, now: datetime) -> CalendarOpen:
    """One agenda, by its name among this person's. Raises Gone, RightMissing."""
    if slug.startswith(SHARED):
        number = slug.removeprefix(SHARED)
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            raise Gone(slug=slug)
        found = open_calendar(account, int(number), needed, now)
        if found.slug != slug:
            raise Gone(slug=slug)
        return found
    row = Calendar.objects.filter(owner_id=account, slug=slug).prefetch_related("shares").first()
    if row is None:
        raise Gone(slug=slug)
    return _admit(_open(row, find_asker(account, today(now)), today(now)), needed)


def find_asker(account: AccountId, on: date) -> decide.Asker:
    """What the decision wants to know of a person."""
    found = find_person(account, on)
    posts = frozenset((spot.uai, function) for spot, function in found.posts) if found is not None else frozenset()
    return decide.Asker(account, posts, decide_scope(found, Duty.DIRECT).own_uais)


def _admit(opened: CalendarOpen, needed: Level) -> CalendarOpen:
    if not opened.level:
        raise Gone(calendar=opened.id)
    return opened.need(needed)


def _open(row: Calendar, asker: decide.Asker, on: date) -> CalendarOpen:
    shares = [decide.Shared(each.to, Level(each.level), each.from_on, each.until_on) for each in row.shares.all()]
    level = decide.decide(asker, decide.Belongs(row.owner_id, row.uai), shares, on)
    is_own = row.owner_id == asker.account
    kind = "own" if is_own else "establishment" if row.uai else "holidays" if row.zone else "shared"
    return CalendarOpen(
        id=row.pk, asker=AccountId(asker.account), slug=row.slug if is_own else f"{SHARED}{row.pk}", name=row.name,
        colour=row.colour, kind=kind, level=level,
        owner="" if is_own or row.owner_id is None else find_name(AccountId(row.owner_id)),
        owner_id=row.owner_id, uai=row.uai, zone=row.zone, sequence=row.sequence, forgotten=row.forgotten,
        until_on=None if is_own else _find_end(shares, asker, level, on), on=on,
    )  # fmt: skip


def _find_end(shares: Iterable[decide.Shared], asker: decide.Asker, level: Level, on: date) -> date | None:
    keys = asker.keys
    given = [each for each in shares if each.to in keys and each.level == level and decide.is_in_force(each, on)]
    ends = [each.until_on for each in given if each.until_on is not None]
    return max(ends) if ends and len(ends) == len(given) else None
