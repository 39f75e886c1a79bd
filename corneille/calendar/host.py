"""In whose name people are invited to an event, and told of what becomes of it.

One invites in one's own name. Who may write in the agenda of a person changes there what that person invites to, and tells
those invited on that person's behalf: the event stays theirs (ORGANIZER), and the message names who acted (SENT-BY,
RFC 5545 §3.2.18). Nobody else acts for anybody: neither a team nor an establishment, which own no address, nor a guest.
"""

from datetime import datetime

from corneille.calendar.level import Level
from corneille.calendar.models import Calendar
from corneille.calendar.open_calendar import CalendarOpen, RightMissing, open_calendar
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.find import Person, find_account, find_person
from corneille.wire.ical.guests import Guests


def find_host(calendar: CalendarOpen, guests: Guests) -> AccountId | None:
    """In whose name the asker invites to what stands in this agenda; None: somebody else does."""
    if not guests.organiser or guests.organiser in list_own_addresses(calendar.asker):
        return calendar.asker
    owner = None if calendar.owner_id is None or calendar.level < Level.WRITE else AccountId(calendar.owner_id)
    return owner if owner is not None and guests.organiser in list_own_addresses(owner) else None


def may_speak_for(account: AccountId, organiser: str, on: datetime) -> bool:
    """Whether an account may tell, that day, in the name of this address, what becomes of an event."""
    if organiser in list_own_addresses(account):
        return True
    host = find_account(organiser)
    if host is None or organiser not in fold_addresses(host):
        return False
    agendas = Calendar.objects.filter(owner_id=host.id).values_list("pk", flat=True)
    return any(_may_write(account, number, on) for number in agendas)


def list_own_addresses(account: AccountId) -> frozenset[str]:
    """By which events know a person, in lower case."""
    person = find_person(account)
    return frozenset() if person is None else fold_addresses(person)


def fold_addresses(person: Person) -> frozenset[str]:
    """All of a person, in lower case."""
    return frozenset(each.lower() for each in person.addresses)


def _may_write(account: AccountId, calendar: int, on: datetime) -> bool:
    try:
        open_calendar(account, calendar, Level.WRITE, on)
    except (Gone, RightMissing):
        return False
    return True
