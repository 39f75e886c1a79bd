"""The letter that unlocks: made by who looks after the establishment, for one person at a time, and used by that person."""

import re
from datetime import date

import pytest

from corneille.access.not_me import make_link
from corneille.access.password import set_password
from corneille.access.recovery_contact import hide_address, import_contact
from corneille.access.unlock import make_unlock_codes
from corneille.kernel import clock
from corneille.kernel.journal import list_lines, name_actor
from corneille.people.account_type import AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_establishment, add_person
from corneille.people.find import Person
from corneille.people.uai import format_uai
from tests.doors.web.conftest import PASSWORD, Browser, text_of

MINE, OTHER = format_uai(760095), format_uai(140017)
PAGE, MAKE, USE = "/etablissement/deblocage", "/etablissement/deblocage/lettre", "/mot-de-passe-oublie/lettre"
BORN = date(1985, 3, 17)
NEW = "panier-orage-kayak-27"


def add(given_name: str, family_name: str, uai: str, kind: AccountType = AccountType.TEACHER) -> Person:
    person = add_person(NewPerson(kind, given_name, family_name, clock.now(), birth_on=BORN))
    set_password(person.id, PASSWORD, clock.now())
    add_assignment(person.id, uai, "x", date(2020, 9, 1))
    return person


@pytest.fixture
def head(teacher: Person) -> Person:
    for uai, name in ((MINE, "Lycée Corneille"), (OTHER, "Lycée Malherbe")):
        add_establishment(NewEstablishment(uai, name, "lycee", "x"))
    return add("Anne", "Martin", MINE, AccountType.HEAD)


@pytest.fixture
def lucie(head: Person) -> Person:
    return add("Lucie", "Morel", MINE)


def test_a_head_finds_the_person_says_how_they_knew_and_prints_the_letter(
    browser: Browser, head: Person, lucie: Person
) -> None:
    browser.sign_in("amartin")
    assert "Lucie Morel" in text_of(browser.get(f"{PAGE}?qui=lmorel"))
    made = browser.post(MAKE, {"qui": "lmorel", "lost": "both", "way": "seen-document"})
    assert made.headers["Content-Type"] == "application/pdf"
    assert "no-store" in made.headers["Cache-Control"]
    assert len(re.findall(rb"/Type /Page\b", made.content)) == 1
    line = list_lines(lucie.id, 5)[0]
    assert (line.action, line.actor, line.data["name"]) == ("unlock-letter-made", name_actor(head.id), "Anne Martin")


@pytest.mark.parametrize("asked", [{"lost": "password"}, {"way": "seen-known"}, {"lost": "password", "way": "by-phone"}])
def test_without_saying_what_was_lost_and_how_they_knew_there_is_no_letter(
    browser: Browser, lucie: Person, asked: dict[str, str]
) -> None:
    before = list_lines(lucie.id, 5)
    browser.sign_in("amartin")
    page = text_of(browser.post(MAKE, {"qui": "lmorel", **asked}))
    assert 'aria-invalid="true"' in page
    assert list_lines(lucie.id, 5) == before


@pytest.mark.parametrize(
    ("kind", "uai"),
    [
        (AccountType.TEACHER, OTHER), (AccountType.SUPPORT, MINE), (AccountType.SECURITY, MINE),
        (AccountType.DATA_PROTECTION, MINE),
    ],
)  # fmt: skip
def test_nobody_of_another_school_nor_who_reaches_many_accounts(
    browser: Browser, head: Person, kind: AccountType, uai: str
) -> None:
    durand = add("Paul", "Durand", uai, kind)
    browser.sign_in("amartin")
    pages = [text_of(browser.get(f"{PAGE}?qui={name}")).replace(name, "x") for name in ("pdurand", "pdurant")]
    assert "Durand" not in pages[0]
    assert len({re.sub(r'value="\w{64}"', "", page) for page in pages}) == 1, "as nobody is answered"
    assert browser.post(MAKE, {"qui": "pdurand", "lost": "password", "way": "seen-known"}).status_code == 404
    assert "unlock-letter-made" not in {each.action for each in list_lines(durand.id, 9)}


DSDEN, RECTORAT = format_uai(760990), format_uai(760991)
ASKED = {"lost": "password", "way": "seen-known"}


@pytest.fixture
def offices(head: Person) -> None:
    for uai, kind in ((DSDEN, "dsden"), (RECTORAT, "rectorat")):
        add_establishment(NewEstablishment(uai, kind, kind, "x"))


@pytest.mark.parametrize("kind", [AccountType.HEAD, AccountType.INSPECTOR])
def test_heads_and_inspectors_are_unlocked_by_support_alone(
    browser: Browser, head: Person, offices: None, kind: AccountType
) -> None:
    add("Paul", "Durand", MINE, kind)
    add("Nadia", "Benali", RECTORAT, AccountType.SUPPORT)
    browser.sign_in("amartin")
    assert browser.post(MAKE, {"qui": "pdurand", **ASKED}).status_code == 404
    browser.post("/deconnexion", {})
    browser.sign_in("nbenali")
    assert browser.post(MAKE, {"qui": "pdurand", **ASKED}).headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("uai", [DSDEN, RECTORAT])
def test_a_post_at_an_office_takes_somebody_out_of_reach_of_a_school(
    browser: Browser, lucie: Person, offices: None, uai: str
) -> None:
    add_assignment(lucie.id, uai, "x", date(2020, 9, 1))
    browser.sign_in("amartin")
    assert browser.post(MAKE, {"qui": "lmorel", **ASKED}).status_code == 404


def test_who_has_a_recovery_contact_is_given_a_password_letter_by_support_alone(
    browser: Browser, lucie: Person, offices: None
) -> None:
    import_contact(lucie.id, "lucie@example.org", clock.now(), actor="cli")
    browser.sign_in("amartin")
    page = text_of(browser.get(f"{PAGE}?qui=lmorel"))
    assert hide_address("lucie@example.org") in page
    assert 'value="password"' not in page
    assert "aria-invalid" in text_of(browser.post(MAKE, {"qui": "lmorel", **ASKED}))
    assert browser.post(MAKE, {"qui": "lmorel", **ASKED, "lost": "factor"}).headers["Content-Type"] == "application/pdf"
    browser.post("/deconnexion", {})
    add("Nadia", "Benali", RECTORAT, AccountType.SUPPORT)
    browser.sign_in("nbenali")
    assert browser.post(MAKE, {"qui": "lmorel", **ASKED}).headers["Content-Type"] == "application/pdf"


def test_without_a_birth_date_no_letter_is_for_a_password_and_the_page_says_why(browser: Browser, head: Person) -> None:
    jean = add_person(NewPerson(AccountType.TEACHER, "Jean", "Sansdate", clock.now()))
    add_assignment(jean.id, MINE, "x", date(2020, 9, 1))
    browser.sign_in("amartin")
    page = text_of(browser.get(f"{PAGE}?qui=jsansdate"))
    assert "date de naissance" in page
    assert 'value="password"' not in page
    assert "aria-invalid" in text_of(browser.post(MAKE, {"qui": "jsansdate", **ASKED}))


def test_nobody_unlocks_themselves_and_a_teacher_unlocks_nobody(browser: Browser, lucie: Person) -> None:
    asked = {"lost": "password", "way": "seen-known"}
    browser.sign_in("amartin")
    assert browser.post(MAKE, {"qui": "amartin", **asked}).status_code == 404
    browser.post("/deconnexion", {})
    browser.sign_in("clemoine")
    assert browser.get(PAGE).status_code == 404
    assert browser.post(MAKE, {"qui": "lmorel", **asked}).status_code == 404


def test_the_page_of_the_forgotten_password_leads_to_the_letter_and_it_opens_the_account(
    browser: Browser, lucie: Person
) -> None:
    (code,) = make_unlock_codes(lucie.id, "password", "seen-known", clock.now(), by="Anne Martin", actor="cli").codes
    assert USE in text_of(browser.get("/mot-de-passe-oublie"))
    assert f'value="{code}"' in text_of(browser.get(f"{USE}?code={code}"))
    typed = {"identifier": "lmorel", "birth_on": "1985-03-18", "code": code}
    refused = text_of(browser.post(USE, typed))
    assert "AUTH-" in refused
    assert "d’une même lettre" in refused
    assert browser.post(USE, {**typed, "birth_on": "1985-03-17"}).headers["Location"] == "/mot-de-passe-oublie/nouveau"
    browser.post("/mot-de-passe-oublie/nouveau", {"new": NEW, "again": NEW})
    assert browser.sign_in("lmorel", NEW).status_code == 302


def test_a_letter_withdrawn_meanwhile_leads_back_to_the_page_of_letters(browser: Browser, lucie: Person) -> None:
    def hand_over() -> str:
        return make_unlock_codes(lucie.id, "password", "seen-known", clock.now(), by="Anne Martin", actor="cli").codes[0]

    browser.post(USE, {"identifier": "lmorel", "birth_on": "1985-03-17", "code": hand_over()})
    hand_over()
    chosen = browser.post("/mot-de-passe-oublie/nouveau", {"new": NEW, "again": NEW})
    assert chosen.headers["Location"] == USE
    assert "plus valable" in text_of(browser.get(USE))


def test_a_letter_ended_from_the_mailbox_is_told_on_the_page_of_the_next_one_which_stays(
    browser: Browser, lucie: Person
) -> None:
    def disown() -> tuple[str, str]:
        path = make_link(lucie.id, clock.now())
        return text_of(browser.get(path)), text_of(browser.post(path, {}))

    make_unlock_codes(lucie.id, "password", "seen-known", clock.now(), by="Anne Martin", actor="cli")
    asked, done = disown()
    assert "la lettre qui débloque votre compte est annulée" in asked
    assert "prévenues" in done
    browser.sign_in("amartin")
    page = text_of(browser.get(f"{PAGE}?qui=lmorel"))
    assert "La lettre précédente a été annulée depuis la boîte" in page
    assert browser.post(MAKE, {"qui": "lmorel", **ASKED}).headers["Content-Type"] == "application/pdf"
    asked, done = disown()
    assert "reste valable" in asked
    assert "prévenues" not in done


def test_where_no_letter_was_made_the_link_speaks_of_none(browser: Browser, lucie: Person) -> None:
    assert "lettre qui débloque" not in text_of(browser.get(make_link(lucie.id, clock.now())))
