"""Which days a view shows, and how one goes on from it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from corneille.kernel import day
from corneille.kernel.day import FIRST_DAY, LAST_DAY

VIEWS = ("semaine", "mois", "jour", "liste")
LIST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one page: from the first until before the last; `on`: the day that was asked for."""

    view: str
    on: date
    from_on: date
    until_on: date

    @property
    def before(self) -> date:
        """A day of the page before this one."""
        if self.view == "mois":
            return (self.on.replace(day=1) - timedelta(days=1)).replace(day=1)
        return max(FIRST_DAY, self.on - self._step)

    @property
    def after(self) -> date:
        """A day of the page after this one."""
        if self.view == "mois":
            return (self.on.replace(day=1) + timedelta(days=32)).replace(day=1)
        return min(LAST_DAY, self.on + self._step)

    @property
    def _step(self) -> timedelta:
        return timedelta(days={"semaine": 7, "jour": 1}.get(self.view, LIST_DAYS))

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From midnight to midnight, here."""
        return datetime.combine(self.from_on, time(), zone), datetime.combine(self.until_on, time(), zone)


def choose_span(view: str, on: date) -> Span:
    """Weeks begin on Monday; a month is shown with the whole weeks that it touches."""
    if view == "jour":
        return Span(view, on, on, on + timedelta(days=1))
    if view == "liste":
        return Span(view, on, on, on + timedelta(days=LIST_DAYS))
    if view == "mois":
        first = on.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        return Span(view, on, first - timedelta(days=first.weekday()), last + timedelta(days=7 - last.weekday()))
    monday = on - timedelta(days=on.weekday())
    return Span("semaine", on, monday, monday + timedelta(days=7))


def parse_day(text: str, otherwise: date) -> date:
    """A day of the address bar; another one for what is none."""
    try:
        return day.parse_day(text) if len(text) == 10 else otherwise
    except ValueError:
        return otherwise
