"""Agendas that are no person's: of an establishment, of a team there. They stay when who made them goes.

A team is everybody with one function in an establishment, or a list of people that its head keeps; of a computed list (all
who work there, for one) the head alone makes an agenda, as of the establishment. It is managed by the head of the
establishment, and by those of the team to whom that right is given: first by who made it.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from corneille.calendar import decide
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import COLOURS, CalendarRefused, check_name
from corneille.calendar.models import Calendar, Share
from corneille.calendar.open_calendar import CalendarOpen, find_asker, parse_lists, today
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.share import lower_strangers
from corneille.calendar.slug import OWN, make_slug
from corneille.calendar.team import Crowd, find_crowd, list_functions, list_lists_of, list_own_lists
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of


def make_establishment_calendar(account: AccountId, uai: str, name: str, now: datetime) -> int:
    """The agenda of an establishment, by its head: all who work there read it. Raises CalendarRefused."""
    told = check_name(name)
    if uai not in find_asker(account, now).heads:
        raise CalendarRefused(reason="not-head")
    return _make(account, find_crowd(decide.name_establishment(uai)), told, Level.READ, now)


def make_team_calendar(account: AccountId, key: str, name: str, now: datetime) -> int:
    """The agenda of a team, by one of its people or the head of its establishment: all of the team read and change it.

    key     "team/0760095R/enseignement" or "list/12"
    raises  CalendarRefused
    """
    told = check_name(name)
    crowd = _find_own_team(account, key, now)
    with transaction.atomic():
        number = _make(account, crowd, told, Level.WRITE, now)
        _let_manage(number, account, now)
    return number


def give_calendar(calendar: CalendarOpen, key: str, now: datetime) -> None:
    """One's own agenda becomes a team's, with all that is in it; who gives it manages it as one of the team.

    Others who managed it and are not of the team go on writing.

    raises  CalendarRefused ("first", "not-team", "not-yours"), RightMissing
    """
    calendar.need(Level.MANAGE)
    if calendar.kind != "own":
        raise CalendarRefused(reason="not-yours")
    if calendar.slug == OWN:
        raise CalendarRefused(reason="first")
    crowd = _find_own_team(calendar.asker, key, now)
    with transaction.atomic():
        Calendar.objects.filter(pk=calendar.id).update(owner=None, uai=crowd.uai, team=crowd.key)
        told = {"level": Level.WRITE, "from_on": today(now), "until_on": None, "made_by": calendar.asker, "made_at": now}
        Share.objects.update_or_create(calendar_id=calendar.id, to=crowd.key, defaults=told)
        _let_manage(calendar.id, calendar.asker, now)
        lower_strangers(replace(calendar, owner_id=None, uai=crowd.uai, team=crowd.key), now)
        _journal("calendar-given", calendar.asker, calendar.id, calendar.name, crowd, now)


def list_own_teams(account: AccountId, now: datetime) -> list[Crowd]:
    """The teams of which this person may make an agenda: those that they are of, and all of a school that they direct."""
    asker = find_asker(account, now)
    functions = {(uai, function) for uai, function in asker.places if uai not in asker.heads}
    found = [find_crowd(decide.name_team(*each)) for each in sorted(functions)]
    for uai in sorted(asker.heads):
        found += [*list_functions(uai, now), *list_lists_of(uai, now)]
    known = {each.key for each in found}
    return found + [each for each in list_own_lists(account, now) if each.is_team and each.key not in known]


def _find_own_team(account: AccountId, key: str, now: datetime) -> Crowd:
    try:
        crowd = find_crowd(key)
    except Gone:
        raise CalendarRefused(reason="not-team") from None
    asker = find_asker(account, now, parse_lists([crowd.key]))
    is_theirs = (crowd.is_team and crowd.key in asker.keys) or crowd.uai in asker.heads
    if decide.parse_kind(crowd.key) == "establishment" or not crowd.uai or not is_theirs:
        raise CalendarRefused(reason="not-team")
    return crowd


def _let_manage(calendar: int, account: AccountId, now: datetime) -> None:
    told = {"level": Level.MANAGE, "from_on": today(now), "until_on": None, "made_by": account, "made_at": now}
    Share.objects.update_or_create(calendar_id=calendar, to=decide.name_person(account), defaults=told)


def _make(account: AccountId, crowd: Crowd, name: str, level: Level, now: datetime) -> int:
    team = "" if decide.parse_kind(crowd.key) == "establishment" else crowd.key
    with transaction.atomic():
        taken = frozenset(Calendar.objects.filter(owner=None, uai=crowd.uai, team=team).values_list("slug", flat=True))
        if len(taken) >= of(CalendarSettings).calendars_count:
            raise CalendarRefused(reason="too-many")
        beside = Calendar.objects.filter(owner=None, uai=crowd.uai).count()  # one colour for each that its people see
        row = Calendar.objects.create(
            uai=crowd.uai, team=team, slug=make_slug(name, taken), name=name, made_at=now,
            colour=COLOURS[(2 + beside) % len(COLOURS)],
        )  # fmt: skip
        Share.objects.create(calendar=row, to=crowd.key, level=level, from_on=today(now), made_by=account, made_at=now)
        _journal("calendar-made", account, row.pk, name, crowd, now)
    return row.pk


def _journal(action: str, account: AccountId, calendar: int, name: str, crowd: Crowd, now: datetime) -> None:
    told: dict[str, journal.Value] = {
        "calendar": calendar, "label": name, "to": crowd.key, "scope": f"uai/{crowd.uai}",
    }  # fmt: skip
    journal.append(action, actor=name_actor(account), subject=account, data=told, now=now)
