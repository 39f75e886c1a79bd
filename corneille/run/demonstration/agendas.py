"""A believable school year in agendas: each person's own week, their team's, their establishment's, the holidays."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from corneille.calendar.decide import name_list, name_team
from corneille.calendar.event import add_event
from corneille.calendar.holidays import subscribe
from corneille.calendar.level import Level
from corneille.calendar.make_calendar import begin_agenda
from corneille.calendar.make_group_calendar import make_establishment_calendar, make_team_calendar
from corneille.calendar.open_calendar import CalendarOpen, list_calendars, open_calendar, open_named
from corneille.calendar.share import share_with_person
from corneille.groups.audience import find_list
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import Ground, of
from corneille.kernel.today import today, zone
from corneille.people.account_type import AccountType
from corneille.people.assignment import list_assignments
from corneille.run.demonstration.academie import TEAM_UAI
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.run.demonstration.lists import COUNCIL
from corneille.wire.ical.write import Written

CLASSES = ("6e A", "5e B", "4e C", "3e A", "2de 4", "1re G2", "Tle G1")
LESSONS = ("Français", "Mathématiques", "Histoire-géographie", "Anglais", "SVT", "Physique-chimie", "EPS", "Arts plastiques")
HOURS = (time(8), time(9), time(10, 10), time(11, 10), time(13, 30), time(14, 30), time(15, 40))
MEETINGS = {
    AccountType.HEAD: ("Point avec la gestionnaire", "Commission éducative", "Réunion de bassin", "Visite d’inspection"),
    AccountType.STAFF: ("Suite des inscriptions", "Point de service", "Préparation des bulletins", "Fournitures"),
    AccountType.INSPECTOR: ("Visite de classe", "Réunion d’équipe", "Formation des stagiaires", "Jury"),
    AccountType.ASSISTANT: ("Point vie scolaire", "Devoir commun", "Aide aux devoirs", "Réunion d’équipe"),
}
USUAL = ("Point d’équipe", "Réunion de service", "Rendez-vous avec un établissement", "Temps sans réunion")
OF_SCHOOL = (
    (1, time(17), 90, "Conseil de classe, 3e A", "Salle polyvalente"),
    (2, time(18), 120, "Conseil d’administration", "Salle 12"),
    (3, time(12, 30), 45, "Exercice d’évacuation", ""), (4, time(17, 30), 120, "Rencontre avec les parents", "Hall"),
)  # fmt: skip
OF_TEAM = (
    (1, time(12, 30), 45, "Déjeuner d’équipe", "Salle des professeurs"), (3, time(16, 45), 60, "Réunion d’équipe", "CDI"),
)  # fmt: skip

OF_CLASS = (
    (0, time(16, 45), 60, "Préparation du brevet blanc", "Salle 12"),
    (3, time(17), 90, "Conseil de classe, 3e B", "Salle 12"),
)  # fmt: skip


def make_agendas(people: Sequence[DemoPerson], seed: int, now: datetime) -> None:
    """Once: who has an agenda already keeps it as it is."""
    heads: dict[str, AccountId] = {}
    active = [each for each in people if each.state == "active" and each.type != AccountType.FUNCTIONAL]
    for person in active:
        if list_calendars(person.account, now):
            return
        begin_agenda(person.account, now)
        if person.type == AccountType.HEAD:
            heads |= {each.uai: person.account for each in list_assignments(person.account, today(now))}
    for uai, head in sorted(heads.items()):
        number = make_establishment_calendar(head, uai, "Vie de l’établissement", now)
        _add(open_calendar(head, number, Level.MANAGE, now), OF_SCHOOL, now, weekly=False)
    _make_teams(active, now)
    _make_council(heads, now)
    for number, person in enumerate(active):
        _fill(person, random.Random(_mark(seed, person.identifier)), now)
        if number % 2 == 0:
            subscribe(person.account, "B", now)


def _make_teams(people: Sequence[DemoPerson], now: datetime) -> None:
    """The first teacher of each school makes its team's agenda; colleagues read their own until next Friday."""
    kept: dict[str, DemoPerson] = {}
    for person in people:
        if person.type != AccountType.TEACHER:
            continue
        for uai, function in ((each.uai, each.function) for each in list_assignments(person.account, today(now))):
            if uai not in kept:
                kept[uai] = person
                number = make_team_calendar(person.account, name_team(uai, function), "Équipe pédagogique", now)
                _add(open_calendar(person.account, number, Level.MANAGE, now), OF_TEAM, now, weekly=True)
            else:
                own = open_named(kept[uai].account, "agenda", Level.MANAGE, now)
                last = today(now) + timedelta(days=11 - today(now).weekday())
                share_with_person(own, person.identifier, Level.READ, today(now), last, now)


def _make_council(heads: Mapping[str, AccountId], now: datetime) -> None:
    """The head of the school of lists makes the agenda of a class's team."""
    number, head = find_list(f"{COUNCIL}@{of(Ground).domain}"), heads.get(TEAM_UAI)
    if number is not None and head is not None:
        made = make_team_calendar(head, name_list(number), "Suivi de la 3e B", now)
        _add(open_calendar(head, made, Level.MANAGE, now), OF_CLASS, now, weekly=False)


def _fill(person: DemoPerson, chance: random.Random, now: datetime) -> None:
    calendar = open_named(person.account, "agenda", Level.MANAGE, now)
    monday = _monday(now)
    if person.type == AccountType.TEACHER:
        lesson = chance.choice(LESSONS)
        for weekday in range(5):
            for hour in sorted(chance.sample(HOURS, 3)):
                start = datetime.combine(_this_monday(now) + timedelta(days=weekday), hour, zone())
                title = f"{lesson}, {chance.choice(CLASSES)}"
                _put(calendar, title, start, 55, f"Salle {chance.randrange(101, 230)}", now, rule="FREQ=WEEKLY;COUNT=40")
    else:
        titles = MEETINGS.get(AccountType(person.type), USUAL)
        for weekday, title in enumerate(titles):
            hour = chance.choice((time(9), time(10, 30), time(14), time(15, 30)))
            _put(calendar, title, datetime.combine(monday + timedelta(days=weekday), hour, zone()), 60, "", now)
    day = monday + timedelta(days=chance.randrange(5))
    _put(calendar, "Dentiste", datetime.combine(day, time(17, 45), zone()), 30, "", now, is_private=True)
    trip = monday + timedelta(days=9)
    add_event(calendar, Written("Formation : évaluer autrement", trip, trip + timedelta(days=2), "Canopé"), now)


def _add(
    calendar: CalendarOpen, planned: Sequence[tuple[int, time, int, str, str]], now: datetime, *, weekly: bool
) -> None:
    for weekday, hour, minutes, title, place in planned:
        monday = _this_monday(now) if weekly else _monday(now)
        start = datetime.combine(monday + timedelta(days=weekday), hour, zone())
        _put(calendar, title, start, minutes, place, now, rule="FREQ=WEEKLY;COUNT=40" if weekly else "")


def _put(
    calendar: CalendarOpen, title: str, start: datetime, minutes: int, place: str, now: datetime, *, rule: str = "",
    is_private: bool = False,
) -> None:  # fmt: skip
    end = start + timedelta(minutes=minutes)
    add_event(calendar, Written(title, start, end, place, rule=rule, is_private=is_private), now)


def _this_monday(now: datetime) -> date:
    """What comes every week has begun, so that the first page has something on it at the week's end too."""
    return today(now) - timedelta(days=today(now).weekday())


def _monday(now: datetime) -> date:
    """Of this week; at the week's end of the next: what comes once is still to come."""
    return _this_monday(now) + timedelta(days=7 if today(now).weekday() >= 5 else 0)


def _mark(seed: int, identifier: str) -> str:
    return hashlib.sha256(f"agenda/{seed}/{identifier}".encode()).hexdigest()
