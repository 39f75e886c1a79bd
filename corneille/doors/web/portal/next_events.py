"""What comes next in one's agendas: for the home page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.calendar.level import Level
from corneille.calendar.list_instances import Happening, TooMuch, list_instances
from corneille.calendar.note_reading import note_shown
from corneille.calendar.open_calendar import list_calendars
from corneille.doors.web.calendar.days import title_of
from corneille.doors.web.kit.formats import format_day, format_until
from corneille.kernel.ids import AccountId
from corneille.kernel.today import zone

AHEAD = timedelta(days=7)
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One line. `when`: « 14 h 30 », « lundi 30 novembre à 8 h 00 », « lundi 30 novembre » of what lasts whole days.

    whose  the colleague in whose agenda it stands; empty: one's own, a team's, or an establishment's
    """

    when: str
    title: str
    place: str
    whose: str = ""


def list_next(account: AccountId, now: datetime) -> list[Upcoming]:
    """The next three of the coming week that are not over, in agendas that one may read."""
    readable = [each for each in list_calendars(account, now) if each.level >= Level.READ]
    try:
        found = list_instances(readable, now, now + AHEAD)
    except TooMuch:  # the agenda's own page says so, and what to do
        return []
    shown = [each for each in found if each.instance.end_at > now][:SHOWN]
    note_shown(shown, "web", now)
    return [_show(each, now) for each in shown]


def _show(each: Happening, now: datetime) -> Upcoming:
    told = each.instance
    if told.is_day:
        when = format_day(max(told.start_at, now).astimezone(zone()).date(), year=False, weekday=True)
    else:
        when = format_until(told.start_at, now, zone())
    return Upcoming(when, title_of(each), told.place, each.calendar.owner if each.calendar.kind == "shared" else "")
