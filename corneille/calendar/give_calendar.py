"""Hands one's own agenda over to a team, for good."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from corneille.calendar.level import Level
from corneille.calendar.make_calendar import CalendarRefused
from corneille.calendar.make_group_calendar import let_manage, note
from corneille.calendar.models import Calendar, Share
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.own_team import find_own_team
from corneille.calendar.share import lower_strangers
from corneille.calendar.slug import OWN
from corneille.kernel.today import today


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
    crowd = find_own_team(calendar.asker, key, now)
    with transaction.atomic():
        Calendar.objects.filter(pk=calendar.id).update(owner=None, uai=crowd.uai, team=crowd.key)
        told = {"level": Level.WRITE, "from_on": today(now), "until_on": None, "made_by": calendar.asker, "made_at": now}
        Share.objects.update_or_create(calendar_id=calendar.id, to=crowd.key, defaults=told)
        let_manage(calendar.id, calendar.asker, now)
        lower_strangers(replace(calendar, owner_id=None, uai=crowd.uai, team=crowd.key), now)
        note("calendar-given", calendar.asker, calendar.id, calendar.name, crowd, now)
