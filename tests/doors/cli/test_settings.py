"""`corneille settings`: the page of the documentation is its print-out, the example file is one that works."""

import tomllib
from pathlib import Path

import pytest

import corneille
from corneille.doors.cli.outcome import DONE, REFUSED
from corneille.run.command import main

PAGE = Path(corneille.__file__).parent.parent / "docs/settings.md"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


def test_the_page_of_the_documentation_is_the_print_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--data", str(tmp_path), "settings", "--markdown"]) == DONE
    assert PAGE.read_text(encoding="utf-8") == capsys.readouterr().out, (
        "print it again: python -m corneille.run settings --markdown > docs/settings.md"
    )


def test_the_example_file_has_every_setting_and_works_when_its_lines_are_made_to_count(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--data", str(tmp_path), "settings", "--example"]) == DONE
    example = capsys.readouterr().out
    written = "".join(line[1:] if line.startswith("#") and line[1:2] != " " else line for line in example.splitlines(True))
    assert tomllib.loads(written)["ground"]["domain"] == "ac-demonstration.test"
    (tmp_path / "corneille.toml").write_text(written, encoding="utf-8")
    assert main(["--data", str(tmp_path), "settings"]) == DONE


def test_values_that_differ_from_the_default_are_marked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corneille.toml").write_text('[ground]\nacademie = "Académie d’Exemple"\n', encoding="utf-8")
    monkeypatch.setenv("CORNEILLE_MAIL_VIEW_COUNT", "7")
    assert main(["--data", str(tmp_path), "settings"]) == DONE
    told = capsys.readouterr().out.splitlines()
    assert 'ground.academie = "Académie d’Exemple"  *' in told
    assert "mail.view_count = 7  *" in told
    assert 'ground.domain = "ac-demonstration.test"' in told


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[grond]\n", "no section [grond]"),
        ("[mail]\nquota = 3\n", "has no 'quota'"),
        ("[mail]\nview_count = 'x'\n", "not a whole number"),
        ("[mail\n", "not a TOML file"),
    ],
)
def test_a_wrong_file_is_refused_with_what_would_be_right(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, written: str, why: str
) -> None:
    (tmp_path / "corneille.toml").write_text(written, encoding="utf-8")
    assert main(["--data", str(tmp_path), "settings"]) == REFUSED
    assert why in capsys.readouterr().err
