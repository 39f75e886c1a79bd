"""The operator makes a list, shows who is on it, changes it and ends it."""

import argparse
from pathlib import Path

import pytest

from corneille.doors.cli import groups
from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.run.ground import Ground
from tests.groups.conftest import MATHS, UAI, College, found_college
from tests.transport.school import DOMAIN

TOUS = f"tous@{DOMAIN}"


@pytest.fixture
def college(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> College:
    monkeypatch.setenv("LANGUAGE", "en")
    return found_college()


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    groups.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["groups", *words])
    outcome: int = arguments.handle(arguments)
    return outcome


def test_a_list_is_made_shown_changed_and_ended(college: College, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("tous", "Tous les personnels", "--uai", UAI, "--writers", "establishment", "--at", UAI.lower())
    assert command("add", *words, "--from", "2026-09-01", "--until", "2027-08-31") == DONE
    assert capsys.readouterr().out == f"{TOUS}\n"
    assert command("put", TOUS, college.stranger.person.identifier) == DONE
    assert command("put", TOUS, MATHS) == DONE
    assert command("take-out", TOUS, college.lea.address) == DONE
    assert command("show", TOUS) == DONE
    assert capsys.readouterr().out.splitlines() == [
        f"{college.stranger.address}\thand\tMarc Ailleurs",
        f"{college.ines.address}\trule\tInès Allard",
        f"{college.yves.address}\trule\tYves Barbier",
        f"{college.secretary.address}\trule\tÉloïse Bézier",
        f"{college.head.address}\trule\tFrançois Muller",
    ]
    command("show", TOUS, "--on", "2026-09-01")
    assert college.lea.address in capsys.readouterr().out
    assert command("end", TOUS, "--on", "2026-09-30") == DONE
    assert command("list") == DONE
    assert capsys.readouterr().out.splitlines() == [
        f"{MATHS}\tmembers\thead\t2026-09-01\t-\tListe maths",
        f"{TOUS}\testablishment\tcomputed\t2026-09-01\t2026-09-30\tTous les personnels",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "maths", "Encore"), "has, or had, this address"),
        (("add", "ines.allard", "Vol"), "has, or had, this address"),
        (("add", "x", "X", "--domain", "example.net"), "none of your domains"),
        (("add", "x", "X", "--at", "0000000A"), "UAI code"),
        (("add", "x", "X", "--writers", "owners"), "want --uai"),
        (("add", "x", "X", "--keeper", "head"), "wants --uai"),
        (("add", "x", "X", "--department", "75"), "no establishment in this department"),
        (("end", MATHS, "--on", "2026-01-01"), "before the first"),
        (("show", "nulle@ac-demo.test"), "No list has the address"),
        (("put", MATHS, "personne"), "Nobody has this identifier"),
        (("put", MATHS, "iallard"), "on the list already"),
        (("take-out", MATHS, "lcollet"), "not on the list"),
        (("put", MATHS, MATHS), "on itself"),
    ],
)
def test_what_cannot_be_done_is_said(college: College, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandRefused, match=told):
        command(*words)


def test_a_file_is_tried_then_brought_in(
    college: College, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "equipe.csv"
    file.write_text(f"Courriel\n{college.lea.address}\nx@y.example\n", encoding="utf-8")
    assert command("import", MATHS, str(file), "--dry-run") == DONE_PARTLY
    planned = capsys.readouterr().out
    assert planned.splitlines() == [
        f"new\t{college.lea.person.identifier}\t{college.lea.address}\tLéa Collet",
        "unknown\t3\tx@y.example",
    ]
    assert command("show", MATHS) == DONE
    assert college.lea.address not in capsys.readouterr().out
    assert command("import", MATHS, str(file)) == DONE_PARTLY
    assert capsys.readouterr().out == planned
    assert command("show", MATHS) == DONE
    assert college.lea.address in capsys.readouterr().out
    file.write_text("Nom;Prénom\nCollet;Léa\n", encoding="utf-8")
    with pytest.raises(CommandRefused, match="Nom, Prénom"):
        command("import", MATHS, str(file))


def test_a_day_that_nobody_means_is_refused_with_the_years_that_may_be_meant(
    college: College, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in ("0001-01-01", "9999-12-31", "demain"):
        with pytest.raises(SystemExit):
            command("end", MATHS, "--on", day)
        assert "a day as YYYY-MM-DD, of the years 1950 to 2150" in capsys.readouterr().err
