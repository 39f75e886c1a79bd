import json
from dataclasses import fields
from datetime import UTC, datetime

import pytest

from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, NeedsFactor, Refused
from corneille.access.reason import Restriction
from corneille.access.recovery_contact import list_contacts
from corneille.access.restriction import list_restrictions
from corneille.access.sign_in import sign_in
from corneille.kernel import settings
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.account_type import AccountState, AccountType, is_person
from corneille.people.address import resolve_address
from corneille.people.uai import parse_uai
from corneille.run.demonstration.academie import list_establishments, list_planned
from corneille.run.demonstration.cases import CASES
from corneille.run.demonstration.demo_person import DemoPerson
from corneille.run.demonstration.people import FILE, make_people
from corneille.run.ground import Ground

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def people(ground: Ground) -> list[DemoPerson]:
    cheap = {"argon2_memory_kib": 64, "argon2_passes_count": 1}  # sixty real hashes for each test teach nothing
    settings.load(None, {}, ground={"data": str(ground.data)}, access=cheap)
    return make_people(7, random_passwords=False, now=NOW)


def enter(identifier: str, secret: str, door: str = "web") -> Outcome:
    return sign_in(Attempt(door, identifier, secret, "127.0.0.1", None, "", NOW))


def test_there_are_sixty_six_of_every_type_and_one_of_every_state() -> None:
    planned = list_planned(7)
    assert len([each for each in planned if each.type is not AccountType.FUNCTIONAL]) == 66
    assert {each.type for each in planned} == set(AccountType)
    for state in set(AccountState) - {AccountState.ACTIVE}:
        assert [each.state for each in planned].count(state) == 1
    assert list_planned(7) == planned
    assert list_planned(8) != planned


def test_establishments_have_right_codes_in_the_five_departments() -> None:
    places = list_establishments()
    assert len(places) >= 20
    assert all(parse_uai(place.uai) == place.uai for place in places)
    assert {place.uai[:3] for place in places} == {"014", "027", "050", "061", "076"}
    assert {place.kind for place in places} == {"rectorat", "dsden", "ecole", "college", "lycee"}


def test_whoever_is_active_signs_in_as_printed_and_has_mail(people: list[DemoPerson]) -> None:
    active = [each for each in people if each.state == "active" and each.type != "fonctionnel"]
    assert len(active) == 62
    for person in [each for each in active if not each.case][::9]:
        for identifier in (person.identifier, person.addresses[0], person.addresses[1], person.numen):
            if identifier:
                assert isinstance(enter(identifier, person.password).decision, Granted)
        assert isinstance(enter(person.identifier, person.app_password, "imap").decision, Granted)
    for person in people:
        assert open_mail_account(person.account).id


def test_two_domains_lead_to_one_person_and_the_roles_to_somebody(people: list[DemoPerson]) -> None:
    for person in people:
        if person.state != "ended":
            assert {resolve_address(address) for address in person.addresses} == {person.account}
            assert len(person.addresses) == 2
    assert resolve_address("postmaster@ac-exemple.test") in {each.account for each in people if each.type == "support"}


def test_those_in_another_state_are_told_so(people: list[DemoPerson]) -> None:
    suspended = next(each for each in people if each.state == "suspended")
    decision = enter(suspended.identifier, suspended.password).decision
    assert isinstance(decision, Refused)
    assert decision.reason == "suspended"
    assert not any(each.password for each in people if not is_person(AccountType(each.type)))


def test_a_second_start_finds_the_same_people_and_their_file_is_the_owners(people: list[DemoPerson], ground: Ground) -> None:
    assert make_people(7, random_passwords=False, now=NOW) == people
    file = ground.data / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    file.unlink()
    again = make_people(7, random_passwords=False, now=NOW)
    assert [(each.account, each.password) for each in again] == [(each.account, each.password) for each in people]


def test_once_off_loopback_no_password_can_be_told_from_the_seed(people: list[DemoPerson], ground: Ground) -> None:
    drawn = make_people(7, random_passwords=True, now=NOW)
    assert not {each.password for each in drawn if each.password} & {each.password for each in people}
    zoe = people[0]
    assert isinstance(enter(zoe.identifier, zoe.password).decision, Refused)
    assert isinstance(enter(zoe.identifier, zoe.app_password, "imap").decision, Refused)
    assert isinstance(enter(zoe.identifier, drawn[0].password).decision, Granted)
    assert make_people(7, random_passwords=False, now=NOW) == drawn
    assert json.loads((ground.data / FILE).read_text())["random"]


def test_nothing_secret_is_in_what_is_logged_of_a_person(people: list[DemoPerson]) -> None:
    hidden = {field.name for field in fields(DemoPerson) if not field.repr}
    assert hidden == {"numen", "password", "app_password", "totp_seed", "activation_code", "birth_on"}
    assert people[0].password not in repr(people)


PENDING = {"atterrissage", "echu", "envoi-retenu", "charte", "suspension-annoncee"}


def test_each_case_has_one_named_person_and_everybody_else_has_nothing_pending(people: list[DemoPerson]) -> None:
    assert sorted(each.case for each in people if each.case) == sorted(CASES)
    for person in people:
        if not person.password or person.state != "active":
            continue
        pending = list_restrictions(person.account, NOW) - {Restriction.ENROL_FACTOR}
        assert bool(pending) == (person.case in PENDING), person
        assert [contact.is_verified for contact in list_contacts(person.account)] == [True]
    phone = next(each for each in people if each.case == "second-facteur")
    assert isinstance(enter(phone.identifier, phone.password).decision, NeedsFactor)
    assert len(phone.totp_seed) == 32
