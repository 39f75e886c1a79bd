"""Whether somebody has begun to use their agenda."""

from corneille.calendar import decide
from corneille.calendar.models import CalendarObject, Share
from corneille.kernel.ids import AccountId


def is_used(account: AccountId) -> bool:
    """Something stands in an agenda of their own, or they follow a zone's school holidays."""
    is_written = CalendarObject.objects.filter(calendar__owner=account).exists()
    return is_written or Share.objects.filter(to=decide.name_person(account)).exclude(calendar__zone="").exists()
