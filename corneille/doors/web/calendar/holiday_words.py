"""School holidays are published in French; here they are told in the language of the page."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from corneille.calendar.open_calendar import CalendarOpen

NAMES: dict[str, Promise] = {
    "Pont de l’Ascension": _("Ascension long weekend"),
    "Vacances d’hiver": _("Winter holidays"),
    "Vacances d’été": _("Summer holidays"),
    "Vacances de Noël": _("Christmas holidays"),
    "Vacances de la Toussaint": _("All Saints’ holidays"),
    "Vacances de printemps": _("Spring holidays"),
}
"""All that the ministry has named so far; another is shown as it is written."""


def name_holiday(calendar: CalendarOpen, title: str) -> str:
    """What an event of this calendar is called on the page."""
    return str(NAMES.get(title, title)) if calendar.zone else title


def name_calendar(calendar: CalendarOpen) -> CalendarOpen:
    """The same calendar under the name that the page gives it."""
    if not calendar.zone:
        return calendar
    return replace(calendar, name=_now("School holidays, zone %(zone)s") % {"zone": calendar.zone})
