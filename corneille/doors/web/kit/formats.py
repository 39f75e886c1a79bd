"""Instants, days, sizes and numbers as people write them, in the language of the page.

French: « 1er septembre », « hier 14:30 », Ko/Mo/Go, narrow no-break space between thousands. Django's own
`fr` formats give « 1 septembre » and « Mio », which nobody here writes. All functions are pure but for the
active language.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NARROW = "\u202f"
NO_BREAK = "\u00a0"

_UNITS = {"fr": ("octets", "Ko", "Mo", "Go", "To"), "en": ("bytes", "KB", "MB", "GB", "TB")}


def _is_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def format_number_of_day(day: date) -> str:
    """« 1er », « 23 »; "1"."""
    return f"{day.day}er" if _is_french() and day.day == 1 else str(day.day)


def format_day(day: date, *, year: bool = True, weekday: bool = False) -> str:
    """« mardi 1er septembre 2026 »; "Tuesday 1 September 2026"."""
    words = [format_number_of_day(day), dateformat.format(day, "F")]
    if weekday:
        words.insert(0, dateformat.format(day, "l"))
    if year:
        words.append(str(day.year))
    return NO_BREAK.join(words[:1]) + " " + " ".join(words[1:]) if weekday else NO_BREAK.join(words)


def _at_home(at: datetime, zone: ZoneInfo) -> datetime:
    """The instant on the clocks of a zone; on UTC's where the zone's calendar has no such day (the first and last hours)."""
    try:
        return at.astimezone(zone)
    except OverflowError:
        return at


def format_when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The shortest that cannot be misread: « 14:30 », « hier 14:30 », « lun. 14 sept. », « 14/09/2025 »."""
    local, today = _at_home(at, zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    day = local.date()
    if day == today:
        return clock
    if day == today - timedelta(days=1):
        return _("yesterday") + NO_BREAK + clock
    if today - timedelta(days=300) < day < today or day.year == today.year:
        number = format_number_of_day(day)
        weekday, month = dateformat.format(day, "D").lower(), dateformat.format(day, "N").lower()
        if _is_french():
            return NO_BREAK.join((f"{weekday[:3]}.", number, month))
        return NO_BREAK.join((weekday.capitalize(), number, dateformat.format(day, "M")))
    return f"{day:%d/%m/%Y}" if _is_french() else f"{day:%Y-%m-%d}"


def format_moment(at: datetime, zone: ZoneInfo) -> str:
    """In full, for one message or one attempt: « mardi 1er septembre 2026 à 14:30 »."""
    local = _at_home(at, zone)
    return _("%(day)s at %(clock)s") % {
        "day": format_day(local.date(), weekday=True),
        "clock": f"{local:%H:%M}",
    }


def format_period(begins_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """« lundi 7 décembre 2026, de 19:00 à 20:00 »; « du … au … » over several days."""
    begins, ends = _at_home(begins_at, zone), _at_home(ends_at, zone)
    if begins.date() == ends.date():
        day = format_day(begins.date(), weekday=True)
        return _("%(day)s, from %(begins)s to %(ends)s") % {"day": day, "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    told = {"begins": format_moment(begins_at, zone), "ends": format_moment(ends_at, zone)}
    return _("from %(begins)s to %(ends)s") % told


def format_until(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """When a wait ends: « 14 h 30 », or with its day when that is not today."""
    local = _at_home(at, zone)
    clock = f"{local.hour}{NO_BREAK}h{NO_BREAK}{local:%M}" if _is_french() else f"{local:%H:%M}"
    if local.date() == now.astimezone(zone).date():
        return clock
    return _("%(day)s at %(clock)s") % {
        "day": format_day(local.date(), year=False, weekday=True),
        "clock": clock,
    }


def format_count(count: int) -> str:
    """« 20 000 » with narrow no-break spaces; "20,000"."""
    return f"{count:,}".replace(",", NARROW) if _is_french() else f"{count:,}"


def format_size(size_bytes: int) -> str:
    """« 1,4 Mo »: thousands of 1024, one decimal below ten."""
    units = _UNITS["fr" if _is_french() else "en"]
    if size_bytes < 1024:
        is_singular = size_bytes == 1 or (size_bytes == 0 and _is_french())  # « zéro octet »
        return f"{size_bytes}{NO_BREAK}{units[0].removesuffix('s') if is_singular else units[0]}"
    size, unit = float(size_bytes), 0
    while size >= 999.5 and unit < len(units) - 1:
        size /= 1024
        unit += 1
    number = f"{size:.1f}" if size < 9.95 else f"{size:.0f}"
    if _is_french():
        number = number.replace(".", ",")
    return number.removesuffix(",0").removesuffix(".0") + NO_BREAK + units[unit]
