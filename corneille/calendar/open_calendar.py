"""The gate: nobody's agenda is opened but through here, with the right that `decide` gives on that day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from corneille.calendar import decide
from corneille.calendar.level import Level
from corneille.calendar.models import Calendar, Share
from corneille.calendar.slug import SHARED
from corneille.calendar.team import find_group_name
from corneille.groups.membership import list_own_among
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.today import today
from corneille.people.decide import Duty, decide_scope
from corneille.people.find import find_name
from corneille.people.scope import find_asker as find_person


class RightMissing(Refusal):
    """The agenda is there for this person, but not for this; `level`: the name of what would be needed."""

    code = "right-missing"


@dataclass(frozen=True, slots=True)
class CalendarOpen:
    """An agenda as one person has it.

    kind      "own", "team", "establishment", "holidays" or "shared"
    slug      its name among this person's agendas
    owner     the name of whose it is: a person, a team or an establishment; empty where it is one's own or nobody's
    is_named  it comes to this person by their name alone, through no group: they may put it away
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
    team: str
    zone: str
    sequence: int
    forgotten: int
    is_named: bool
    until_on: date | None
    on: date

    @property
    def sees_private(self) -> bool:
        """Whether events marked private (RFC 5545 §3.8.1.3, PRIVATE and CONFIDENTIAL) are more than time taken."""
        return self.level >= Level.MANAGE

    @property
    def goes_for_all(self) -> bool:
        """Whether this person removes it for everybody, and not their own share alone."""
        return self.kind == "own" or (self.kind in {"team", "establishment"} and self.level >= Level.MANAGE)

    def need(self, level: Level) -> "CalendarOpen":
        """Itself. Raises RightMissing where the right is less."""
        if self.level < level:
            raise RightMissing(level=level.name.lower())
        return self


def list_calendars(account: AccountId, now: datetime) -> list[CalendarOpen]:
    """Every agenda that this person has: their own first, then their establishments', those shared, the holidays."""
    asker = find_asker(account, now, _list_named(account))
    reached = Share.objects.filter(to__in=asker.keys).values("calendar_id")
    rows = Calendar.objects.filter(Q(owner_id=account) | Q(uai__in=asker.heads) | Q(pk__in=reached))
    opened = [_open(row, asker, today(now)) for row in rows.prefetch_related("shares").order_by("made_at", "pk")]
    order = ("own", "team", "establishment", "shared", "holidays")
    return sorted((each for each in opened if each.level), key=lambda each: order.index(each.kind))


def list_shares_to_come(account: AccountId, now: datetime) -> list[date]:
    """The later days from which an agenda is shared with this person, as somebody that they are today."""
    asker = find_asker(account, now, _list_named(account))
    return list(Share.objects.filter(to__in=asker.keys, from_on__gt=today(now)).values_list("from_on", flat=True))


def open_calendar(account: AccountId, calendar: int, needed: Level, now: datetime) -> CalendarOpen:
    """One agenda, by its number. Raises Gone where the person has no right to it at all, RightMissing where too little."""
    row = Calendar.objects.filter(pk=calendar).prefetch_related("shares").first()
    if row is None:
        raise Gone(calendar=calendar)
    named = parse_lists([row.team, *(each.to for each in row.shares.all())])
    return _admit(_open(row, find_asker(account, now, named), today(now)), needed)


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
    return _admit(_open(row, find_asker(account, now), today(now)), needed)


def find_asker(account: AccountId, now: datetime, lists: Collection[int] = ()) -> decide.Asker:
    """What the decision wants to know of a person; `lists`: of which it wants to know whether the person is on them."""
    found = find_person(account, today(now))
    if found is None:  # suspended, or gone: lists say nothing of that
        return decide.Asker(account, frozenset(), frozenset())
    posts = frozenset((spot.uai, function) for spot, function in found.posts)
    own = list_own_among(account, lists, now) if lists else frozenset()
    return decide.Asker(account, posts, decide_scope(found, Duty.DIRECT).own_uais, own)


def parse_lists(keys: Iterable[str]) -> frozenset[int]:
    """The lists that shares name."""
    return frozenset(int(each.removeprefix(decide.LIST)) for each in keys if each.startswith(decide.LIST))


def _list_named(account: AccountId) -> frozenset[int]:
    """All with which agendas are shared (a range, for the index), and those whose agendas are shared with one by name."""
    after = decide.LIST[:-1] + chr(ord("/") + 1)
    named = Share.objects.filter(to__gte=decide.LIST, to__lt=after).values_list("to", flat=True).distinct()
    teams = Calendar.objects.filter(shares__to=decide.name_person(account)).values_list("team", flat=True)
    return parse_lists([*named, *teams])


def _admit(opened: CalendarOpen, needed: Level) -> CalendarOpen:
    if not opened.level:
        raise Gone(calendar=opened.id)
    return opened.need(needed)


def _open(row: Calendar, asker: decide.Asker, on: date) -> CalendarOpen:
    shares = [decide.Shared(each.to, Level(each.level), each.from_on, each.until_on) for each in row.shares.all()]
    belongs = decide.Belongs(row.owner_id, row.uai, row.team)
    right = decide.decide(asker, belongs, shares, on)
    is_own = row.owner_id == asker.account
    kind = "own" if is_own else "team" if row.team else "establishment" if row.uai else "holidays" if row.zone else "shared"
    return CalendarOpen(
        id=row.pk, asker=AccountId(asker.account), slug=row.slug if is_own else f"{SHARED}{row.pk}", name=row.name,
        colour=row.colour, kind=kind, level=right.level,
        owner="" if is_own else _find_owner(row), owner_id=row.owner_id, uai=row.uai, team=row.team, zone=row.zone,
        sequence=row.sequence, forgotten=row.forgotten,
        is_named={each.to for each in right.counting} == {decide.name_person(asker.account)},
        until_on=right.until_on, on=on,
    )  # fmt: skip


def _find_owner(row: Calendar) -> str:
    if row.owner_id is not None:
        return find_name(AccountId(row.owner_id))
    belongs = decide.Belongs(None, row.uai, row.team)
    return find_group_name(belongs.key) if belongs.key else ""
