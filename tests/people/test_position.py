"""What assignments give of a position's mail: a table of cases, then the operations on rows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountType
from corneille.people.add_position import NewPosition, PositionRefused, add_position, end_position, give, take
from corneille.people.find import find_person
from corneille.people.position import find_held, list_held, list_holders
from corneille.people.position_right import PositionFacts, PositionRight, PositionRule, Term, decide
from corneille.people.post import Post
from corneille.run.ground import Ground
from tests.positions import BEGAN, HEAD, ON_BEHALF, READ, SECRETARY, SEND_AS, UAI, WRITE, found_positions
from tests.transport.school import NOW

DAY = date(2026, 10, 1)
WHOLE = Term(date(2026, 9, 1), date(2027, 8, 31))
RULE = PositionRule("Direction", frozenset({READ, WRITE}), WHOLE)
FACTS = PositionFacts("0760095R", Term(date(2020, 1, 1)), (RULE,))


def post(function: str = "Direction", uai: str = "0760095R", from_on: date = BEGAN, until_on: date | None = None) -> Post:
    return Post(AccountId(1), uai, "76", function, "", from_on, until_on)


@pytest.mark.parametrize(
    ("posts", "on", "rights"),
    [
        ([post()], DAY, {READ, WRITE}),
        ([post(function="DIRECTION")], DAY, {READ, WRITE}),
        ([post(function="Secrétariat")], DAY, set()),
        ([post(uai="0760096S")], DAY, set()),
        ([post(until_on=DAY)], DAY, {READ, WRITE}),
        ([post(until_on=DAY)], DAY + timedelta(days=1), set()),
        ([post(from_on=DAY + timedelta(days=1))], DAY, set()),
        ([post()], date(2027, 8, 31), {READ, WRITE}),
        ([post()], date(2027, 9, 1), set()),
        ([], DAY, set()),
    ],
)
def test_rights_follow_the_assignment(posts: list[Post], on: date, rights: set[PositionRight]) -> None:
    assert decide(FACTS, posts, on).rights == rights


def test_the_reason_says_the_function_and_the_first_of_all_ends() -> None:
    (why,) = decide(FACTS, [post(until_on=date(2027, 1, 31))], DAY).because
    assert (why.function, why.until_on) == ("Direction", date(2027, 1, 31))
    (why,) = decide(FACTS, [post()], DAY).because
    assert why.until_on == date(2027, 8, 31)


def test_two_functions_add_up() -> None:
    other = PositionRule("Secrétariat", frozenset({READ, ON_BEHALF}), WHOLE)
    both = PositionFacts(FACTS.uai, FACTS.term, (RULE, other))
    assert decide(both, [post(), post("Secrétariat")], DAY).rights == {READ, WRITE, ON_BEHALF}


DAYS = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(DAYS, st.none() | DAYS, DAYS)
def test_nothing_is_given_outside_the_assignment(from_on: date, until_on: date | None, on: date) -> None:
    given_rights = decide(FACTS, [post(from_on=from_on, until_on=until_on)], on).rights
    works_there = from_on <= on and (until_on is None or on <= until_on)
    assert bool(given_rights) == (works_there and WHOLE.holds(on))


def test_who_has_which_position_and_who_has_none(ground: Ground) -> None:
    school = found_positions()
    held = {each.position.label: each.decision.rights for each in list_held(school.head.account, NOW)}
    assert held == {f"direction {UAI}": {READ, WRITE, SEND_AS, ON_BEHALF}, f"secrétariat {UAI}": {READ}}
    held = {each.position.name: each.decision.rights for each in list_held(school.secretary.account, NOW)}
    assert held == {"direction": {READ, ON_BEHALF}, "secrétariat": {READ, WRITE, SEND_AS, ON_BEHALF}}
    assert list_held(school.teacher.account, NOW) == []
    assert find_held(school.teacher.account, school.direction, NOW) is None
    assert find_held(school.head.account, school.teacher.account, NOW) is None
    assert [each.name for each in list_holders(school.office, BEGAN)] == ["François Muller", "Yann Cordier", "Éloïse Bézier"]


def test_a_position_has_an_address_and_the_account_is_nobodys(ground: Ground) -> None:
    school = found_positions()
    person = find_person(school.office)
    assert person is not None
    assert (person.type, person.principal_address) == (AccountType.FUNCTIONAL, f"secretariat.{UAI.lower()}@ac-demo.test")


def test_what_is_taken_back_ends_and_what_is_given_anew_replaces(ground: Ground) -> None:
    school = found_positions()
    give(school.direction, SECRETARY, [WRITE], Term(date(2026, 9, 10)), NOW)
    later = NOW + timedelta(days=9)
    held = find_held(school.secretary.account, school.direction, NOW)
    assert held is not None
    assert held.decision.rights == {READ, ON_BEHALF}
    assert held.decision.because[0].until_on == date(2026, 9, 9)
    held = find_held(school.secretary.account, school.direction, later)
    assert held is not None
    assert held.decision.rights == {READ, WRITE}
    take(school.direction, SECRETARY, None, NOW)
    assert find_held(school.secretary.account, school.direction, NOW) is None
    assert find_held(school.secretary.account, school.direction, later) is None
    end_position(school.direction, BEGAN, NOW)
    assert find_held(school.head.account, school.direction, NOW) is not None
    assert find_held(school.head.account, school.direction, NOW + timedelta(days=1)) is None


def test_what_cannot_be_made_is_refused(ground: Ground) -> None:
    school = found_positions()
    for new, reason in (
        (NewPosition("a/b", UAI, BEGAN), "name"),
        (NewPosition("direction", UAI, BEGAN), "taken"),
        (NewPosition("gestion", "0760096X", BEGAN), "establishment"),
        (NewPosition("gestion", UAI, BEGAN, BEGAN - timedelta(days=1)), "term"),
        (NewPosition("gestion", UAI, BEGAN, None, "ines.allard"), "local-part"),
    ):
        with pytest.raises(PositionRefused) as refused:
            add_position(new, NOW)
        assert refused.value.data["reason"] == reason
    for function, rights, reason in (("", [READ], "function"), (HEAD, [], "rights")):
        with pytest.raises(PositionRefused) as refused:
            give(school.direction, function, rights, Term(BEGAN), NOW)
        assert refused.value.data["reason"] == reason
    with pytest.raises(PositionRefused) as refused:
        take(school.direction, "Intendance", None, NOW)
    assert refused.value.data["reason"] == "there"
