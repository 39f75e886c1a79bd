"""Reading a school's list: whatever wrote it; what is wrong in a line is told and left out, the rest is read."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corneille.classes.pupil import GUARDIANS, GuardianSaid, PupilSaid
from corneille.classes.read_list import ListRefused, Wrong, decode_list, read_list
from corneille.wire.table.read import FILE_BYTES, LINES
from tests.classes.conftest import LIST

LEA = PupilSaid("Durand", "Léa", "lea@ent.example", (
    GuardianSaid("Claire Durand", "", "claire@fai.example"), GuardianSaid("Marc Durand", "", "marc@fai.example"),
))  # fmt: skip
TOM = PupilSaid("Nguyen", "Tom", "", (GuardianSaid("Minh Nguyen", "", "minh@fai.example"),))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_separator_any_encoding_any_line_end(separator: str, encoding: str, line_end: str) -> None:
    content = LIST.replace(";", separator).replace("\n", line_end).encode(encoding)
    read = read_list(decode_list(content))
    assert read.pupils == (LEA, TOM)
    assert (read.faults, read.left_out, read.lines_count) == ((), ("Téléphone",), 2)


def test_a_line_for_each_guardian_is_one_pupil() -> None:
    read = read_list(
        "Élève,Mail élève,Responsable,Lien responsable,Courriel responsable\n"
        "DURAND Léa,,Claire,MÈRE,claire@fai.example\n"
        "Durand LÉA,Lea@ent.example,Marc,PÈRE,<marc@fai.example>\n"
        "Durand Léa,lea@ent.example,Marc,PÈRE,mailto:marc@fai.example\n"
    )
    assert read.pupils == (
        PupilSaid("DURAND Léa", "", "lea@ent.example", (
            GuardianSaid("Claire", "", "claire@fai.example", "MÈRE"), GuardianSaid("Marc", "", "marc@fai.example", "PÈRE"),
        )),
    )  # fmt: skip
    assert read.faults == ()


def test_what_is_wrong_is_told_with_its_line_and_left_out() -> None:
    read = read_list(
        "sep=;\n"
        "Nom;Prénom;Courriel élève;Mère;Courriel mère\n"
        ";;perdu@ent.example;;\n"
        "Durand;Léa;lea.ent.example;Claire Durand;claire@\n"
        "\n"
        "Nguyen;Tom;tom@ent.example;Minh;\n"
        "Nguyen;Tom;autre@ent.example;;\n"
        "Petit;Zoé;zoe@ent.example;Petit; Jeanne;jeanne@fai.example\n"
        f"{'x' * 90};;;;\n"
    )
    assert [(each.line, each.wrong, each.shown) for each in read.faults] == [
        (3, Wrong.NO_NAME, ""),
        (4, Wrong.BAD_ADDRESS, "lea.ent.example"),
        (4, Wrong.BAD_GUARDIAN_ADDRESS, "claire@"),
        (6, Wrong.NO_GUARDIAN_ADDRESS, "Minh"),
        (7, Wrong.OTHER_ADDRESS, "autre@ent.example"),
        (8, Wrong.EXTRA_CELLS, "Petit"),
        (9, Wrong.LONG_NAME, ""),
    ]
    assert [(each.name, each.address, each.guardians) for each in read.pupils] == [
        ("Léa Durand", "", ()), ("Tom Nguyen", "tom@ent.example", ()), ("x" * 80, "", ()),
    ]  # fmt: skip


def test_of_a_file_of_several_classes_one_is_read() -> None:
    text = "Classe;Nom;Courriel\n5A;Durand;d@ent.example\n5B;Nguyen;mauvaise\n5a;Petit;p@ent.example\n"
    whole = read_list(text)
    assert (whole.classes, len(whole.pupils)) == (("5A", "5B", "5a"), 3)
    one = read_list(text, "5A")
    assert ([each.family_name for each in one.pupils], one.faults) == (["Durand", "Petit"], ())
    assert read_list("Nom\nDurand\n", "5A").pupils == (PupilSaid("Durand", ""),)


def test_a_pupil_has_so_many_guardians_at_most() -> None:
    lines = "".join(f"Durand;r{number}@fai.example\n" for number in range(GUARDIANS + 1))
    read = read_list(f"Nom;Courriel responsable\n{lines}")
    assert len(read.pupils[0].guardians) == GUARDIANS
    assert [each.wrong for each in read.faults] == [Wrong.MANY_GUARDIANS]


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "empty"), (b" \n;;\n", "empty"), (b"PK\x03\x04", "spreadsheet"), (b"%PDF-1.7", "spreadsheet"),
    (b"x" * (FILE_BYTES + 1), "too-big"), (b"Nom\n" + b"a\n" * (LINES + 1), "too-long"),
    (b"Ville;Telephone\nRouen;1\n", "no-names"), (b"Responsable 1;Courriel\nx;y\n", "no-names"),
    (b"Nom;Courriel\n" + b"x" * 140_000, "malformed"),
])  # fmt: skip
def test_a_file_in_which_nothing_can_be_read_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(ListRefused) as refused:
        read_list(decode_list(content))
    assert refused.value.data["reason"] == reason


@given(st.binary(max_size=400), st.text(max_size=200))
def test_nothing_that_anybody_sends_is_a_fault_of_ours(content: bytes, text: str) -> None:
    with suppress(ListRefused):
        read_list(decode_list(content))
    with suppress(ListRefused):
        read_list("Nom;Courriel élève;Responsable\n" + text)
