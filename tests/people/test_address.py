import pytest

from corneille.people.account_type import AccountState
from corneille.people.add import set_role_holder
from corneille.people.address import (
    is_local_domain,
    list_domains,
    resolve_address,
    split_address,
    suggest_addresses,
)
from corneille.people.send_as import may_send_as
from corneille.people.state import set_state

from .conftest import Add


@pytest.mark.parametrize(
    "address",
    [
        "zoe.lefevre@ac-demonstration.test",
        "ZOE.Lefevre@AC-EXEMPLE.test",
        "zoe.lefevre+liste@ac-demonstration.test",
        "zoe.lefevre@ac-demonstration.test.",
    ],
)
def test_every_form_of_an_address_reaches_its_person(add: Add, address: str) -> None:
    person = add("Zoé", "Lefèvre")
    assert resolve_address(address) == person.id
    assert may_send_as(person.id, address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "zoe.lefevre",
        "zoe.lefevre@ailleurs.test",
        "nobody@ac-exemple.test",
        "+x@ac-exemple.test",
        "a\0@ac-exemple.test",
    ],
)
def test_there_is_no_catch_all(add: Add, address: str) -> None:
    add("Zoé", "Lefèvre")
    assert resolve_address(address) is None


@pytest.mark.parametrize("role", ["postmaster", "abuse", "hostmaster", "security", "Postmaster"])
def test_the_roles_of_every_domain_reach_somebody(add: Add, role: str) -> None:
    holder = add("Nadia", "Benali")
    set_role_holder(holder.id)
    for domain in list_domains():
        assert resolve_address(f"{role}@{domain}") == holder.id
    assert resolve_address(f"{role}@ailleurs.test") is None


def test_postmaster_alone_is_ours(add: Add) -> None:
    holder = add("Nadia", "Benali")
    set_role_holder(holder.id)
    assert resolve_address("Postmaster") == holder.id
    assert resolve_address("abuse") is None


def test_nobody_writes_under_somebody_elses_address(add: Add) -> None:
    zoe, marie = add("Zoé", "Lefèvre"), add("Marie", "Dupont")
    assert not may_send_as(marie.id, zoe.principal_address)
    assert not may_send_as(marie.id, "zlefevre")
    assert not may_send_as(marie.id, "")


def test_an_ended_account_has_no_address_and_a_suspended_one_keeps_it(add: Add) -> None:
    zoe = add("Zoé", "Lefèvre")
    set_state(zoe.id, AccountState.SUSPENDED)
    assert resolve_address(zoe.principal_address) == zoe.id
    set_state(zoe.id, AccountState.ENDED)
    assert resolve_address(zoe.principal_address) is None


def test_domains_are_known_in_any_case(add: Add) -> None:
    assert is_local_domain("AC-Demonstration.TEST")
    assert is_local_domain("ac-exemple.test.")
    assert not is_local_domain("exemple.test")
    assert list_domains()[0] == "ac-demonstration.test"


@pytest.mark.parametrize("typed", ["lef", "Zoé L", "lefevre zoe", "zoe.lef", "LEFÈ"])
def test_completion_finds_a_person_by_any_beginning(add: Add, typed: str) -> None:
    add("Zoé", "Lefèvre")
    add("Marie", "Dupont")
    assert [each.address for each in suggest_addresses(typed, 8)] == ["zoe.lefevre@ac-demonstration.test"]


@pytest.mark.parametrize("typed", ["", "%", "_", "efevre", "x' OR 1=1 --"])
def test_completion_of_nothing_gives_nothing(add: Add, typed: str) -> None:
    add("Zoé", "Lefèvre")
    assert suggest_addresses(typed, 8) == []


def test_an_address_with_two_ats_is_cut_at_the_last(add: Add) -> None:
    assert split_address("a@b@c.test") == ("a@b", "c.test")
