"""Who is on a list and who may write to it: tables for what was said, properties for what must always hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.groups.decide import (
    Asker,
    Facts,
    Former,
    Origin,
    Reason,
    Rule,
    Term,
    Writers,
    Written,
    choose_lists,
    choose_rule,
    decide_members,
    decide_writer,
)
from corneille.kernel.ids import AccountId
from corneille.people.post import Post

AT = datetime(2026, 9, 3, 10, 0, tzinfo=UTC)
DAY = AT.date()
STANDS = Term(date(2026, 9, 1))
HOUR = timedelta(hours=1)
INES, YVES, LEA = AccountId(1), AccountId(2), AccountId(3)


def post(account: AccountId = INES, **changed: object) -> Post:
    told: dict[str, object] = {
        "uai": "U1", "department": "76", "function": "Enseignement", "subject": "Mathématiques",
        "from_on": date(2025, 9, 1), "until_on": None,
    }  # fmt: skip
    return Post(account, **{**told, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "is_on"),
    [
        (Rule(), False),
        (Rule("U1"), True),
        (Rule("U2"), False),
        (Rule(department="76"), True),
        (Rule(department="14"), False),
        (Rule("U1", subject="MATHÉMATIQUES"), True),
        (Rule("U1", subject="Lettres"), False),
        (Rule("U2", subject="Mathématiques"), False),
        (Rule(department="76", function="enseignement", subject="mathématiques"), True),
        (Rule(department="76", function="direction"), False),
    ],
)
def test_all_that_the_rule_says_must_hold_and_nothing_said_is_nobody(rule: Rule, is_on: bool) -> None:
    assert (INES in decide_members(1, {1: Facts(STANDS, rule, [post()])}, AT)) == is_on


@pytest.mark.parametrize(
    ("changed", "is_on"),
    [
        ({"from_on": DAY}, True),
        ({"from_on": DAY + timedelta(days=1)}, False),
        ({"until_on": DAY}, True),
        ({"until_on": DAY - timedelta(days=1)}, False),
    ],
)
def test_an_assignment_counts_from_its_first_day_to_its_last(changed: dict[str, object], is_on: bool) -> None:
    assert (INES in decide_members(1, {1: Facts(STANDS, Rule("U1"), [post(INES, **changed)])}, AT)) == is_on


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ([Written(YVES, False, AT)], Origin.HAND),
        ([Written(YVES, False, AT + HOUR)], None),
        ([Written(YVES, False, AT - HOUR, AT)], None),
        ([Written(YVES, False, AT - HOUR, AT + HOUR)], Origin.HAND),
        ([Written(YVES, False, AT), Written(YVES, True, AT - HOUR)], None),
        ([Written(YVES, False, AT), Written(YVES, True, AT - HOUR, AT)], Origin.HAND),
    ],
)
def test_what_was_written_by_hand_stands_between_its_instants(written: list[Written], origin: Origin | None) -> None:
    assert decide_members(1, {1: Facts(STANDS, Rule(), (), written)}, AT).get(YVES) == origin


def test_who_is_asked_for_by_the_rule_is_taken_out_by_hand() -> None:
    facts = Facts(STANDS, Rule("U1"), [post(), post(YVES)], [Written(INES, True, AT)])
    assert decide_members(1, {1: facts}, AT) == {YVES: Origin.RULE}
    assert set(decide_members(1, {1: facts}, AT - timedelta(seconds=1))) == {INES, YVES}


@pytest.mark.parametrize("term", [Term(DAY + timedelta(days=1)), Term(date(2026, 9, 1), DAY - timedelta(days=1))])
def test_nobody_is_on_a_list_that_is_not_in_force(term: Term) -> None:
    assert decide_members(1, {1: Facts(term, Rule("U1"), [post()])}, AT) == {}


def test_a_list_on_a_list_brings_its_people_but_for_those_who_are_taken_out() -> None:
    inner = Facts(STANDS, Rule("U1"), [post(), post(YVES)])
    outer = Facts(STANDS, Rule(), (), [Written(INES, False, AT), Written(YVES, True, AT)], inner=(2,))
    assert decide_members(1, {1: outer, 2: inner}, AT) == {INES: Origin.HAND}
    assert set(decide_members(2, {1: outer, 2: inner}, AT)) == {INES, YVES}


@pytest.mark.parametrize(("hours", "uai"), [(-3, "U1"), (-2, "U2"), (-1, "U3"), (0, "U3")])
def test_a_rule_that_was_changed_stays_that_of_the_past(hours: int, uai: str) -> None:
    former = [Former(Rule("U2"), AT - HOUR), Former(Rule("U1"), AT - 2 * HOUR)]
    assert choose_rule(Rule("U3"), former, AT + hours * HOUR) == Rule(uai)


EDGES = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 7), max_size=6), max_size=8)


@given(EDGES, st.integers(0, 7))
def test_lists_on_lists_end_whatever_loops_they_make_and_bring_everybody_once(
    inner: dict[int, list[int]], start: int
) -> None:
    chosen = choose_lists(start, inner)
    assert len(chosen) == len(set(chosen))
    assert chosen[0] == start
    assert all(other in chosen for each in chosen for other in inner.get(each, []))
    lists = {each: Facts(STANDS, Rule(), (), [Written(AccountId(each), False, AT)], inner.get(each, ())) for each in chosen}
    assert set(decide_members(start, lists, AT)) == {AccountId(each) for each in chosen}


WRITTEN = st.builds(
    Written, st.sampled_from([INES, YVES, LEA]), st.booleans(), st.integers(-5, 5).map(lambda hours: AT + hours * HOUR),
    st.none() | st.integers(-5, 5).map(lambda hours: AT + hours * HOUR),
)  # fmt: skip


@given(st.lists(WRITTEN, max_size=8), st.randoms())
def test_in_which_order_it_was_written_changes_nothing(written: list[Written], chance: object) -> None:
    shuffled = sorted(written, key=lambda _each: chance.random())  # type: ignore[attr-defined]
    posts = [post(), post(LEA)]
    told = [decide_members(1, {1: Facts(STANDS, Rule("U1"), posts, each)}, AT) for each in (written, shuffled)]
    assert told[0] == told[1]
    out = {
        each.account
        for each in written
        if each.is_out and each.from_at <= AT and not (each.until_at and each.until_at <= AT)
    }
    assert not out & set(told[0])


OURS = {"is_ours": True}


@pytest.mark.parametrize(
    ("writers", "asker", "reason"),
    [
        (Writers.MEMBERS, {}, Reason.OUTSIDE),
        (Writers.ACADEMIE, {}, Reason.OUTSIDE),
        (Writers.WORLD, {}, Reason.OPEN),
        (Writers.MEMBERS, {**OURS, "is_member": True}, Reason.IS_MEMBER),
        (Writers.MEMBERS, {**OURS, "works_there": True}, Reason.NOT_MEMBER),
        (Writers.MEMBERS, {**OURS, "owns": True}, Reason.OWNS),
        (Writers.ESTABLISHMENT, {**OURS, "works_there": True}, Reason.WORKS_THERE),
        (Writers.ESTABLISHMENT, {**OURS, "is_member": True}, Reason.NOT_THERE),
        (Writers.ACADEMIE, OURS, Reason.IS_OURS),
        (Writers.WORLD, OURS, Reason.IS_OURS),
        (Writers.OWNERS, {**OURS, "is_member": True, "works_there": True}, Reason.NOT_OWNER),
        (Writers.OWNERS, {**OURS, "owns": True}, Reason.OWNS),
    ],
)
def test_who_may_write(writers: Writers, asker: dict[str, bool], reason: Reason) -> None:
    assert decide_writer(writers, STANDS, Asker(**asker), DAY).reason is reason


@given(st.sampled_from(list(Writers)), st.builds(Asker, *[st.booleans()] * 4), st.integers(-3, 3))
def test_to_a_list_that_is_not_in_force_nobody_writes_and_the_outside_only_to_an_open_one(
    writers: Writers, asker: Asker, days: int
) -> None:
    decision = decide_writer(writers, Term(DAY, DAY), asker, DAY + timedelta(days=days))
    if days:
        assert decision.reason in {Reason.NOT_BEGUN, Reason.OVER, Reason.OUTSIDE}
        assert not decision.may
    if not asker.is_ours:
        assert decision.may == (writers is Writers.WORLD and not days)
