import argparse

import pytest

from corneille.doors.cli import journal
from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import append
from corneille.kernel.models import JournalEntry, JournalHead
from corneille.run.ground import Ground


@pytest.fixture(autouse=True)
def english(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    for number in range(3):
        append("password-changed", actor="cli", subject=AccountId(1), data={"n": number}, now=clock.now())


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    journal.add_parser(parser.add_subparsers())
    arguments = parser.parse_args(["journal", *words])
    outcome: int = arguments.handle(arguments)
    return outcome


def test_a_whole_journal_is_said_to_be_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert command("verify") == DONE
    assert "Whole: 3 lines checked" in capsys.readouterr().out


def test_a_changed_line_is_named_and_the_exit_code_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    JournalEntry.objects.filter(number=2).update(actor="system")
    assert command("verify") == DONE_PARTLY
    assert "line 2: not what was written" in capsys.readouterr().out


def test_a_cut_shows_against_the_end_that_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    command("end")
    end = capsys.readouterr().out.strip()
    JournalEntry.objects.filter(number=3).delete()
    JournalHead.objects.update(last_number=2, last_mac=JournalEntry.objects.get(number=2).mac)
    assert command("verify") == DONE
    assert command("verify", "--since", end) == DONE_PARTLY


@pytest.mark.parametrize("since", ["x", "3", "3:zz", ":" + "0" * 64])
def test_an_end_that_no_command_printed_is_refused(since: str) -> None:
    with pytest.raises(CommandRefused):
        command("verify", "--since", since)
