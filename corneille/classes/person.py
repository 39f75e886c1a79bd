"""One person of a class, by hand: a pupil or somebody responsible for one is added, corrected, removed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corneille.classes.decide import fold_pupil
from corneille.classes.gate import hold_class, list_pupils
from corneille.classes.make import ClassRefused
from corneille.classes.models import Guardian, Pupil
from corneille.classes.pupil import GUARDIANS, NAME_CHARS, ROLE_CHARS, GuardianSaid, PupilSaid
from corneille.classes.read_list import parse_address
from corneille.classes.settings import ClassSettings
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of


@dataclass(frozen=True, slots=True)
class Which:
    """Whom of a class: a pupil, or with `guardian` somebody responsible for them; 0: one who is to be added."""

    pupil: int = 0
    guardian: int | None = None


def find_said(school_class: int, which: Which) -> tuple[PupilSaid | None, GuardianSaid | None]:
    """The pupil and the guardian as kept in a class that the caller has opened; None: to be added. Raises Gone."""
    if which == Which():
        return None, None
    pupil = next((each for each in list_pupils(school_class) if each.id == which.pupil), None)
    if pupil is None:
        raise Gone(pupil=which.pupil)
    if not which.guardian:
        return pupil.said, None
    guardian = next((each for each in pupil.guardians if each.id == which.guardian), None)
    if guardian is None:
        raise Gone(guardian=which.guardian)
    return pupil.said, guardian.said


def put_pupil(account: AccountId, number: int, pupil: int, said: PupilSaid, now: datetime) -> None:
    """Adds a pupil (0), or says anew who they are. Raises Gone, ClassRefused."""
    told = _check(said)
    if not said.family_name.strip():
        raise ClassRefused(reason="name")
    with transaction.atomic():
        row = hold_class(account, number, now)
        find_said(number, Which(pupil))
        others = [each for each in list_pupils(number) if each.id != pupil]
        if any(fold_pupil(each.said) == fold_pupil(said) for each in others):
            raise ClassRefused(reason="pupil")
        limit = of(ClassSettings).pupils_count
        if not pupil and len(others) >= limit:
            raise ClassRefused(reason="pupils", limit=limit)
        if pupil:
            Pupil.objects.filter(pk=pupil).update(**told)
        else:
            Pupil.objects.create(school_class=row, **told)


def put_guardian(account: AccountId, number: int, which: Which, said: GuardianSaid, now: datetime) -> None:
    """Adds somebody responsible for a pupil, or says anew who they are. Raises Gone, ClassRefused."""
    told = {**_check(said), "role": said.role.strip()[:ROLE_CHARS]}
    if not said.address.strip():
        raise ClassRefused(reason="address")
    with transaction.atomic():
        hold_class(account, number, now)
        find_said(number, which)
        if which.guardian:
            Guardian.objects.filter(pk=which.guardian).update(**told)
        elif Guardian.objects.filter(pupil=which.pupil).count() >= GUARDIANS:
            raise ClassRefused(reason="guardians", limit=GUARDIANS)
        else:
            Guardian.objects.create(pupil_id=which.pupil, **told)


def remove_person(account: AccountId, number: int, which: Which, now: datetime) -> None:
    """Removes a guardian, or a pupil with those responsible for them. Raises Gone."""
    with transaction.atomic():
        hold_class(account, number, now)
        find_said(number, which)
        if which.guardian:
            Guardian.objects.filter(pk=which.guardian).delete()
        else:
            Pupil.objects.filter(pk=which.pupil).delete()


def _check(said: PupilSaid | GuardianSaid) -> dict[str, str]:
    family, given = " ".join(said.family_name.split()), " ".join(said.given_name.split())
    if max(len(family), len(given)) > NAME_CHARS or not (family + given).isprintable():
        raise ClassRefused(reason="name")
    address = parse_address(said.address)
    if said.address.strip() and not address:
        raise ClassRefused(reason="address")
    return {"family_name": family, "given_name": given, "address": address}
