"""The share of those who have a second factor, by establishment."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from corneille.access.factor import make_sheet
from corneille.access.factor_share import FEW, Share, list_shares
from corneille.access.password import set_password
from corneille.people.add import NewEstablishment, add_assignment, add_establishment
from corneille.people.find import Person
from corneille.people.uai import format_uai

from .conftest import NOW, PASSWORD, add_teacher


def test_each_establishment_has_its_share_and_who_works_nowhere_too(zoe: Person) -> None:
    lycee, college = format_uai(760095), format_uai(140017)
    for uai, name in ((lycee, "Lycée"), (college, "Collège")):
        add_establishment(NewEstablishment(uai, name, "lycee", "Rouen"))
    paul, lea = add_teacher("Paul", "Roux"), add_teacher("Léa", "Morel")
    add_teacher("Luc", "Sans")  # no password: nobody signs in with it
    for person in (paul, lea):
        set_password(person.id, PASSWORD, NOW)
        add_assignment(person.id, lycee, "x", date(2020, 9, 1))
    add_assignment(paul.id, college, "x", date(2020, 9, 1))
    make_sheet(paul.id, "printed", NOW)
    assert list_shares(NOW.date()) == [
        Share("", "", 1, 0), Share(college, "Collège", 1, 1), Share(lycee, "Lycée", 2, 1),
    ]  # fmt: skip
    assert list_shares(NOW.date(), {lycee}) == [Share(lycee, "Lycée", 2, 1)]
    assert list_shares(NOW.date(), set()) == []


def test_the_place_of_an_establishment_of_few_people_does_not_tell_its_share(zoe: Person) -> None:
    few, many = format_uai(760095), format_uai(140017)
    for uai, name, count in ((few, "Collège", 1), (many, "Lycée", FEW)):
        add_establishment(NewEstablishment(uai, name, "lycee", "Rouen"))
        for number in range(count):
            person = add_teacher(f"Paul{number}", name)
            set_password(person.id, PASSWORD, NOW)
            add_assignment(person.id, uai, "x", date(2020, 9, 1))
            if uai == many:
                make_sheet(person.id, "printed", NOW)
    assert list_shares(NOW.date(), {few, many}) == [Share(many, "Lycée", FEW, FEW), Share(few, "Collège", 1, 0)]


def test_who_looks_after_one_establishment_has_no_others_people_read(zoe: Person) -> None:
    with CaptureQueriesContext(connection) as asked:
        list_shares(NOW.date(), {format_uai(760095)})
    of_passwords = [each["sql"] for each in asked if '"access_password"' in each["sql"]]
    assert of_passwords
    assert all('"people_assignment"' in each for each in of_passwords)
