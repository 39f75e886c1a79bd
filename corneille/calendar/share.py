"""With whom an agenda is shared: a person, an establishment, a team there, a list; with which right, between which days.

A right that ends is how somebody stands in for another: « déléguer mon agenda » is a share with a last day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from corneille.calendar import decide
from corneille.calendar.level import Level
from corneille.calendar.models import Share
from corneille.calendar.open_calendar import CalendarOpen, find_asker, parse_lists
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.team import Crowd, find_crowd, find_group_name, list_functions, list_lists_of, list_own_lists
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import of
from corneille.kernel.today import today, zone
from corneille.people.account_type import is_person
from corneille.people.find import find_account, find_name


class ShareRefused(Refusal):
    """It cannot be shared so; `reason`: "unknown", "self", "dates", "beyond" (the last day of who shares), "level",
    "not-yours", "not-of-it", "too-many"."""

    code = "share-refused"


@dataclass(frozen=True, slots=True)
class ShareShown:
    """One share.

    kind      "person", "establishment", "team" or "list"
    name      of the person, the establishment, the team or the list
    """

    id: int
    kind: str
    name: str
    level: Level
    from_on: date
    until_on: date | None
    is_over: bool


def list_shares(calendar: CalendarOpen, now: datetime) -> list[ShareShown]:
    """All of them, the oldest first. Raises RightMissing."""
    calendar.need(Level.MANAGE)
    return [_show(calendar, row, now) for row in Share.objects.filter(calendar_id=calendar.id).order_by("pk")]


def share_with_person(
    calendar: CalendarOpen, typed: str, level: Level, from_on: date, until_on: date | None, now: datetime
) -> None:
    """By identifier or address; one who has it already gets the new right in place of the old. Raises ShareRefused."""
    person = find_account(typed)
    if person is None or not is_person(person.type):
        raise ShareRefused(reason="unknown")
    if person.id == calendar.owner_id:
        raise ShareRefused(reason="self")
    if level is Level.MANAGE and not _may_manage(calendar, person.id, from_on, now):
        raise ShareRefused(reason="not-of-it")
    _share(calendar, decide.name_person(person.id), level, from_on, until_on, now)


def share_with_group(
    calendar: CalendarOpen, key: str, level: Level, from_on: date, until_on: date | None, now: datetime
) -> None:
    """Everybody of an establishment where one works, those with one function there, or a list that one is on.

    raises  ShareRefused, RightMissing
    """
    try:
        crowd = find_crowd(key)
    except Gone:
        raise ShareRefused(reason="not-yours") from None
    asker = find_asker(calendar.asker, now, parse_lists([crowd.key]))
    works_there = decide.parse_kind(crowd.key) != "list" and crowd.uai in {place for place, _ in asker.places}
    if not works_there and crowd.key not in asker.keys and crowd.uai not in asker.heads:
        raise ShareRefused(reason="not-yours")
    if level > Level.WRITE:  # whom one shares with is never decided by a crowd
        raise ShareRefused(reason="level")
    _share(calendar, crowd.key, level, from_on, until_on, now)


def list_crowds(calendar: CalendarOpen, now: datetime) -> list[Crowd]:
    """The groups with which this person may share it: where they work, lists that they are on. Raises RightMissing."""
    calendar.need(Level.MANAGE)
    found: list[Crowd] = []
    asker = find_asker(calendar.asker, now)
    for uai in sorted({uai for uai, _function in asker.places}):
        found += [find_crowd(decide.name_establishment(uai)), *list_functions(uai, now)]
        found += list_lists_of(uai, now) if uai in asker.heads else []
    known = {each.key for each in found}
    return found + [each for each in list_own_lists(calendar.asker, now) if each.key not in known]


def drop_share(calendar: CalendarOpen, share: int, now: datetime) -> None:
    """Takes it back at once. Raises Gone, RightMissing."""
    calendar.need(Level.MANAGE)
    with transaction.atomic():
        row = Share.objects.filter(pk=share, calendar_id=calendar.id).first()
        if row is None:
            raise Gone(share=share)
        row.delete()
        _journal(calendar, "calendar-unshared", row, now)


def lower_strangers(calendar: CalendarOpen, now: datetime) -> None:
    """Whoever manages what has become a team's without being of it goes on writing."""
    for row in Share.objects.filter(calendar_id=calendar.id, level=Level.MANAGE):
        if _is_void(calendar, row, now):
            row.level = Level.WRITE
            row.save(update_fields=["level"])
            _journal(calendar, "calendar-shared", row, now)


def leave_calendar(calendar: CalendarOpen, now: datetime) -> None:
    """Who was given an agenda by name may put it away for good. Raises Gone where it comes by a group."""
    row = Share.objects.filter(calendar_id=calendar.id, to=decide.name_person(calendar.asker)).first()
    if row is None:
        raise Gone(calendar=calendar.id)
    with transaction.atomic():
        row.delete()
        _journal(calendar, "calendar-unshared", row, now)


def _share(calendar: CalendarOpen, to: str, level: Level, from_on: date, until_on: date | None, now: datetime) -> None:
    calendar.need(Level.MANAGE)
    if level is Level.NONE:
        raise ShareRefused(reason="level")
    if until_on is not None and (until_on < from_on or until_on < today(now)):
        raise ShareRefused(reason="dates")
    if calendar.until_on is not None and (until_on is None or until_on > calendar.until_on):
        raise ShareRefused(reason="beyond")  # who stands in until a day gives nothing that stays after it
    with transaction.atomic():
        rows = Share.objects.filter(calendar_id=calendar.id)
        if not rows.filter(to=to).exists() and rows.count() >= of(CalendarSettings).shares_count:
            raise ShareRefused(reason="too-many")
        told = {"level": level, "from_on": from_on, "until_on": until_on, "made_by": calendar.asker, "made_at": now}
        row, _ = Share.objects.update_or_create(calendar_id=calendar.id, to=to, defaults=told)
        _journal(calendar, "calendar-shared", row, now)
        kind, _slash, number = to.partition("/")
        if kind == "person":
            begins_at = datetime.combine(from_on, time(), zone())
            code = "calendar-shared" if begins_at <= now else "calendar-shared-later"
            words: dict[str, outbox.Told] = {
                "label": calendar.name, "name": find_name(calendar.asker), "at": begins_at.isoformat(),
            }  # fmt: skip
            outbox.add_notice(AccountId(int(number)), code, words, now, key=f"{code}/{row.pk}/{now.date()}")


def _may_manage(calendar: CalendarOpen, person: AccountId, on: date, now: datetime) -> bool:
    """Of what is a team's or an establishment's, one of its people may: already, or from the day that the right begins."""
    belongs = decide.Belongs(calendar.owner_id, calendar.uai, calendar.team)
    at = max(now, datetime.combine(on, time(12), zone()))
    return decide.may_manage(find_asker(person, at, parse_lists([belongs.key])), belongs)


def _journal(calendar: CalendarOpen, action: str, row: Share, now: datetime) -> None:
    kind, _slash, number = row.to.partition("/")
    data: dict[str, journal.Value] = {
        "calendar": calendar.id, "label": calendar.name, "to": row.to, "level": Level(row.level).name.lower(),
        "until": row.until_on.isoformat() if row.until_on else None,
    }  # fmt: skip
    concerned = AccountId(calendar.owner_id) if calendar.owner_id else AccountId(int(number)) if kind == "person" else None
    journal.append(action, actor=name_actor(calendar.asker), subject=concerned, data=data, now=now)


def _show(calendar: CalendarOpen, row: Share, now: datetime) -> ShareShown:
    kind, _slash, rest = row.to.partition("/")
    name = find_name(AccountId(int(rest))) if kind == "person" else find_group_name(row.to)
    is_over = (row.until_on is not None and row.until_on < today(now)) or _is_void(calendar, row, now)
    return ShareShown(row.pk, kind, name, Level(row.level), row.from_on, row.until_on, is_over)


def _is_void(calendar: CalendarOpen, row: Share, now: datetime) -> bool:
    """To manage what is a team's, given to somebody who is of it no more."""
    kind, _slash, number = row.to.partition("/")
    if kind != "person" or row.level < Level.MANAGE:
        return False
    return not _may_manage(calendar, AccountId(int(number)), row.from_on, now)
