"""The gate: a class is its teacher's alone, seen and changed through here, while they work at its school.

« Not yours » and « not there » read alike.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from corneille.classes.models import Guardian, Pupil, SchoolClass
from corneille.classes.pupil import GuardianKept, GuardianSaid, PupilKept, PupilSaid
from corneille.classes.school_year import SchoolYear
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.today import today
from corneille.people.account_type import AccountType
from corneille.people.assignment import list_assignments
from corneille.people.establishment import find_establishment_name, list_schools
from corneille.people.find import find_person
from corneille.wire.table.read import fold

TEACH = frozenset({AccountType.TEACHER, AccountType.HEAD, AccountType.STAFF, AccountType.ASSISTANT})


@dataclass(frozen=True, slots=True)
class ClassShown:
    """A class; `year` « 2026-2027 »."""

    id: int
    label: str
    uai: str
    establishment: str
    until_on: date
    pupils_count: int
    guardians_count: int

    @property
    def year(self) -> str:
        return SchoolYear(self.until_on).label


def list_places(account: AccountId, now: datetime) -> list[tuple[str, str]]:
    """The schools in which this person may keep a class, by code and name: where they work that day."""
    person = find_person(account)
    return list_schools(account, today(now)) if person is not None and person.type in TEACH else []


def list_classes(account: AccountId, now: datetime) -> list[ClassShown]:
    """Their classes, those of the earlier year first, then by name."""
    rows = _counted(list_own(account, now))
    return [_show(row) for row in rows.order_by("until_on", "label", "pk")]


def open_class(account: AccountId, number: int, now: datetime) -> ClassShown:
    """A class of theirs. Raises Gone."""
    row = _counted(list_own(account, now).filter(pk=number)).first()
    if row is None:
        raise Gone(school_class=number)
    return _show(row)


def hold_class(account: AccountId, number: int, now: datetime) -> SchoolClass:
    """A class of theirs to be changed, within the caller's transaction. Raises Gone."""
    found = list_own(account, now).select_for_update().filter(pk=number).first()
    if found is None:
        raise Gone(school_class=number)
    return found


def list_pupils(school_class: int) -> list[PupilKept]:
    """The pupils of a class that the caller has opened, by family name, with those responsible for them."""
    guardians: dict[int, list[GuardianKept]] = {}
    for each in Guardian.objects.filter(pupil__school_class=school_class).order_by("pk"):
        said = GuardianSaid(each.family_name, each.given_name, each.address, each.role)
        guardians.setdefault(each.pupil_id, []).append(GuardianKept(each.pk, said))
    pupils = [
        PupilKept(row.pk, PupilSaid(row.family_name, row.given_name, row.address), tuple(guardians.get(row.pk, ())))
        for row in Pupil.objects.filter(school_class=school_class)
    ]
    return sorted(pupils, key=lambda each: (fold(each.said.family_name), fold(each.said.given_name), each.id))


def list_own(account: AccountId, now: datetime) -> "QuerySet[SchoolClass]":
    """Those of the day: who leaves a school, or moves on, has no reason left to hold its pupils' addresses."""
    uais = {each.uai for each in list_assignments(account, today(now))}
    return SchoolClass.objects.filter(owner_id=account, until_on__gte=today(now), uai__in=uais)


def _counted(rows: "QuerySet[SchoolClass]") -> "QuerySet[SchoolClass]":
    return rows.annotate(
        pupils_count=Count("pupils", distinct=True), guardians_count=Count("pupils__guardians", distinct=True)
    )


def _show(row: SchoolClass) -> ClassShown:
    pupils, guardians = row.pupils_count, row.guardians_count  # type: ignore[attr-defined]
    return ClassShown(row.pk, row.label, row.uai, find_establishment_name(row.uai), row.until_on, pupils, guardians)
