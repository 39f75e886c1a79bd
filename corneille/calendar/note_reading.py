"""Who reads an agenda that was lent to them stands in its owner's register."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db import transaction

from corneille.calendar.level import Level
from corneille.calendar.list_instances import Happening
from corneille.calendar.open_calendar import CalendarOpen
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.today import today, zone


def note_reading(calendar: CalendarOpen, door: str, now: datetime) -> None:
    """Leaves one line a day for each reader, agenda and door; after the first of the day it only looks, by an index.

    Of an agenda of nobody's own there is no register; that somebody is busy is no word of theirs.
    """
    if calendar.owner_id in {None, calendar.asker} or calendar.level < Level.READ:
        return
    owner, actor = AccountId(calendar.owner_id or 0), name_actor(calendar.asker)
    told: dict[str, journal.Value] = {"calendar": calendar.id, "label": calendar.name, "door": door}
    midnight = datetime.combine(today(now), time(), zone())
    if journal.has_line("calendar-read", actor=actor, subject=owner, data=told, since=midnight):
        return
    with transaction.atomic():
        head = journal.hold()  # of two requests at once the second finds the line of the first
        if not journal.has_line("calendar-read", actor=actor, subject=owner, data=told, since=midnight):
            journal.append("calendar-read", actor=actor, subject=owner, data=told, now=now, head=head)


def note_shown(happenings: Iterable[Happening], door: str, now: datetime) -> None:
    """The same of each agenda of which a page shows something."""
    for calendar in {each.calendar.id: each.calendar for each in happenings if not each.is_hidden}.values():
        note_reading(calendar, door, now)
