"""Until when a program has to wait, as its person reads it: the académie's time of day, never too early."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from corneille.kernel.settings import Ground, of

MINUTE = timedelta(minutes=1)


def format_until(until: datetime) -> str:
    """"14:32": the first whole minute from which a try is looked at again; the longest wait is half an hour."""
    local = until.astimezone(ZoneInfo(of(Ground).time_zone))
    whole = local.replace(second=0, microsecond=0)
    return f"{whole if whole == local else whole + MINUTE:%H:%M}"
