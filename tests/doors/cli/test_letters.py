import argparse
import re
from datetime import date
from pathlib import Path

import pytest

from corneille.desk.letter import ACTIVATION, Letter, draw_letters
from corneille.doors.cli import access
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.kernel import clock
from corneille.kernel.journal import list_lines
from corneille.people.account_type import AccountState, AccountType
from corneille.people.add import NewEstablishment, NewPerson, add_assignment, add_domain, add_establishment, add_person
from corneille.people.find import find_account
from corneille.run.ground import Ground

UAI = "0760095R"
BORN = date(1985, 3, 17)
HOW = ("--by", "Nadia Benali", "--lost", "both", "--checked", "document")


@pytest.fixture(autouse=True)
def school(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    add_domain("ac-demonstration.test", principal=True, now=clock.now())
    add_establishment(NewEstablishment(UAI, "Lycée Corneille", "lycee", "Rouen"))
    waiting, active = AccountState.TO_ACTIVATE, AccountState.ACTIVE
    for name, state in (("Morel", waiting), ("Œuvrard", waiting), ("Petit", active)):
        person = add_person(NewPerson(AccountType.TEACHER, "Lucie", name, clock.now(), state=state, birth_on=BORN))
        add_assignment(person.id, UAI, "x", date(2020, 9, 1))


def command(*words: str, name: str = "letters") -> int:
    parser = argparse.ArgumentParser()
    access.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["access", name, *words])
    outcome: int = arguments.handle(arguments)
    return outcome


def count_pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_a_whole_establishment_is_one_pdf_for_its_maker_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "letters.pdf"
    assert command("--uai", UAI.lower(), "--out", str(out)) == DONE
    assert "2 letters" in capsys.readouterr().out
    assert count_pages(out.read_bytes()) == 2
    assert out.stat().st_mode & 0o777 == 0o600


def test_one_person_is_one_page_and_who_is_active_has_none(tmp_path: Path) -> None:
    assert command("--who", "lmorel", "--out", str(tmp_path / "one.pdf")) == DONE
    assert count_pages((tmp_path / "one.pdf").read_bytes()) == 1
    with pytest.raises(CommandRefused):
        command("--who", "lpetit", "--out", str(tmp_path / "none.pdf"))
    assert not (tmp_path / "none.pdf").exists()


def test_a_letter_that_unlocks_is_one_page_and_is_journaled(tmp_path: Path) -> None:
    out = tmp_path / "unlock.pdf"
    assert command("lpetit", *HOW, "--out", str(out), name="unlock-letter") == DONE
    assert count_pages(out.read_bytes()) == 1
    assert out.stat().st_mode & 0o777 == 0o600
    person = find_account("lpetit")
    assert person is not None
    assert list_lines(person.id, 1)[0].data["way"] == "seen-document"
    with pytest.raises(CommandRefused):
        command("lmorel", *HOW, "--out", str(out), name="unlock-letter")


@pytest.mark.parametrize("is_link", [True, False])
def test_a_file_that_is_there_is_left_alone_and_no_code_is_drawn(tmp_path: Path, is_link: bool) -> None:
    other, out = tmp_path / "other", tmp_path / "unlock.pdf"
    other.write_text("mine")
    out.symlink_to(other) if is_link else out.write_text("mine")
    person = find_account("lpetit")
    assert person is not None
    before = list_lines(person.id, 9)
    with pytest.raises(CommandRefused):
        command("lpetit", *HOW, "--out", str(out), name="unlock-letter")
    assert (other.read_text(), out.read_text(), list_lines(person.id, 9)) == ("mine", "mine", before)


def test_who_decides_has_a_name(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        command("lpetit", "--by", " ", *HOW[2:], "--out", str(tmp_path / "unlock.pdf"), name="unlock-letter")


def test_without_a_birth_date_no_letter_is_made_and_no_file_is_left(tmp_path: Path) -> None:
    out = tmp_path / "none.pdf"
    for name, state, words in (
        ("Waiting", AccountState.TO_ACTIVATE, ("letters", "--who", "jwaiting")),
        ("Active", AccountState.ACTIVE, ("unlock-letter", "jactive", *HOW)),
    ):
        add_person(NewPerson(AccountType.TEACHER, "Jean", name, clock.now(), state=state))
        with pytest.raises(CommandRefused, match="birth date"):
            command(*words[1:], "--out", str(out), name=words[0])
        assert not out.exists()


@pytest.mark.parametrize("name", ["Zoé Lefèvre", "Œuvrard", "Nguyễn", "x" * 300, "العربية"])
def test_every_name_can_be_printed(name: str) -> None:
    letter = Letter(name, "Lycée", "zl", "z@l.test", ("K7RM-2QWX",), "https://localhost", "Académie", "01/09/2026")
    assert draw_letters([letter], ACTIVATION).startswith(b"%PDF-")
