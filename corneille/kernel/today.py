"""The day it is in the académie, by which people, rights and deadlines count."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from corneille.kernel.settings import Ground, of


def today(now: datetime) -> date:
    """The day in the académie's zone at that instant."""
    return now.astimezone(zone()).date()


def zone() -> ZoneInfo:
    """The académie's."""
    return ZoneInfo(of(Ground).time_zone)
