"""One's own agendas are made here, and all agendas named and removed; `make_group_calendar` makes those of groups."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from corneille.calendar.level import Level
from corneille.calendar.models import Calendar
from corneille.calendar.open_calendar import CalendarOpen, open_calendar
from corneille.calendar.settings import CalendarSettings
from corneille.calendar.slug import OWN, is_slug, make_slug
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.people.find import find_language

COLOURS = ("#2f5fd0", "#b3421f", "#2e7d4f", "#7a3fa0", "#a3155f", "#0b7285", "#8a5a00", "#4d5566")
"""Each is read as text on white, and white on it (WCAG AA)."""
NAME_LENGTH = 100
NAMES = {"fr": "Mon agenda", "en": "My calendar"}


class CalendarRefused(Refusal):
    """The agenda cannot be made, named or removed so; `reason`: "name", "slug", "taken", "colour", "too-many", "first",
    "not-head", "not-team", "not-yours"."""

    code = "calendar-refused"


def begin_agenda(account: AccountId, now: datetime) -> None:
    """Everybody has one agenda from the first time they look for it."""
    if not Calendar.objects.filter(owner_id=account, slug=OWN).exists():
        name = NAMES.get(find_language(account), NAMES["fr"])
        Calendar.objects.get_or_create(
            owner_id=account, uai="", slug=OWN, defaults={"name": name, "colour": COLOURS[0], "made_at": now}
        )


def make_calendar(
    account: AccountId, name: str, now: datetime, *, slug: str | None = None, colour: str | None = None
) -> int:
    """Makes another agenda of one's own; gives its number. Raises CalendarRefused.

    slug  as a program names it; made from the name when none is given
    """
    told = check_name(name)
    begin_agenda(account, now)  # the first one has its name before any other
    taken = frozenset(Calendar.objects.filter(owner_id=account).values_list("slug", flat=True))
    if len(taken) >= of(CalendarSettings).calendars_count:
        raise CalendarRefused(reason="too-many")
    if slug is not None and not is_slug(slug):
        raise CalendarRefused(reason="slug")
    try:
        with transaction.atomic():
            row = Calendar.objects.create(
                owner_id=account, slug=slug or make_slug(told, taken), name=told, made_at=now,
                colour=parse_colour(colour) if colour else COLOURS[len(taken) % len(COLOURS)],
            )  # fmt: skip
    except IntegrityError:
        raise CalendarRefused(reason="taken") from None
    return row.pk


def rename_calendar(calendar: CalendarOpen, *, name: str | None = None, colour: str | None = None) -> None:
    """Another name or colour, for everybody who has it. Raises CalendarRefused, RightMissing."""
    calendar.need(Level.MANAGE)
    changed: dict[str, str] = {}
    if name is not None:
        changed["name"] = check_name(name)
    if colour is not None:
        changed["colour"] = parse_colour(colour)
    Calendar.objects.filter(pk=calendar.id).update(**changed, sequence=F("sequence"))


def drop_calendar(account: AccountId, calendar: int, now: datetime) -> None:
    """Removes an agenda with all that is in it; everybody's first one stays. Raises CalendarRefused, Gone, RightMissing."""
    with transaction.atomic():
        opened = open_calendar(account, calendar, Level.MANAGE, now)
        if opened.kind == "own" and opened.slug == OWN:
            raise CalendarRefused(reason="first")
        Calendar.objects.filter(pk=opened.id).delete()
        told: dict[str, journal.Value] = {"calendar": opened.id, "label": opened.name}
        journal.append("calendar-dropped", actor=name_actor(account), subject=account, data=told, now=now)


def parse_colour(text: str) -> str:
    """ "#2F5FD0" or with an opacity, as Apple's programs write it. Raises CalendarRefused."""
    found = re.fullmatch(r"#([0-9A-Fa-f]{6})([0-9A-Fa-f]{2})?", text.strip())
    if found is None:
        raise CalendarRefused(reason="colour")
    return f"#{found[1].lower()}"


def check_name(name: str) -> str:
    """What an agenda may be called, without the blanks around it. Raises CalendarRefused."""
    told = name.strip()
    if not told or len(told) > NAME_LENGTH or not told.isprintable():
        raise CalendarRefused(reason="name")
    return told
