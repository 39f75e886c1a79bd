"""Every table is declared, and the register says what is in force."""

import csv
import io
from pathlib import Path

from django.apps import apps

import corneille
from corneille.kernel import clock
from corneille.kernel.settings import load
from corneille.people.account_type import AccountType
from corneille.people.add import NewPerson, add_domain, add_person
from corneille.privacy.format_register import format_csv
from corneille.privacy.register import NO_PERSONAL_DATA, REGISTER, list_kept
from corneille.run.ground import Ground
from tools.privacy import format_privacy


def test_every_table_is_declared_once_or_says_why_it_holds_nothing_of_people() -> None:
    declared = [table.model for each in REGISTER for table in each.tables] + list(NO_PERSONAL_DATA)
    assert sorted(declared) == sorted(model._meta.label for model in apps.get_models())


def test_codes_are_said_once() -> None:
    assert len({each.code for each in REGISTER}) == len(REGISTER)


def test_the_length_is_the_one_in_force(ground: Ground) -> None:
    journal = next(each for each in REGISTER if each.code == "journal")
    assert journal.say_until("fr").startswith("12 mois")
    load(None, {}, journal={"kept_months_count": 7})
    assert journal.say_until("en").startswith("7 whole months")


def test_a_person_is_told_of_their_own_records_alone(ground: Ground) -> None:
    add_domain("ac-demonstration.test", principal=True, now=clock.now())
    zoe, other = (add_person(NewPerson(AccountType.TEACHER, name, "Martin", now=clock.now())) for name in ("Zoé", "Ali"))
    counts = {each.declared.code: each.count for each in list_kept(zoe.id)}
    assert counts["directory"] == 2  # the account, the address
    assert counts["wrong-secrets"] is None
    assert counts == {each.declared.code: each.count for each in list_kept(other.id)}


def test_the_printed_page_is_what_the_code_declares(ground: Ground) -> None:
    page = Path(corneille.__file__).parent.parent / "docs/privacy.md"
    assert page.read_text(encoding="utf-8") == format_privacy(), "print it again: python -m tools.privacy > docs/privacy.md"


def test_the_table_for_a_spreadsheet_has_every_processing_and_no_empty_cell(ground: Ground) -> None:
    for language in ("fr", "en"):
        lines = list(csv.reader(io.StringIO(format_csv(language))))
        assert len(lines) == 1 + len(REGISTER)
        assert all(len(line) == 8 and all(line) for line in lines)
