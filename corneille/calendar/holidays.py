"""School holidays of the three zones, as agendas that anybody may take and nobody may change."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files

from django.db import transaction

from corneille.calendar import decide
from corneille.calendar.level import Level
from corneille.calendar.models import Calendar, Share
from corneille.calendar.open_calendar import CalendarOpen
from corneille.calendar.put_object import drop_object, put_object
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.today import today
from corneille.wire.ical.write import Written, write_event

ZONES = ("A", "B", "C")
COLOURS = {"A": "#8a5a00", "B": "#0b7285", "C": "#4d5566"}


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday; `until_on` is the day on which school begins again."""

    name: str
    from_on: date
    until_on: date


def subscribe(account: AccountId, zone: str, now: datetime) -> None:
    """Puts a zone's holidays among a person's agendas. Raises Gone for a zone that is none."""
    if zone not in ZONES:
        raise Gone(zone=zone)
    row = _make(zone, now)
    told = {"level": Level.READ, "from_on": today(now), "made_by": account, "made_at": now}
    Share.objects.get_or_create(calendar=row, to=decide.name_person(account), defaults=told)


def fill_holidays(now: datetime) -> None:
    """Brings each zone that somebody follows to what the ministry has published; what is as it was stays untouched."""
    for row in Calendar.objects.exclude(zone=""):
        _fill(row, now)


def list_holidays(zone: str) -> Iterator[Holiday]:
    """All that the library knows of, joined from its days, in order."""
    name, start, last = "", date.min, date.min
    table = files("vacances_scolaires_france").joinpath("data/data.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):  # its own reader opens the file in the locale's encoding
        if row[f"vacances_zone_{zone.lower()}"] != "True":
            continue
        day = date.fromisoformat(row["date"])
        if name and (row["nom_vacances"] != name or day - last > timedelta(days=1)):
            yield Holiday(name, start, last + timedelta(days=1))
            name = ""
        if not name:
            name, start = row["nom_vacances"], day
        last = day
    if name:
        yield Holiday(name, start, last + timedelta(days=1))


def _make(zone: str, now: datetime) -> Calendar:
    told = {
        "slug": f"vacances-{zone.lower()}",
        "name": f"Vacances scolaires, zone {zone}",
        "colour": COLOURS[zone],
        "made_at": now,
    }
    row, is_new = Calendar.objects.get_or_create(zone=zone, defaults=told)
    if is_new:
        _fill(row, now)
    return row


def _fill(row: Calendar, now: datetime) -> None:
    """What has passed stays; what is to come and is announced no more goes: a date that moved is there once."""
    known = dict(row.objects_kept.values_list("name", "end_at"))
    opened = CalendarOpen(
        id=row.pk, asker=AccountId(0), slug=row.slug, name=row.name, colour=row.colour, kind="holidays", level=Level.MANAGE,
        owner="", owner_id=None, uai="", team="", zone=row.zone, sequence=row.sequence, forgotten=row.forgotten,
        is_named=False, until_on=None, on=now.date(),
    )  # fmt: skip
    with transaction.atomic():
        for each in list_holidays(row.zone):
            uid = f"vacances-{row.zone.lower()}-{each.from_on:%Y%m%d}-{each.until_on:%Y%m%d}"
            if known.pop(f"{uid}.ics", None) is None:
                written = Written(each.name.replace("'", "’"), each.from_on, each.until_on, is_busy=False)
                put_object(opened, f"{uid}.ics", write_event(uid, written, now), now)
        for name, end_at in known.items():
            if end_at is not None and end_at > now:
                drop_object(opened, name, now)
