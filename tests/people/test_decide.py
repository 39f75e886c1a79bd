"""Who sees whom: the whole table, for each duty, each kind of account, where it works, and what it may look at."""

from itertools import product

import pytest

from corneille.people.account_type import AccountType
from corneille.people.decide import (
    DIGITAL_CORRESPONDENT,
    DUTIES,
    NOBODY,
    SECURITY_CORRESPONDENT,
    Asker,
    Duty,
    Spot,
    decide_scope,
)

LYCEE, COLLEGE = Spot("0760095R", "lycee", "76"), Spot("0760096S", "college", "76")
FAR = Spot("0140017J", "lycee", "14")
DSDEN, RECTORAT = Spot("0769002C", "dsden", "76"), Spot("0769001B", "rectorat", "76")
PLACES = {"lycee": LYCEE, "college": COLLEGE, "far": FAR, "dsden": DSDEN, "rectorat": RECTORAT, "nowhere": None}
OWN = "lycee"
BELOW = "lycee college dsden"
ALL = "lycee college far dsden rectorat nowhere"

KINDS = {
    "head": (AccountType.HEAD, "Direction"), "support": (AccountType.SUPPORT, "Assistance"),
    "security": (AccountType.SECURITY, "RSSI"), "officer": (AccountType.DATA_PROTECTION, "Déléguée"),
    "teacher": (AccountType.TEACHER, "Enseignement"), "staff": (AccountType.STAFF, "Gestion"),
    "inspector": (AccountType.INSPECTOR, "Inspection"), "assistant": (AccountType.ASSISTANT, "Vie scolaire"),
    "partner": (AccountType.PARTNER, "Intervention"),
    "digital": (AccountType.TEACHER, DIGITAL_CORRESPONDENT), "guardian": (AccountType.STAFF, SECURITY_CORRESPONDENT),
}  # fmt: skip
TABLE: dict[tuple[Duty, str], tuple[str, str, str, str]] = {
    (Duty.DIRECT, "head"): (OWN, "dsden", "rectorat", ""),
    (Duty.LOOK_AFTER, "head"): (OWN, "dsden", "rectorat", ""),
    (Duty.LOOK_AFTER, "support"): ("", BELOW, ALL, ""),
    (Duty.HELP, "support"): ("", BELOW, ALL, ""),
    (Duty.CORRESPOND, "digital"): (OWN, "dsden", "rectorat", ""),
    (Duty.WATCH, "guardian"): (OWN, BELOW, ALL, ""),
    (Duty.JUDGE, "security"): (ALL, ALL, ALL, ALL),
    (Duty.SPEAK, "support"): ("", "", ALL, ""),
    (Duty.SPEAK, "security"): ("", "", ALL, ""),
    (Duty.PROTECT_DATA, "officer"): (ALL, ALL, ALL, ALL),
}
"""What each sees who works at the lycée, at the DSDEN, at the rectorat, nowhere. What is not here sees nobody."""


def ask(kind: str, *places: Spot) -> Asker:
    account_type, function = KINDS[kind]
    return Asker(account_type, tuple((place, function.casefold()) for place in places))


@pytest.mark.parametrize(("duty", "kind"), list(product(Duty, KINDS)))
def test_the_table_of_who_sees_whom(duty: Duty, kind: str) -> None:
    wanted = TABLE.get((duty, kind), ("", "", "", ""))
    for offices, seen in zip(((LYCEE,), (DSDEN,), (RECTORAT,), ()), wanted, strict=True):
        scope = decide_scope(ask(kind, *offices), duty)
        assert {name for name, place in PLACES.items() if scope.sees(place)} == set(seen.split()), offices
        assert bool(scope) is bool(seen)


def test_every_duty_is_somebodys() -> None:
    assert {duty for duty, _kind in TABLE} == set(Duty) == set(DUTIES)


def test_who_works_in_two_places_sees_both_and_nothing_between() -> None:
    scope = decide_scope(ask("head", LYCEE, FAR), Duty.LOOK_AFTER)
    assert scope.own_uais == {LYCEE.uai, FAR.uai}
    assert not scope.sees(COLLEGE)


def test_a_function_is_of_its_place_alone() -> None:
    asker = Asker(AccountType.TEACHER, ((LYCEE, SECURITY_CORRESPONDENT), (RECTORAT, "formation")))
    assert decide_scope(asker, Duty.WATCH).own_uais == {LYCEE.uai}
    assert not decide_scope(asker, Duty.WATCH).is_whole


def test_who_cannot_sign_in_sees_nobody() -> None:
    assert all(decide_scope(None, duty) == NOBODY for duty in Duty)
