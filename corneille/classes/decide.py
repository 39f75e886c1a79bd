"""What an import changes in a class: who is new, who is changed, who is no longer in the file. Pure.

A pupil is known again by name; a guardian of theirs by address, else by name. One file imported twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corneille.classes.pupil import GuardianKept, GuardianSaid, PupilKept, PupilSaid
from corneille.wire.table.read import fold


@dataclass(frozen=True, slots=True)
class PlannedGuardian:
    """A guardian as they are to be; `id` None: new."""

    id: int | None
    said: GuardianSaid
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PlannedPupil:
    """A pupil as they are to be; `id` None: new."""

    id: int | None
    said: PupilSaid
    is_changed: bool
    guardians: tuple[PlannedGuardian, ...]

    @property
    def is_touched(self) -> bool:
        """Whether anything is new here."""
        return self.id is None or self.is_changed or any(each.id is None or each.is_changed for each in self.guardians)


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import does; those who are not in the file go only where the teacher says so."""

    pupils: tuple[PlannedPupil, ...]
    absent_pupils: tuple[PupilKept, ...]
    absent_guardians: tuple[GuardianKept, ...]

    @property
    def new_count(self) -> int:
        return sum(each.id is None for each in self.pupils)

    @property
    def changed_count(self) -> int:
        return sum(each.id is not None and each.is_touched for each in self.pupils)

    @property
    def guardians_count(self) -> int:
        return sum(len(each.guardians) for each in self.pupils)

    @property
    def total_count(self) -> int:
        """Pupils of the class when nobody is removed."""
        return len(self.pupils) + len(self.absent_pupils)


def decide_import(kept: Sequence[PupilKept], read: Sequence[PupilSaid]) -> Plan:
    """Compares what a file says with what is kept. What the file does not say (an address) stays."""
    known = {fold_pupil(each.said): each for each in kept}
    pupils: list[PlannedPupil] = []
    absent: list[GuardianKept] = []
    for said in read:
        former = known.pop(fold_pupil(said), None)
        planned, left = _plan_pupil(former, said)
        pupils.append(planned)
        absent += left
    return Plan(tuple(pupils), tuple(known.values()), tuple(absent))


def fold_pupil(said: PupilSaid) -> str:
    """What two pupils of one name have in common, however it is spelt."""
    return fold(f"{said.family_name} {said.given_name}")


def _plan_pupil(former: PupilKept | None, said: PupilSaid) -> tuple[PlannedPupil, list[GuardianKept]]:
    if former is None:
        guardians = [PlannedGuardian(None, each, is_changed=False) for each in said.guardians]
        return PlannedPupil(None, said, is_changed=False, guardians=tuple(guardians)), []
    address = said.address or former.said.address
    new = PupilSaid(said.family_name, said.given_name, address)
    left = list(former.guardians)
    planned: list[PlannedGuardian] = []
    for each in said.guardians:
        match = _find(left, each)
        if match is not None:
            left.remove(match)
            each = GuardianSaid(each.family_name, each.given_name, each.address, each.role or match.said.role)
        is_changed = match is not None and match.said != each
        planned.append(PlannedGuardian(None if match is None else match.id, each, is_changed))
    is_renewed = new != PupilSaid(former.said.family_name, former.said.given_name, former.said.address)
    return PlannedPupil(former.id, new, is_renewed, tuple(planned)), left


def _find(left: Sequence[GuardianKept], said: GuardianSaid) -> GuardianKept | None:
    same = [each for each in left if each.said.address == said.address]
    exact = [each for each in same if fold(each.said.name) == fold(said.name)]
    named = [each for each in left if said.name and fold(each.said.name) == fold(said.name)]
    return next(iter([*exact, *(same if len(same) == 1 else []), *named]), None)
