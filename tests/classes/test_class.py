"""A class is its teacher's alone; a list is brought in whole or not at all; all is forgotten with the school year."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from corneille.classes.export import export_classes
from corneille.classes.forget import forget_classes
from corneille.classes.gate import hold_class, list_classes, list_places, list_pupils, open_class
from corneille.classes.import_list import import_list, plan_import
from corneille.classes.make import ClassRefused, NewClass, make_class, remove_class, rename_class
from corneille.classes.models import Guardian, Pupil
from corneille.classes.person import Which, put_guardian, put_pupil, remove_person
from corneille.classes.pupil import GuardianSaid, PupilSaid
from corneille.classes.read_list import read_list
from corneille.classes.school_year import list_years
from corneille.kernel.journal import list_entries, list_lines
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import SettingsRefused, load
from corneille.people.add import NewEstablishment, add_assignment, add_establishment
from corneille.people.models import Assignment
from corneille.people.uai import format_uai
from tests.classes.conftest import LIST, RECTORAT, UAI, YEAR, School, make
from tests.transport.school import NOW


def bring(school: School, text: str = LIST, *, removes: bool = False) -> None:
    import_list(school.claire.account, school.number, read_list(text), NOW, removes_absent=removes)


def names(school: School) -> list[str]:
    return [each.said.name for each in list_pupils(school.number)]


@pytest.mark.parametrize("who", ["paul", "rita"])
def test_nobody_else_opens_or_changes_it(school: School, who: str) -> None:
    bring(school)
    other = getattr(school, who).account
    lea = list_pupils(school.number)[0]
    acts: list[Callable[[], object]] = [
        lambda: open_class(other, school.number, NOW),
        lambda: rename_class(other, school.number, "x", NOW),
        lambda: remove_class(other, school.number, NOW),
        lambda: import_list(other, school.number, read_list(LIST), NOW, removes_absent=True),
        lambda: put_pupil(other, school.number, lea.id, lea.said, NOW),
        lambda: put_guardian(other, school.number, Which(lea.id, 0), GuardianSaid("x", "", "x@fai.example"), NOW),
        lambda: remove_person(other, school.number, Which(lea.id), NOW),
    ]
    for act in acts:
        with pytest.raises(Gone):
            act()
    assert list_classes(other, NOW) == []
    assert export_classes(other, NOW) == []
    assert names(school) == ["Léa Durand", "Tom Nguyen"]


def test_a_pupil_of_another_class_is_not_there(school: School) -> None:
    bring(school)
    other = make(school.claire.account, "4e A")
    lea = list_pupils(school.number)[0]
    for which in (Which(lea.id), Which(lea.id, lea.guardians[0].id)):
        with pytest.raises(Gone):
            remove_person(school.claire.account, other, which, NOW)
    with pytest.raises(Gone):
        put_pupil(school.claire.account, other, lea.id, lea.said, NOW)


def test_who_works_in_no_school_makes_none(school: School) -> None:
    assert list_places(school.rita.account, NOW) == []
    for uai in (RECTORAT, UAI):
        with pytest.raises(Gone):
            make_class(school.rita.account, NewClass("x", uai, YEAR), NOW)


def test_a_school_is_there_from_midnight_in_the_academie(school: School) -> None:
    midnight = datetime(2026, 8, 31, 22, tzinfo=UTC)
    assert [uai for uai, _name in list_places(school.claire.account, midnight)] == [UAI]
    assert list_places(school.claire.account, midnight - timedelta(minutes=1)) == []


@pytest.mark.parametrize(("label", "until_on", "reason"), [
    ("", YEAR, "label"), ("x" * 41, YEAR, "label"), ("5e B", YEAR, "taken"), ("5e C", date(2030, 8, 31), "year"),
])  # fmt: skip
def test_a_class_that_cannot_be_made_is_refused(school: School, label: str, until_on: date, reason: str) -> None:
    with pytest.raises(ClassRefused) as refused:
        make_class(school.claire.account, NewClass(label, UAI, until_on), NOW)
    assert refused.value.data["reason"] == reason


def test_a_second_import_updates_and_removes_only_on_demand(school: School) -> None:
    bring(school)
    bring(school)
    assert (Pupil.objects.count(), Guardian.objects.count()) == (2, 3)
    renewed = "Nom;Prénom;Courriel élève;Responsable 1;Courriel responsable 1\nDURAND;Léa;;Claire Durand;neuve@fai.example\n"
    plan = plan_import(open_class(school.claire.account, school.number, NOW), read_list(renewed))
    assert (len(plan.absent_pupils), len(plan.absent_guardians), Guardian.objects.count()) == (1, 1, 3)
    bring(school, renewed)
    assert names(school) == ["Léa DURAND", "Tom Nguyen"]
    bring(school, renewed, removes=True)
    (lea,) = list_pupils(school.number)
    assert (lea.said.address, [each.said.address for each in lea.guardians]) == ("lea@ent.example", ["neuve@fai.example"])


def test_too_many_pupils_and_nothing_is_kept(school: School) -> None:
    load(None, {}, classes={"pupils_count": 1})
    with pytest.raises(ClassRefused):
        bring(school)
    assert names(school) == []
    load(None, {}, classes={"classes_count": 1})
    with pytest.raises(ClassRefused) as refused:
        make(school.claire.account, "4e A")
    assert refused.value.data == {"reason": "classes", "limit": 1}


def test_classes_of_a_school_that_one_has_left_do_not_count(school: School) -> None:
    load(None, {}, classes={"classes_count": 1})
    Assignment.objects.filter(account=school.claire.account).update(until_on=NOW.date())
    later, other = NOW + timedelta(days=1), format_uai(760096)
    add_establishment(NewEstablishment(other, "Lycée Flaubert", "lycee", "Rouen"))
    add_assignment(school.claire.account, other, "Enseignement", later.date())
    make_class(school.claire.account, NewClass("5e B", other, YEAR), later)
    assert [each.uai for each in list_classes(school.claire.account, later)] == [other]


def test_one_person_by_hand(school: School) -> None:
    account, number = school.claire.account, school.number
    put_pupil(account, number, 0, PupilSaid("Petit", " Zoé ", "Zoe@ENT.example"), NOW)
    (zoe,) = list_pupils(number)
    assert zoe.said == PupilSaid("Petit", "Zoé", "zoe@ent.example")
    put_guardian(account, number, Which(zoe.id, 0), GuardianSaid("", "", "jeanne@fai.example", "Mère"), NOW)
    (jeanne,) = list_pupils(number)[0].guardians
    put_guardian(account, number, Which(zoe.id, jeanne.id), GuardianSaid("Petit", "Jeanne", "j@fai.example"), NOW)
    assert list_pupils(number)[0].guardians[0].said == GuardianSaid("Petit", "Jeanne", "j@fai.example")
    wrong = ((PupilSaid("PETIT", "Zoe"), "pupil"), (PupilSaid("", "x"), "name"), (PupilSaid("x", "", "x@"), "address"))
    for said, reason in wrong:
        with pytest.raises(ClassRefused) as refused:
            put_pupil(account, number, 0, said, NOW)
        assert refused.value.data["reason"] == reason
    with pytest.raises(ClassRefused):
        put_guardian(account, number, Which(zoe.id, 0), GuardianSaid("x", "", " "), NOW)
    remove_person(account, number, Which(zoe.id, jeanne.id), NOW)
    assert list_pupils(number)[0].guardians == ()
    remove_person(account, number, Which(zoe.id), NOW)
    assert list_pupils(number) == []


def test_the_journal_tells_acts_and_numbers_and_no_pupil(school: School) -> None:
    bring(school)
    rename_class(school.claire.account, school.number, "5e Bilingue", NOW)
    remove_class(school.claire.account, school.number, NOW)
    lines = [line for line in list_lines(school.claire.account, 10) if line.action.startswith("class-")]
    assert [(line.action, line.data) for line in lines] == [
        ("class-removed", {"label": "5e Bilingue", "count": 2}),
        ("class-imported", {"label": "5e B", "count": 2}),
        ("class-made", {"label": "5e B", "count": 0}),
    ]
    assert not any("Durand" in str(line.data) for line in list_entries())
    assert Pupil.objects.count() == Guardian.objects.count() == 0


def test_the_copy_of_ones_data_has_them(school: School) -> None:
    bring(school)
    (told,) = export_classes(school.claire.account, NOW)
    assert (told["class"], told["until_on"]) == ("5e B", YEAR)
    assert "claire@fai.example" in str(told["pupils"])


def test_it_is_closed_to_a_teacher_who_has_left_the_school(school: School) -> None:
    Assignment.objects.filter(account=school.claire.account).update(until_on=NOW.date())
    add_assignment(school.claire.account, RECTORAT, "Chargée de mission", NOW.date())
    assert open_class(school.claire.account, school.number, NOW).id == school.number
    morrow = NOW + timedelta(days=1)
    assert list_classes(school.claire.account, morrow) == []
    for closed in (open_class, hold_class):
        with pytest.raises(Gone):
            closed(school.claire.account, school.number, morrow)
    add_assignment(school.claire.account, UAI, "Enseignement", morrow.date())
    assert len(list_classes(school.claire.account, morrow)) == 1


def test_all_of_it_is_forgotten_after_the_last_day(school: School) -> None:
    bring(school)
    evening = datetime(2027, 8, 31, 21, 59, tzinfo=UTC)  # 23:59 in France
    assert forget_classes(evening) == 0
    assert len(list_classes(school.claire.account, evening)) == 1
    assert list_classes(school.claire.account, evening + timedelta(minutes=1)) == []
    assert forget_classes(evening + timedelta(minutes=1)) == 1
    assert Pupil.objects.count() == Guardian.objects.count() == 0


@pytest.mark.parametrize(("today", "labels"), [
    (date(2026, 9, 1), ["2026-2027", "2027-2028"]),
    (date(2027, 7, 2), ["2026-2027", "2027-2028"]),
    (date(2027, 7, 3), ["2027-2028", "2026-2027"]),
    (date(2027, 8, 31), ["2027-2028", "2026-2027"]),
])  # fmt: skip
def test_the_likelier_year_comes_first(today: date, labels: list[str]) -> None:
    assert [each.label for each in list_years(today, "08-31")] == labels


@pytest.mark.parametrize("day", ["02-29", "31-08", "8-31", "04-31", ""])
def test_a_day_that_not_every_year_has_is_refused(day: str) -> None:
    with pytest.raises(SettingsRefused):
        load(None, {}, classes={"year_ends_on": day})
