import sqlite3
import threading

import pytest
from django.db import connections

from corneille.kernel.refusal import Gone
from corneille.people.account_type import AccountType
from corneille.people.add import (
    DomainRefused,
    EstablishmentRefused,
    NewEstablishment,
    PersonRefused,
    add_assignment,
    add_domain,
    add_establishment,
)
from corneille.people.find import find_account
from corneille.run.ground import Ground

from .conftest import NOW, Add


def test_homonyms_are_numbered_in_identifier_and_address(add: Add) -> None:
    first, second = add("Marie", "Dupont"), add("Marie", "Dupont")
    third = add("Maurice", "Dupont")
    assert [each.identifier for each in (first, second, third)] == ["mdupont", "mdupont1", "mdupont2"]
    assert second.addresses == ("marie.dupont1@ac-demonstration.test", "marie.dupont1@ac-exemple.test")
    assert third.principal_address == "maurice.dupont@ac-demonstration.test"


def test_a_domain_added_later_gives_everybody_an_alias(add: Add) -> None:
    add("Zoé", "Lefèvre")
    add_domain("ac-autre.test", now=NOW)
    person = find_account("zoe.lefevre@ac-autre.test")
    assert person is not None
    assert person.principal_address == "zoe.lefevre@ac-demonstration.test"


@pytest.mark.parametrize("name", ["", "sans-point", "a b.test", "x@y.test", "é.test", "a\r\n.test", "ac-exemple.test"])
def test_a_domain_that_is_none_or_is_here_is_refused(add: Add, name: str) -> None:
    with pytest.raises(DomainRefused):
        add_domain(name, now=NOW)


@pytest.mark.parametrize(
    ("given_name", "family_name", "reason"),
    [
        ("Zoé", "", "empty"),
        ("Zoé", "Le\r\nBcc: x", "characters"),
        ("Zoé\0", "Lefèvre", "characters"),
        ("Z" * 101, "Lefèvre", "too-long"),
        ("丽", "王", "no-latin-letter"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(add: Add, given_name: str, family_name: str, reason: str) -> None:
    with pytest.raises(PersonRefused) as refused:
        add(given_name, family_name)
    assert refused.value.data["reason"] == reason


def test_a_numen_belongs_to_one_person_and_is_never_written_down(add: Add, ground: Ground) -> None:
    add("Zoé", "Lefèvre", numen="17E0501234ABC")
    with pytest.raises(PersonRefused) as refused:
        add("Marie", "Dupont", numen="17e 0501234abc")
    assert (refused.value.data["field"], refused.value.data["reason"]) == ("numen", "taken")
    connections.close_all()
    with sqlite3.connect(ground.data / "corneille.sqlite3") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    assert "zlefevre" in dump
    assert "0501234" not in dump


def test_a_position_has_the_address_that_it_is_given(add: Add) -> None:
    mailbox = add("", "Collège Alice-Guy", type=AccountType.FUNCTIONAL, local_part="ce.0149101s")
    assert mailbox.principal_address == "ce.0149101s@ac-demonstration.test"
    with pytest.raises(PersonRefused):
        add("", "Autre", type=AccountType.FUNCTIONAL, local_part="ce.0149101s")
    with pytest.raises(PersonRefused):
        add("", "Autre", type=AccountType.FUNCTIONAL, local_part="postmaster")
    with pytest.raises(PersonRefused):
        add("", "Autre", type=AccountType.FUNCTIONAL, local_part="a\r\nb")


def test_establishments_want_a_right_code_and_assignments_a_known_one(add: Add) -> None:
    person = add("Zoé", "Lefèvre")
    add_establishment(NewEstablishment("0760095R", "Collège Alice-Guy", "college", "Clairval"))
    with pytest.raises(EstablishmentRefused):
        add_establishment(NewEstablishment("0760095R", "Encore", "college", "Clairval"))
    with pytest.raises(EstablishmentRefused):
        add_establishment(NewEstablishment("0760095S", "Faux", "college", "Clairval"))
    with pytest.raises(Gone):
        add_assignment(person.id, "0762041F", "Enseignement", NOW.date())
    add_assignment(person.id, "0760095r", "Enseignement", NOW.date())
    found = find_account("zlefevre")
    assert found is not None
    assert found.establishments == ("Collège Alice-Guy",)


def test_eight_people_of_one_name_added_at_one_instant_get_eight_identifiers(add: Add) -> None:
    start, identifiers = threading.Barrier(8), []

    def add_one() -> None:
        start.wait()
        identifiers.append(add("Marie", "Dupont").identifier)
        connections.close_all()

    threads = [threading.Thread(target=add_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(identifiers) == ["mdupont", *(f"mdupont{number}" for number in range(1, 8))]
