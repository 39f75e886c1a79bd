"""Whom an address reaches; what a list is called is nobody else's; what is written by hand is dated and journalled."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from corneille.groups.add import Change, NewGroup, add_group, add_group_of_head, change_group, end_group
from corneille.groups.audience import ListRefused, find_audience
from corneille.groups.decide import Keeper, Origin, Rule, Term, Writers
from corneille.groups.entry import add_inner, add_member, take_inner_out, take_out
from corneille.groups.gate import list_members, list_opened, open_group
from corneille.groups.group import GroupRefused
from corneille.groups.suggest import suggest_groups
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewPerson, PersonRefused, add_person
from corneille.people.state import set_state
from tests.groups.conftest import BEGAN, MATHS, OTHER_UAI, UAI, College, accounts, addresses, make
from tests.transport.school import DOMAIN, NOW, Member

LATER = NOW + timedelta(days=2)


def reached(writer: AccountId | None, *named: str) -> list[str]:
    return [person.address for person in find_audience(writer, named, LATER).people]


def test_a_list_of_a_subject_reaches_who_teaches_it_there(college: College) -> None:
    assert reached(college.ines.account, MATHS) == [college.ines.address, college.yves.address]
    assert reached(college.ines.account, "MATHS+note@AC-demo.test", "paul@example.net") == [
        college.ines.address, college.yves.address,
    ]  # fmt: skip
    assert find_audience(college.ines.account, [MATHS, "paul@example.net"], LATER).rest == ("paul@example.net",)


@pytest.mark.parametrize("who", ["lea", "secretary", "stranger"])
def test_who_is_not_on_it_is_told_why_not(college: College, who: str) -> None:
    member: Member = getattr(college, who)
    with pytest.raises(ListRefused) as refused:
        reached(member.account, MATHS)
    assert refused.value.data["reason"] == "not-member"
    assert refused.value.data["address"] == MATHS
    with pytest.raises(ListRefused, match="outside"):
        reached(None, MATHS)


def test_the_digest_is_that_of_these_very_people(college: College) -> None:
    before = find_audience(college.ines.account, [MATHS], LATER).digest
    assert find_audience(college.head.account, [MATHS, "x@example.net"], LATER).digest == before
    add_member(college.maths, college.lea.account, LATER, by=None)
    assert find_audience(college.ines.account, [MATHS], LATER).digest != before
    assert find_audience(college.ines.account, ["x@example.net"], LATER).digest == ""


def test_two_lists_bring_a_person_once(college: College) -> None:
    make("tous", writers=Writers.ESTABLISHMENT, rule=Rule(UAI))
    both = reached(college.ines.account, MATHS, f"tous@{DOMAIN}")
    assert len(both) == len(set(both))
    assert set(both) == addresses(*college.people)


def test_a_list_on_itself_by_another_is_expanded_once(college: College) -> None:
    around = make("autour")
    add_inner(around, college.maths, NOW, by=None)
    add_inner(college.maths, around, NOW, by=None)
    add_member(around, college.lea.account, NOW, by=None)
    assert set(reached(college.lea.account, MATHS)) == addresses(college.ines, college.yves, college.lea)
    take_inner_out(college.maths, around, LATER, by=None)
    assert set(reached(college.ines.account, MATHS)) == addresses(college.ines, college.yves)


def test_the_head_adds_and_takes_out_and_past_days_stay_known(college: College) -> None:
    opened = open_group(college.head.account, college.maths, NOW)
    assert opened.keeps
    add_member(college.maths, college.lea.account, NOW + timedelta(days=1), by=college.head.account)
    take_out(college.maths, college.yves.account, LATER, by=college.head.account)
    days = {
        on: {each.person.account: each.origin for each in list_members(opened.group, LATER, date(2026, 9, on))}
        for on in (1, 2, 3)
    }
    assert set(days[1]) == accounts(college.ines, college.yves)
    assert days[2][college.lea.account] is Origin.HAND
    assert set(days[2]) == accounts(college.ines, college.yves, college.lea)
    assert set(days[3]) == accounts(college.ines, college.lea)
    add_member(college.maths, college.yves.account, LATER + timedelta(days=1), by=college.head.account)
    again = list_members(opened.group, LATER + timedelta(days=1))
    assert {each.person.account: each.origin for each in again}[college.yves.account] is Origin.RULE


def test_a_changed_rule_leaves_the_past_as_it_was(college: College) -> None:
    group = open_group(college.head.account, college.maths, NOW).group
    change = Change("Lettres", Writers.MEMBERS, Rule(UAI, subject="Lettres modernes"), None)
    change_group(college.maths, change, LATER, by=college.head.account)
    assert [each.person.account for each in list_members(group, LATER)] == [college.lea.account]
    before = {each.person.account for each in list_members(group, LATER, date(2026, 9, 2))}
    assert before == accounts(college.ines, college.yves)


def test_nobody_but_its_head_changes_a_list_and_strangers_do_not_see_it(college: College) -> None:
    for who in (college.ines, college.stranger):
        with pytest.raises(Gone):
            add_member(college.maths, college.lea.account, LATER, by=who.account)
        with pytest.raises(Gone):
            end_group(college.maths, date(2026, 9, 30), LATER, by=who.account)
    with pytest.raises(Gone):
        open_group(college.stranger.account, college.maths, LATER)
    computed = make("calcul", keeper=Keeper.COMPUTED, rule=Rule(UAI))
    with pytest.raises(Gone):
        take_out(computed, college.ines.account, LATER, by=college.head.account)
    assert [each.group.id for each in list_opened(college.ines.account, LATER)] == [computed, college.maths]
    assert list_opened(college.stranger.account, LATER) == []


def test_a_head_makes_lists_of_the_establishment_and_no_other(college: College) -> None:
    new = NewGroup("", "Conseil", UAI, Keeper.HEAD, Writers.OWNERS, Rule(UAI, function="direction"), Term(BEGAN))
    number = add_group_of_head("conseil", new, NOW, by=college.head.account)
    address = f"conseil.{UAI.lower()}@{DOMAIN}"
    assert open_group(college.head.account, number, NOW).group.address == address
    assert reached(college.head.account, address) == [college.head.address]
    for wrong, reason in (
        (replace(new, writers=Writers.WORLD), "open"),
        (replace(new, rule=Rule(OTHER_UAI)), "there"),
        (replace(new, rule=Rule(department="76")), "there"),
        (replace(new, title=" "), "title"),
        (replace(new, term=Term(BEGAN, date(2026, 8, 1))), "term"),
        (new, "taken"),
    ):
        with pytest.raises(GroupRefused) as refused:
            add_group_of_head("conseil", wrong, NOW, by=college.head.account)
        assert refused.value.data["reason"] == reason
    with pytest.raises(Gone):
        add_group_of_head("vol", replace(new, uai=OTHER_UAI), NOW, by=college.head.account)


def test_the_address_of_a_list_is_never_that_of_a_person(college: College) -> None:
    with pytest.raises(GroupRefused, match="taken"):
        make("ines.allard")
    make("paul.durand")
    person = add_person(NewPerson(AccountType.TEACHER, "Paul", "Durand", NOW))
    assert person.principal_address == f"paul.durand1@{DOMAIN}"
    with pytest.raises(PersonRefused):
        add_person(NewPerson(AccountType.FUNCTIONAL, "", "Maths", NOW, local_part="maths"))
    for local in ("postmaster", "Maths", "a..b", "", "é"):
        with pytest.raises(GroupRefused):
            make(local)
    with pytest.raises(GroupRefused, match="owners"):
        add_group(NewGroup("z", "Z", "", Keeper.COMPUTED, Writers.OWNERS, Rule(UAI), Term(BEGAN)), NOW)


def test_a_list_that_is_over_or_empty_says_so(college: College) -> None:
    make("vide")
    with pytest.raises(ListRefused, match="nobody"):
        reached(college.head.account, f"vide@{DOMAIN}")
    end_group(college.maths, date(2026, 9, 2), LATER, by=college.head.account)
    with pytest.raises(ListRefused, match="over"):
        reached(college.ines.account, MATHS)
    with pytest.raises(GroupRefused, match="term"):
        end_group(college.maths, date(2026, 8, 1), LATER, by=college.head.account)


def test_who_has_left_gets_nothing_more_and_stays_on_past_days(college: College) -> None:
    set_state(college.yves.account, AccountState.ENDED)
    assert reached(college.ines.account, MATHS) == [college.ines.address]
    group = open_group(college.ines.account, college.maths, LATER).group
    assert [(each.person.name, each.person.address) for each in list_members(group, LATER)] == [
        ("Inès Allard", college.ines.address), ("Yves Barbier", ""),
    ]  # fmt: skip


def test_only_lists_that_one_may_write_to_are_suggested(college: College) -> None:
    assert [each.address for each in suggest_groups(college.ines.account, "lis MÂT", 5, LATER)] == [MATHS]
    assert [each.address for each in suggest_groups(college.ines.account, "maths@", 5, LATER)] == [MATHS]
    assert suggest_groups(college.lea.account, "maths", 5, LATER) == []
    assert suggest_groups(college.ines.account, "", 5, LATER) == []
