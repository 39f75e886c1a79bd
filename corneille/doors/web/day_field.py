"""The field for a day, in every form of the pages."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from corneille.kernel.day import FIRST_DAY, LAST_DAY


class DayField(forms.DateField):
    """A day of the years that may be meant; of others it says which those are."""

    def __init__(self, **named: Any) -> None:
        bounds = {"type": "date", "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        super().__init__(widget=forms.DateInput(bounds, format="%Y-%m-%d"), **named)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            told = _("This day is too far away: the year is one from %(first)s to %(last)s.")
            raise ValidationError(told, params={"first": FIRST_DAY.year, "last": LAST_DAY.year})
