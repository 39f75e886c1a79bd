"""Makes agendas that are no person's: of an establishment, of a team there. They stay when who made them goes.

A team is everybody with one function in an establishment, or a list of people that its head keeps; of a computed list (all
who work there, for one) the head alone makes an agenda, as of the establishment. It is managed by the head of the
establishment, and by those of the team to whom that right is given: first by who made it.
"""

from datetime import datetime

from django.db import transaction

from corneille.calendar import decide
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import COLOURS, CalendarRefused, check_name
from corneille.calendar.models import Calendar, Share
from corneille.calendar.open_calendar import find_asker
from corneille.calendar.own_team import find_own_team
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.slug import make_slug
from corneille.calendar.team import Crowd, find_crowd
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.settings import of
from corneille.kernel.today import today


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
    crowd = find_own_team(account, key, now)
    with transaction.atomic():
        number = _make(account, crowd, told, Level.WRITE, now)
        let_manage(number, account, now)
    return number


def let_manage(calendar: int, account: AccountId, now: datetime) -> None:
    """Whoever makes or gives a team's agenda manages it, for as long as they are of the team."""
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
        note("calendar-made", account, row.pk, name, crowd, now)
    return row.pk


def note(action: str, account: AccountId, calendar: int, name: str, crowd: Crowd, now: datetime) -> None:
    """Journals that an agenda was made for a group, or given to it."""
    told: dict[str, journal.Value] = {
        "calendar": calendar, "label": name, "to": crowd.key, "scope": f"uai/{crowd.uai}",
    }  # fmt: skip
    journal.append(action, actor=name_actor(account), subject=account, data=told, now=now)
