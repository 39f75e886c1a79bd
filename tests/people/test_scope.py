"""Whom somebody looks after: their school, their department, the académie; for most, nobody."""

from datetime import UTC, date, datetime

import pytest

from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.decide import SECURITY_CORRESPONDENT, Duty, Level
from corneille.people.queries import set_state
from corneille.people.scope import find_scope, list_managed, list_over, list_waiting_places
from corneille.people.uai import format_uai
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, tzinfo=UTC)
TODAY = NOW.date()
ROUEN, DIEPPE, CAEN = format_uai(760095), format_uai(760096), format_uai(140017)
DSDEN, RECTORAT = format_uai(769002), format_uai(149001)


@pytest.fixture(autouse=True)
def academie(ground: Ground) -> None:
    add_domain("ac-demonstration.test", principal=True, now=NOW)
    for uai, kind in ((ROUEN, "lycee"), (DIEPPE, "college"), (CAEN, "lycee"), (DSDEN, "dsden"), (RECTORAT, "rectorat")):
        add_establishment(NewEstablishment(uai, f"{kind} {uai}", kind, "x"))


def see(kind: AccountType, uai: str, on: date = TODAY, until: date | None = None) -> set[str]:
    person = add_person(NewPerson(kind, "Anne", "Martin", NOW))
    add_assignment(person.id, uai, "x", TODAY, until)
    return {place.uai for place in list_managed(person.id, on)}


@pytest.mark.parametrize(
    ("kind", "uai", "seen"),
    [
        (AccountType.HEAD, ROUEN, {ROUEN}),
        (AccountType.SUPPORT, DSDEN, {ROUEN, DIEPPE, DSDEN}),
        (AccountType.SUPPORT, RECTORAT, {ROUEN, DIEPPE, CAEN, DSDEN, RECTORAT}),
        (AccountType.SUPPORT, ROUEN, set()),
        (AccountType.TEACHER, ROUEN, set()),
        (AccountType.STAFF, ROUEN, set()),
        (AccountType.SECURITY, RECTORAT, set()),
    ],
)
def test_each_sees_what_they_look_after(kind: AccountType, uai: str, seen: set[str]) -> None:
    assert see(kind, uai) == seen


def test_a_head_who_has_left_sees_nothing_of_the_school_any_more() -> None:
    assert see(AccountType.HEAD, ROUEN, on=date(2026, 10, 1), until=date(2026, 9, 30)) == set()


def test_those_who_wait_are_counted_by_school() -> None:
    head = add_person(NewPerson(AccountType.HEAD, "Anne", "Martin", NOW))
    add_assignment(head.id, ROUEN, "x", TODAY)
    for uai in (ROUEN, ROUEN, DIEPPE):
        new = add_person(NewPerson(AccountType.TEACHER, "Lucie", "Morel", NOW, state=AccountState.TO_ACTIVATE))
        add_assignment(new.id, uai, "x", TODAY)
    assert [(each.place.uai, each.count) for each in list_waiting_places(head.id, TODAY)] == [(ROUEN, 2)]


def test_who_looks_after_a_place_is_who_sees_it() -> None:
    people = {
        name: add_person(NewPerson(kind, name, "Martin", NOW)).id
        for name, kind in (
            ("near", AccountType.STAFF), ("beside", AccountType.STAFF), ("above", AccountType.TEACHER),
            ("top", AccountType.STAFF),
        )
    }  # fmt: skip
    for name, uai in (("near", ROUEN), ("beside", DIEPPE), ("above", DSDEN), ("top", RECTORAT)):
        add_assignment(people[name], uai, SECURITY_CORRESPONDENT.capitalize(), TODAY)
    assert list_over(Duty.WATCH, ROUEN, TODAY) == {
        Level.ESTABLISHMENT: [people["near"]], Level.DEPARTMENT: [people["above"]], Level.ACADEMIE: [people["top"]],
    }  # fmt: skip
    assert list_over(Duty.WATCH, CAEN, TODAY) == {Level.ACADEMIE: [people["top"]]}
    assert list_over(Duty.WATCH, "", TODAY) == {Level.ACADEMIE: [people["top"]]}
    assert list_over(Duty.HELP, ROUEN, TODAY) == {}


def test_who_is_suspended_sees_nobody_and_is_not_told() -> None:
    person = add_person(NewPerson(AccountType.SUPPORT, "Anne", "Martin", NOW))
    add_assignment(person.id, RECTORAT, "Assistance", TODAY)
    assert find_scope(person.id, Duty.HELP, TODAY)
    set_state(person.id, "suspended")
    assert not find_scope(person.id, Duty.HELP, TODAY)
    assert list_over(Duty.HELP, ROUEN, TODAY) == {}
