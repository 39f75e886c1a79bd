"""« Avant que cela arrive »: what opens or closes to somebody when an assignment, a share or a list begins or ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.access.right import SOON
from corneille.calendar.open_calendar import CalendarOpen, list_calendars, list_shares_to_come
from corneille.classes.gate import list_classes
from corneille.groups.membership import list_own_groups, list_terms_turns
from corneille.kernel.day import day_after
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today, zone
from corneille.people.assignment import list_turns
from corneille.sso.open_to import list_offered

DAY = timedelta(days=1)
ENDS: Mapping[str, Promise] = {
    "service": _("Last day of your access to the services: %(names)s"),
    "calendar": _("Last day of your access to the calendars: %(names)s"),
    "list": _("Last day on the lists: %(names)s"),
    "class": _("Last day of your classes: %(names)s"),
}
BEGINS: Mapping[str, Promise] = {
    "service": _("Open to you from this day, services: %(names)s"),
    "calendar": _("Open to you from this day, calendars: %(names)s"),
    "list": _("From this day you are on the lists: %(names)s"),
    "class": _("Your classes open again: %(names)s"),
}
PAGES = {"calendar": "calendar:calendars", "list": "groups:mine", "class": "classes:mine"}


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that will change on a day."""

    on: date
    what: str
    url: str


@dataclass(frozen=True, slots=True)
class _Thing:
    """What somebody has; two of one kind and key are the same, whatever they are called."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class _Held:
    """All that somebody has on a day by where they work, by what they were given and by the lists that they are on.

    turns  later days on which some of it is no more, or something may come to it
    """

    names: Mapping[_Thing, str]
    turns: frozenset[date]


def list_turning(account: AccountId, now: datetime) -> list[Coming]:
    """What comes within sixty days, in words: each of those days is asked what it holds, as that day itself will be."""
    on, before = today(now), _hold(account, now)
    days = {*list_turns(account, on + DAY, on + SOON), *before.turns}
    coming = []
    while days := {each for each in days if on < each <= today(now) + SOON}:
        on = min(days)
        after = _hold(account, datetime.combine(on, time(12), zone()))
        coming += _say(ENDS, on - DAY, before.names, after.names) + _say(BEGINS, on, after.names, before.names)
        days |= after.turns  # of what begins on that day
        before = after
    return coming


def _hold(account: AccountId, at: datetime) -> _Held:
    services = [each for each in list_offered(account, today(at)) if each.missing is None]
    calendars = [each for each in list_calendars(account, at) if each.kind != "own"]
    classes = list_classes(account, at)
    names = {_Thing("service", each.client.slug): each.client.name for each in services}
    names |= {_Thing("calendar", str(each.id)): _name_calendar(each) for each in calendars}
    names |= {_Thing("list", str(each.id)): each.title for each in list_own_groups(account, at)}
    names |= {_Thing("class", str(each.id)): each.label for each in classes}
    ends = [each.until_on for each in classes] + [each.until_on for each in calendars if each.until_on is not None]
    begins = [*list_shares_to_come(account, at), *list_terms_turns(account, at)]
    return _Held(names, frozenset([*begins, *map(day_after, ends)]))


def _name_calendar(calendar: CalendarOpen) -> str:
    return f"{calendar.name} ({calendar.owner})" if calendar.owner and calendar.owner != calendar.name else calendar.name


def _say(words: Mapping[str, Promise], on: date, held: Mapping[_Thing, str], other: Mapping[_Thing, str]) -> list[Coming]:
    """One line for each kind, of what is held and not in the other."""
    found = [
        (kind, sorted(name for thing, name in held.items() if thing.kind == kind and thing not in other)) for kind in words
    ]
    return [
        Coming(on, words[kind] % {"names": ", ".join(names)}, reverse(PAGES[kind]) if kind in PAGES else "")
        for kind, names in found
        if names
    ]
