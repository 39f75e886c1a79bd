"""The operator makes a position, says what functions give, looks, takes back and ends it."""

import argparse

import pytest

from corneille.doors.cli import positions
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.kernel import clock
from corneille.mail.open_position import list_position_mail
from corneille.run.ground import Ground
from tests.positions import UAI, Positions, found_positions
from tests.transport.school import DOMAIN

OFFICE = f"gestion.{UAI.lower()}@{DOMAIN}"


@pytest.fixture
def school(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> Positions:
    monkeypatch.setenv("LANGUAGE", "en")
    return found_positions()


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    positions.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["positions", *words])
    outcome: int = arguments.handle(arguments)
    return outcome


def test_a_position_is_made_given_shown_taken_back_and_ended(
    school: Positions, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("add", "gestion", UAI, "--from", "2026-09-01") == DONE
    assert capsys.readouterr().out == f"{OFFICE}\n"
    assert command("give", OFFICE, "secrétariat", "write", "send-as", "--from", "2026-09-01") == DONE
    assert command("give", OFFICE, "Direction", "read", "--from", "2026-09-01", "--until", "2099-08-31") == DONE
    assert command("show", OFFICE) == DONE
    assert capsys.readouterr().out.splitlines() == [
        f"{school.head.person.identifier}\tread\tDirection\t2099-08-31\tFrançois Muller",
        f"{school.other_secretary.person.identifier}\tread,write,send-as\tSecrétariat\t-\tYann Cordier",
        f"{school.secretary.person.identifier}\tread,write,send-as\tSecrétariat\t-\tÉloïse Bézier",
    ]
    names = [each.position.name for each in list_position_mail(school.head.account, clock.now())]
    assert names == ["direction", "gestion", "secrétariat"]
    assert command("take", OFFICE, "Direction") == DONE
    assert command("end", OFFICE, "--on", "2026-09-30") == DONE
    assert command("list") == DONE
    told = capsys.readouterr().out.splitlines()
    assert f"{OFFICE}\t2026-09-01\t2026-09-30\tgestion {UAI}\tCollège Louise-Michel" in told
    assert len(told) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "direction", UAI), "has a position of this name"),
        (("add", "direction", "0760095Z"), "No establishment"),
        (("add", "a/b", UAI), "printable characters"),
        (("give", f"ines.allard@{DOMAIN}", "Direction", "read"), "No position has the address"),
        (("take", f"direction.{UAI}@{DOMAIN}", "Intendance"), "gives nothing there"),
    ],
)
def test_what_cannot_be_done_says_why(school: Positions, words: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandRefused, match=told):
        command(*words)
