"""Agendas of teams and establishments: theirs, whoever made them and wherever they went."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from corneille.calendar.decide import name_establishment, name_list, name_team
from corneille.calendar.feed import make_feed, read_feed
from corneille.calendar.give_calendar import give_calendar
from corneille.calendar.level import Level
from corneille.calendar.list_objects import list_objects
from corneille.calendar.make_calendar import CalendarRefused, drop_calendar, make_calendar, rename_calendar
from corneille.calendar.make_group_calendar import make_establishment_calendar, make_team_calendar
from corneille.calendar.open_calendar import CalendarOpen, RightMissing, list_calendars, open_calendar
from corneille.calendar.own_team import list_own_teams
from corneille.calendar.put_object import put_object
from corneille.calendar.share import (
    ShareRefused,
    drop_share,
    leave_calendar,
    list_shares,
    share_with_group,
    share_with_person,
)
from corneille.groups.add import NewGroup, add_group, end_group
from corneille.groups.decide import Keeper, Rule, Term, Writers
from corneille.groups.entry import add_member, take_out
from corneille.kernel.journal import list_lines
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState
from corneille.people.add import add_assignment
from corneille.people.find import Person
from corneille.people.models import Account, Assignment
from corneille.people.state import set_state
from tests.calendar.conftest import NOW, OTHER_UAI, UAI, School, event

TODAY = NOW.date()
TEAM = name_team(UAI, "Enseignement")


def open_for(person: Person, number: int, level: Level = Level.FREE_BUSY, now: datetime = NOW) -> CalendarOpen:
    return open_calendar(person.id, number, level, now)


def make_list(school: School, *people: Person, uai: str = UAI) -> int:
    """« Équipe de 6e A », kept by the head."""
    new = NewGroup(
        "equipe-6a", "Équipe de 6e A", uai, Keeper.HEAD, Writers.MEMBERS, Rule(), Term(date(2026, 9, 1)),
    )  # fmt: skip
    number = add_group(new, NOW)
    for person in people:
        add_member(number, person.id, NOW, by=None)
    return number


def end_assignments(person: Person, last: date) -> None:
    Assignment.objects.filter(account_id=person.id).update(until_on=last)


def test_the_agenda_of_a_function_is_the_teams_and_its_maker_and_the_head_manage_it(school: School) -> None:
    number = make_team_calendar(school.claire.id, TEAM, "Équipe pédagogique", NOW)
    for person, level in ((school.claire, Level.MANAGE), (school.head, Level.MANAGE), (school.paul, Level.WRITE)):
        opened = open_for(person, number)
        assert (opened.level, opened.kind, opened.owner_id) == (level, "team", None)
        assert opened.owner == f"Enseignement, Lycée {UAI}"
    with pytest.raises(Gone):
        open_for(school.stranger, number)
    [line] = [each for each in list_lines(school.claire.id, 5) if each.action == "calendar-made"]
    assert line.data["to"] == TEAM


@pytest.mark.parametrize("how", ["leaves", "suspended", "deleted"])
def test_it_stays_when_its_maker_goes(school: School, how: str) -> None:
    number = make_team_calendar(school.claire.id, TEAM, "Équipe pédagogique", NOW)
    put_object(open_for(school.claire, number), "a.ics", event("a"), NOW)
    secret = make_feed(open_for(school.claire, number), "écran", NOW, with_details=True)
    assert read_feed(secret, NOW)
    later = NOW + timedelta(days=2)
    if how == "leaves":
        end_assignments(school.claire, TODAY)
    elif how == "suspended":
        set_state(school.claire.id, AccountState.SUSPENDED)
    else:
        Account.objects.get(pk=school.claire.id).delete()
    for person, level in ((school.paul, Level.WRITE), (school.head, Level.MANAGE)):
        opened = open_for(person, number, level, later)
        assert [each.name for each in list_objects(opened)] == ["a.ics"]
    with pytest.raises(Gone):
        open_for(school.claire, number, now=later)
    with pytest.raises(Gone):
        read_feed(secret, later)
    put_object(open_for(school.paul, number, now=later), "b.ics", event("b"), later)
    rename_calendar(open_for(school.head, number, now=later), name="Équipe")


def test_a_list_has_an_agenda_and_rights_follow_who_is_on_it(school: School) -> None:
    listed = make_list(school, school.claire, school.paul)
    number = make_team_calendar(school.claire.id, name_list(listed), "6e A", NOW)
    assert open_for(school.paul, number).level is Level.WRITE
    assert open_for(school.paul, number).owner == "Équipe de 6e A"
    assert open_for(school.head, number).level is Level.MANAGE
    assert number in {each.id for each in list_calendars(school.paul.id, NOW)}
    tomorrow = NOW + timedelta(days=1)
    for person in (school.claire, school.paul):
        take_out(listed, person.id, tomorrow, by=None)
        with pytest.raises(Gone):
            open_for(person, number, now=tomorrow)
        assert number not in {each.id for each in list_calendars(person.id, tomorrow)}
    add_member(listed, school.stranger.id, tomorrow, by=None)
    assert open_for(school.stranger, number, now=tomorrow).level is Level.WRITE
    end_group(listed, TODAY + timedelta(days=3), tomorrow, by=None)
    with pytest.raises(Gone):
        open_for(school.stranger, number, now=NOW + timedelta(days=4))
    assert open_for(school.head, number, now=NOW + timedelta(days=4)).level is Level.MANAGE


def test_it_stays_with_its_managers_when_the_lists_right_is_taken_back(school: School) -> None:
    listed = make_list(school, school.claire, school.paul)
    number = make_team_calendar(school.claire.id, name_list(listed), "6e A", NOW)
    opened = open_for(school.claire, number)
    [share] = [each for each in list_shares(opened, NOW) if each.kind == "list"]
    drop_share(opened, share.id, NOW)
    for person, sees in ((school.claire, True), (school.paul, False)):
        assert (number in {each.id for each in list_calendars(person.id, NOW)}) is sees
    assert open_for(school.claire, number).level is Level.MANAGE


def test_who_is_on_a_list_by_its_rule_has_its_agenda(school: School) -> None:
    new = NewGroup(
        "profs", "Professeurs", UAI, Keeper.COMPUTED, Writers.MEMBERS, Rule(UAI, function="Enseignement"),
        Term(date(2026, 9, 1)),
    )  # fmt: skip
    computed = add_group(new, NOW)
    assert name_list(computed) not in {each.key for each in list_own_teams(school.claire.id, NOW)}
    with pytest.raises(CalendarRefused):
        make_team_calendar(school.claire.id, name_list(computed), "Professeurs", NOW)
    number = make_team_calendar(school.head.id, name_list(computed), "Professeurs", NOW)
    assert number in {each.id for each in list_calendars(school.paul.id, NOW)}
    assert number not in {each.id for each in list_calendars(school.stranger.id, NOW)}
    end_assignments(school.paul, TODAY)
    assert number not in {each.id for each in list_calendars(school.paul.id, NOW + timedelta(days=1))}


def test_only_a_team_and_its_head_make_its_agenda(school: School) -> None:
    listed, elsewhere = make_list(school, school.paul), name_team(OTHER_UAI, "Enseignement")
    for person, key in (
        (school.claire, name_list(listed)), (school.claire, elsewhere), (school.head, elsewhere),
        (school.claire, "list/999"),
        (school.claire, name_establishment(UAI)), (school.claire, "person/1"), (school.claire, name_team(UAI, "Direction")),
    ):  # fmt: skip
        with pytest.raises(CalendarRefused) as refused:
            make_team_calendar(person.id, key, "x", NOW)
        assert refused.value.data["reason"] == "not-team"
    assert make_team_calendar(school.head.id, name_list(listed), "6e A", NOW)
    assert [each.name for each in list_own_teams(school.claire.id, NOW)] == [f"Enseignement, Lycée {UAI}"]
    assert {each.key for each in list_own_teams(school.head.id, NOW)} == {
        TEAM, name_team(UAI, "Direction"), name_list(listed),
    }  # fmt: skip


def test_its_people_alone_can_be_let_manage_it(school: School) -> None:
    for number in (
        make_team_calendar(school.claire.id, TEAM, "Équipe", NOW),
        make_establishment_calendar(school.head.id, UAI, "Vie", NOW),
    ):  # fmt: skip
        opened = open_for(school.head, number)
        with pytest.raises(ShareRefused) as refused:
            share_with_person(opened, "ldurand", Level.MANAGE, TODAY, None, NOW)
        assert refused.value.data["reason"] == "not-of-it"
        share_with_person(opened, "ldurand", Level.WRITE, TODAY, TODAY + timedelta(days=3), NOW)
        assert open_for(school.stranger, number).level is Level.WRITE
        share_with_person(opened, "ppetit", Level.MANAGE, TODAY, None, NOW)
        assert open_for(school.paul, number).level is Level.MANAGE


def test_who_is_let_manage_before_they_come_does_so_from_then_on(school: School) -> None:
    number = make_team_calendar(school.claire.id, TEAM, "Équipe", NOW)
    comes = TODAY + timedelta(days=10)
    add_assignment(school.stranger.id, UAI, "Enseignement", comes)
    share_with_person(open_for(school.claire, number), "ldurand", Level.MANAGE, comes, None, NOW)
    with pytest.raises(Gone):
        open_for(school.stranger, number)
    at = datetime.combine(comes, time(9), ZoneInfo("Europe/Paris"))
    assert open_for(school.stranger, number, now=at).level is Level.MANAGE


def test_ones_own_agenda_is_handed_over_with_what_is_in_it(school: School) -> None:
    agenda = open_for(school.claire, make_calendar(school.claire.id, "Sorties", NOW))
    put_object(agenda, "a.ics", event("a"), NOW)
    give_calendar(agenda, TEAM, NOW)
    assert open_for(school.paul, agenda.id).level is Level.WRITE
    assert open_for(school.claire, agenda.id).level is Level.MANAGE
    assert [each.name for each in list_objects(open_for(school.head, agenda.id))] == ["a.ics"]
    assert any(each.action == "calendar-given" for each in list_lines(school.claire.id, 5))
    own, given = school.agenda(school.claire), open_for(school.claire, agenda.id)
    for calendar, key, reason in ((own, TEAM, "first"), (given, TEAM, "not-yours")):
        with pytest.raises(CalendarRefused) as refused:
            give_calendar(calendar, key, NOW)
        assert refused.value.data["reason"] == reason
    other = open_for(school.claire, make_calendar(school.claire.id, "Autre", NOW))
    with pytest.raises(CalendarRefused):
        give_calendar(other, name_team(OTHER_UAI, "Enseignement"), NOW)


def test_who_manages_it_from_outside_the_team_goes_on_writing_when_it_is_handed_over(school: School) -> None:
    agenda = open_for(school.claire, make_calendar(school.claire.id, "Sorties", NOW))
    last = TODAY + timedelta(days=3)
    for identifier in ("ldurand", "ppetit", "amartin"):
        share_with_person(agenda, identifier, Level.MANAGE, TODAY, last, NOW)
    give_calendar(agenda, TEAM, NOW)
    for person, level in ((school.stranger, Level.WRITE), (school.paul, Level.MANAGE), (school.head, Level.MANAGE)):
        assert open_for(person, agenda.id).level is level
    [lowered] = [each for each in list_shares(open_for(school.claire, agenda.id), NOW) if each.name == "Lucie Durand"]
    assert (lowered.level, lowered.until_on, lowered.is_over) == (Level.WRITE, last, False)
    told = [each.data["level"] for each in list_lines(school.stranger.id, 5) if each.action == "calendar-shared"]
    assert "write" in told


def test_the_right_of_who_left_the_team_is_shown_as_over(school: School) -> None:
    number = make_team_calendar(school.claire.id, TEAM, "Équipe", NOW)
    share_with_person(open_for(school.claire, number), "ppetit", Level.MANAGE, TODAY, None, NOW)
    share_with_person(open_for(school.claire, number), "ldurand", Level.WRITE, TODAY, None, NOW)
    end_assignments(school.paul, TODAY)
    for days, over in ((0, set()), (1, {"Paul Petit"})):
        now = NOW + timedelta(days=days)
        shares = list_shares(open_for(school.head, number, now=now), now)
        assert {each.name for each in shares if each.is_over} == over
    with pytest.raises(Gone):
        open_for(school.paul, number, now=NOW + timedelta(days=1))


def test_the_right_of_the_head_who_made_it_is_not_over(school: School) -> None:
    number = make_team_calendar(school.head.id, TEAM, "Équipe", NOW)
    assert [each.is_over for each in list_shares(open_for(school.head, number), NOW)] == [False, False]


def test_who_reads_or_writes_neither_shares_nor_removes_it(school: School) -> None:
    number = make_team_calendar(school.claire.id, TEAM, "Équipe", NOW)
    with pytest.raises(RightMissing):
        drop_calendar(school.paul.id, number, NOW)
    with pytest.raises(Gone):
        leave_calendar(open_for(school.paul, number), NOW)
    drop_calendar(school.head.id, number, NOW)
    with pytest.raises(Gone):
        open_for(school.claire, number)


def test_an_agenda_is_shared_with_a_list_that_one_is_on(school: School) -> None:
    listed = make_list(school, school.claire, school.stranger)
    agenda = school.agenda(school.claire)
    share_with_group(agenda, name_list(listed), Level.READ, TODAY, None, NOW)
    assert [(each.kind, each.name) for each in list_shares(agenda, NOW)] == [("list", "Équipe de 6e A")]
    assert open_for(school.stranger, agenda.id).level is Level.READ
    for person, key in ((school.paul, name_list(listed)), (school.paul, "list/999"), (school.paul, "person/1")):
        with pytest.raises(ShareRefused) as refused:
            share_with_group(school.agenda(person), key, Level.READ, TODAY, None, NOW)
        assert refused.value.data["reason"] == "not-yours"
