"""Brings a school's list into a class, once its teacher has seen what that changes."""

from datetime import datetime

from django.db import transaction

from corneille.classes.decide import Plan, PlannedGuardian, PlannedPupil, decide_import
from corneille.classes.gate import ClassShown, hold_class, list_pupils
from corneille.classes.make import ClassRefused, note
from corneille.classes.models import Guardian, Pupil, SchoolClass
from corneille.classes.pupil import GuardianSaid, PupilSaid
from corneille.classes.read_list import ListRead
from corneille.classes.settings import ClassSettings
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of


def plan_import(school_class: ClassShown, read: ListRead) -> Plan:
    """What bringing this list in would change; nothing is kept."""
    return decide_import(list_pupils(school_class.id), read.pupils)


def import_list(account: AccountId, number: int, read: ListRead, now: datetime, *, removes_absent: bool) -> Plan:
    """Brings the list in and gives what was done: all of it, or nothing.

    removes_absent  who is in the class and not in the list goes
    raises          Gone, ClassRefused (too many pupils)
    """
    with transaction.atomic():
        row = hold_class(account, number, now)
        plan = decide_import(list_pupils(number), read.pupils)
        limit = of(ClassSettings).pupils_count
        if (len(plan.pupils) if removes_absent else plan.total_count) > limit:
            raise ClassRefused(reason="pupils", limit=limit)
        if removes_absent:
            Pupil.objects.filter(pk__in=[each.id for each in plan.absent_pupils]).delete()
            Guardian.objects.filter(pk__in=[each.id for each in plan.absent_guardians]).delete()
        for each in plan.pupils:
            _put(row, each)
        note("class-imported", account, row, now)
    return plan


def _put(row: SchoolClass, planned: PlannedPupil) -> None:
    pupil = planned.id
    if pupil is None:
        pupil = Pupil.objects.create(school_class=row, **_read(planned.said)).pk
    elif planned.is_changed:
        Pupil.objects.filter(pk=pupil).update(**_read(planned.said))
    for each in planned.guardians:
        _put_guardian(pupil, each)


def _put_guardian(pupil: int, planned: PlannedGuardian) -> None:
    told = {**_read(planned.said), "role": planned.said.role}
    if planned.id is None:
        Guardian.objects.create(pupil_id=pupil, **told)
    elif planned.is_changed:
        Guardian.objects.filter(pk=planned.id).update(**told)


def _read(said: PupilSaid | GuardianSaid) -> dict[str, str]:
    return {"family_name": said.family_name, "given_name": said.given_name, "address": said.address}
