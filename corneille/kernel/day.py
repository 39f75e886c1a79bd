"""Days that people and services name: which may be meant, and the one after. Pure."""

from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2150, 1, 1)
"""Nothing here begins or ends on other days; what has no end says none."""


def parse_day(text: str) -> date:
    """Reads YYYY-MM-DD. Raises ValueError for what is no day, or none that may be meant."""
    day = date.fromisoformat(text)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("year")
    return day


def day_after(day: date) -> date:
    """The next day; after the calendar's last there is none, and it stays: directories write it for « without end »."""
    return day if day == date.max else day + timedelta(days=1)
