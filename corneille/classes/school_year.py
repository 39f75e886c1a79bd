"""School years: the one that goes on and the one that comes, by the day on which one ends. Pure."""

from dataclasses import dataclass
from datetime import date

PREPARED_DAYS = 60
"""So long before a year ends, teachers make the lists of the next."""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year by its last day."""

    until_on: date

    @property
    def label(self) -> str:
        """« 2026-2027 »."""
        return f"{self.until_on.year - 1}-{self.until_on.year}"


def list_years(today: date, ends_on: str) -> list[SchoolYear]:
    """The year of today and the next; the likelier one first.

    ends_on  MONTH-DAY, a day that every year has
    """
    month, day = (int(each) for each in ends_on.split("-"))
    last = date(today.year, month, day)
    last = last if last >= today else last.replace(year=today.year + 1)
    years = [SchoolYear(last), SchoolYear(last.replace(year=last.year + 1))]
    return years[::-1] if (last - today).days < PREPARED_DAYS else years
