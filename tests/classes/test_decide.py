"""What a second import changes: it updates, it doubles nobody, and it removes only whom the teacher removes."""

from corneille.classes.decide import decide_import
from corneille.classes.pupil import GuardianKept, GuardianSaid, PupilKept, PupilSaid

CLAIRE = GuardianSaid("Durand", "Claire", "claire@fai.example", "Mère")
MARC = GuardianSaid("Durand", "Marc", "marc@fai.example")
LEA = PupilKept(1, PupilSaid("Durand", "Léa", "lea@ent.example"), (GuardianKept(1, CLAIRE), GuardianKept(2, MARC)))
TOM = PupilKept(2, PupilSaid("Nguyen", "Tom"))


def test_the_same_list_again_changes_nothing() -> None:
    plan = decide_import([LEA, TOM], [PupilSaid("DURAND", "Lea", "", (CLAIRE, MARC)), TOM.said])
    assert (plan.new_count, plan.absent_pupils, plan.absent_guardians) == (0, (), ())
    same = decide_import([LEA, TOM], [PupilSaid("Durand", "Léa", "lea@ent.example", (CLAIRE, MARC)), TOM.said])
    assert (same.new_count, same.changed_count, same.total_count, same.guardians_count) == (0, 0, 2, 2)


def test_a_new_address_changes_and_an_empty_one_keeps() -> None:
    (lea,) = decide_import([LEA], [PupilSaid("Durand", "Léa", "", ())]).pupils
    assert (lea.said.address, lea.is_touched) == ("lea@ent.example", False)
    (lea,) = decide_import([LEA], [PupilSaid("Durand", "Léa", "autre@ent.example")]).pupils
    assert (lea.id, lea.said.address, lea.is_changed) == (1, "autre@ent.example", True)


def test_a_guardian_is_known_by_address_else_by_name() -> None:
    moved = GuardianSaid("Durand", "Claire", "nouvelle@fai.example")
    renamed = GuardianSaid("Martin", "Marc", "marc@fai.example")
    (lea,) = decide_import([LEA], [PupilSaid("Durand", "Léa", "", (moved, renamed))]).pupils
    assert [(each.id, each.said.address, each.said.role, each.is_changed) for each in lea.guardians] == [
        (1, "nouvelle@fai.example", "Mère", True), (2, "marc@fai.example", "", True),
    ]  # fmt: skip


def test_two_parents_of_one_address_stay_two() -> None:
    shared = (GuardianSaid("Durand", "Claire", "famille@fai.example"), GuardianSaid("Durand", "Marc", "famille@fai.example"))
    kept = PupilKept(1, PupilSaid("Durand", "Léa"), tuple(GuardianKept(n, each) for n, each in enumerate(shared, 1)))
    plan = decide_import([kept], [PupilSaid("Durand", "Léa", "", shared[::-1])])
    assert [(each.id, each.is_changed) for each in plan.pupils[0].guardians] == [(2, False), (1, False)]


def test_who_is_not_in_the_list_is_told() -> None:
    plan = decide_import([LEA, TOM], [PupilSaid("Durand", "Léa", "", (CLAIRE,)), PupilSaid("Petit", "Zoé")])
    assert [each.id for each in plan.absent_pupils] == [2]
    assert [each.said for each in plan.absent_guardians] == [MARC]
    assert (plan.new_count, plan.changed_count, plan.total_count) == (1, 0, 3)
