"""The form of an event, to what is written and back."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from corneille.calendar.open_calendar import CalendarOpen
from corneille.doors.web.day_field import DayField
from corneille.wire.ical.expand import Instance
from corneille.wire.ical.write import Written

REPEATS = (
    ("", _("Once")),
    ("FREQ=DAILY", _("Every day")),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", _("Monday to Friday")),
    ("FREQ=WEEKLY", _("Every week")),
    ("FREQ=WEEKLY;INTERVAL=2", _("Every other week")),
    ("FREQ=MONTHLY", _("Every month")),
    ("FREQ=YEARLY", _("Every year")),
)
KEPT = "kept"
HOUR = _("Type an hour, or tick “All day”.")
TITLE_LENGTH, PLACE_LENGTH, NOTES_LENGTH, GUESTS_LENGTH = 200, 200, 10_000, 20_000


class EventForm(forms.Form):
    """Days and hours are those of the académie."""

    calendar = forms.TypedChoiceField(label=_("Calendar"), coerce=int)
    title = forms.CharField(
        label=_("Title"), max_length=TITLE_LENGTH, widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Give the event a title.")},
    )  # fmt: skip
    is_day = forms.BooleanField(label=_("All day"), required=False)
    from_on = DayField(label=_("First day"))
    from_at = forms.TimeField(
        label=_("Begins at"), error_messages={"required": HOUR}, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    until_on = DayField(label=_("Last day"))
    until_at = forms.TimeField(
        label=_("Ends at"), error_messages={"required": HOUR}, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    repeat = forms.ChoiceField(label=_("Repeats"), required=False, choices=REPEATS)
    repeat_until = DayField(label=_("Repeats until"), required=False, help_text=_("The last day; empty: without end."))
    place = forms.CharField(label=_("Place"), required=False, max_length=PLACE_LENGTH)
    guests = forms.CharField(
        label=_("Invite colleagues"), required=False, max_length=GUESTS_LENGTH, widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Mail addresses or identifiers, separated by commas. Each is told by mail, again at every change, and answers "
            "with one button; the answers stand here."
        ),
    )  # fmt: skip
    notes = forms.CharField(label=_("Notes"), required=False, max_length=NOTES_LENGTH, widget=forms.Textarea({"rows": 4}))
    is_private = forms.BooleanField(
        label=_("Private"), required=False, help_text=_("Others see that you are busy, not with what.")
    )
    is_free = forms.BooleanField(label=_("I stay available meanwhile"), required=False)

    use_required_attribute = False

    def __init__(self, data: Any = None, *, calendars: Sequence[CalendarOpen], rule: str = "", **named: Any) -> None:
        super().__init__(data, **named)
        choices = [(each.id, f"{each.name} ({each.owner})" if each.owner else each.name) for each in calendars]
        is_day = bool(data.get("is_day") if data else self.initial.get("is_day"))
        for name in ("from_at", "until_at"):
            self.fields[name].required = not is_day
        self._rule = rule
        self._set_choices("calendar", choices)
        if rule and split_rule(rule)[0] not in dict(REPEATS):
            self._set_choices("repeat", [(KEPT, _("As it is now")), *REPEATS])

    def _set_choices(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        first, last = told.get("from_on"), told.get("until_on")
        if first and last and not self.errors and self._is_backwards(told):
            self.add_error("until_on", _("The end comes before the beginning."))
        if told.get("repeat_until") and first and told["repeat_until"] < first:
            self.add_error("repeat_until", _("The last day comes before the first."))
        return told

    def written(self, zone: ZoneInfo) -> Written:
        """What was typed, for a form that is valid."""
        told = self.cleaned_data
        if told["is_day"]:
            start: date | datetime = told["from_on"]
            end: date | datetime = told["until_on"] + timedelta(days=1)
        else:
            start = datetime.combine(told["from_on"], told["from_at"], zone)
            end = datetime.combine(told["until_on"], told["until_at"], zone)
        return Written(
            told["title"].strip(), start, end, told["place"].strip(), told["notes"].strip().replace("\r\n", "\n"),
            self._format_rule(zone), told["is_private"], not told["is_free"],
        )  # fmt: skip

    def _format_rule(self, zone: ZoneInfo) -> str:
        repeat, until = self.cleaned_data["repeat"], self.cleaned_data["repeat_until"]
        if repeat == KEPT:
            return self._rule
        if not repeat or until is None:
            return str(repeat)
        if self.cleaned_data["is_day"]:
            return f"{repeat};UNTIL={until:%Y%m%d}"
        last = datetime.combine(until, time(23, 59, 59), zone).astimezone(ZoneInfo("UTC"))
        return f"{repeat};UNTIL={last:%Y%m%dT%H%M%SZ}"

    @staticmethod
    def _is_backwards(told: dict[str, Any]) -> bool:
        if told["is_day"]:
            return bool(told["until_on"] < told["from_on"])
        return bool((told["until_on"], told["until_at"]) < (told["from_on"], told["from_at"]))


def begin(on: date, hour: int, calendar: int | None) -> dict[str, object]:
    """What stands in the form of a new event."""
    return {
        "calendar": calendar, "from_on": on, "until_on": on, "from_at": time(hour), "until_at": time(min(hour + 1, 23)),
    }  # fmt: skip


def fill(calendar: int, instance: Instance, zone: ZoneInfo) -> dict[str, object]:
    """What stands in the form of one that is there."""
    start, end = instance.start_at.astimezone(zone), instance.end_at.astimezone(zone)
    last = end.date() - timedelta(days=1) if instance.is_day and end > start else end.date()
    repeat, until = split_rule(instance.rule)
    return {
        "calendar": calendar, "title": instance.title, "is_day": instance.is_day, "from_on": start.date(), "until_on": last,
        "from_at": start.time(), "until_at": end.time(), "place": instance.place, "notes": instance.notes,
        "repeat": repeat if not instance.rule or repeat in dict(REPEATS) else KEPT, "repeat_until": until,
        "is_private": instance.is_private, "is_free": not instance.is_busy,
    }  # fmt: skip


def split_rule(rule: str) -> tuple[str, date | None]:
    """A rule without its end, and its last day."""
    found = re.search(r";?UNTIL=(\d{4})(\d{2})(\d{2})[^;]*", rule)
    if found is None:
        return rule, None
    year, month, day = (int(each) for each in found.groups())
    return rule.replace(found[0], "").removeprefix(";"), date(year, month, day)
