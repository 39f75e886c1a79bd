"""Rules of the second factor: whom, where, for what, in which risk, from when; and what is wrong with one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from corneille.access.decide import Granted
from corneille.access.factor_policy import announce_rules, find_duty
from corneille.access.factor_rule import Moment, parse_rule
from corneille.access.facts import FactorDuty
from corneille.access.reason import Restriction
from corneille.kernel import settings
from corneille.kernel.settings import SettingsRefused
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, add_assignment, add_establishment
from corneille.people.find import Person
from corneille.run.ground import Ground

from .conftest import HOME, NOW, PASSWORD, Try

TYPES = set(AccountType)
OUTSIDE = Moment(is_declared_network=False)
UAI = "0760095R"
Rule = Callable[..., None]


@pytest.fixture
def rule(ground: Ground) -> Rule:
    """Sets the rules, without any grace."""

    def set_rules(*texts: str, declared: tuple[str, ...] = ()) -> None:
        factors = {"compulsory": texts, "grace_days_count": 0, "grace_sign_ins_count": 0}
        settings.load(None, {}, ground={"data": str(ground.data)}, factors=factors, access={"declared_networks": declared})

    return set_rules


@pytest.mark.parametrize(
    ("text", "functions", "moment", "holds"),
    [
        ("all", (), Moment(), True),
        ("enseignant", (), Moment(), True),
        ("direction", (), Moment(), False),
        ("all+function:Principal", ("principal",), Moment(), True),
        ("all+function:principal", ("professeur",), Moment(), False),
        ("enseignant+network:outside", (), Moment(), False),
        ("enseignant+network:outside", (), OUTSIDE, True),
        ("direction+network:outside", (), OUTSIDE, False),
        ("all+application:mail", (), Moment(), False),
        ("all+application:mail", (), Moment(application="mail"), True),
        ("all+risk:unusual", (), Moment(), False),
        ("all+risk:unusual", (), Moment(is_unusual=True), True),
        ("all+risk:unusual+network:outside", (), Moment(is_unusual=True), False),
    ],
)
def test_a_rule_holds_when_all_its_conditions_do(
    text: str, functions: tuple[str, ...], moment: Moment, holds: bool
) -> None:
    assert parse_rule(f"{text}=2027-01-04", TYPES).holds("enseignant", frozenset(functions), moment) is holds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("securite", "wants CONDITION=YYYY-MM-DD"),
        ("securite=4 janvier", "is not a day"),
        ("securité=2027-01-04", "is no account type"),
        ("all+network:inside=2027-01-04", "network:outside"),
        ("all+=2027-01-04", "is no account type"),
        ("function:=2027-01-04", "wants function:NAME"),
    ],
)
def test_one_that_cannot_be_read_says_what_would_be_right(rule: Rule, text: str, told: str) -> None:
    with pytest.raises(SettingsRefused, match=told):
        rule(text)


def test_the_same_person_is_asked_outside_and_not_at_school(zoe: Person, attempt: Try, rule: Rule) -> None:
    rule("enseignant+network:outside=2026-08-01", declared=("192.0.2.0/24",))
    at_school = attempt(PASSWORD, address=HOME).decision
    assert isinstance(at_school, Granted)
    assert Restriction.ENROL_FACTOR_FIRST not in at_school.restrictions
    assert Restriction.ENROL_FACTOR in at_school.restrictions
    outside = attempt(PASSWORD, address="203.0.113.5").decision
    assert isinstance(outside, Granted)
    assert Restriction.ENROL_FACTOR_FIRST in outside.restrictions


def test_a_function_counts_on_the_days_on_which_one_has_it(zoe: Person, rule: Rule) -> None:
    rule("all+function:principal=2026-08-01")
    assert find_duty(zoe.id, AccountType.TEACHER, NOW) is FactorDuty.OFFERED
    add_establishment(NewEstablishment(UAI, "Collège", "college", "Rouen"))
    add_assignment(zoe.id, UAI, "Principal", date(2026, 8, 1), date(2026, 9, 30))
    assert find_duty(zoe.id, AccountType.TEACHER, NOW) is FactorDuty.COMPULSORY
    assert find_duty(zoe.id, AccountType.TEACHER, NOW + timedelta(days=60)) is FactorDuty.OFFERED


def test_the_strictest_of_several_rules_wins(zoe: Person, rule: Rule) -> None:
    rule("enseignant+network:outside=2026-08-01", "all=2026-08-15")
    assert find_duty(zoe.id, AccountType.TEACHER, NOW) is FactorDuty.COMPULSORY


def test_only_those_whom_it_may_concern_are_told_beforehand(zoe: Person, rule: Rule) -> None:
    rule(f"direction={NOW.date() + timedelta(days=20)}")
    assert announce_rules(NOW) == 0
    rule(f"enseignant+network:outside={NOW.date() + timedelta(days=20)}")
    assert announce_rules(NOW) == 1
