"""`corneille privacy purges`: one line for each, and an exit code that a supervisor understands."""

import argparse

import pytest

from corneille.doors.cli.privacy import purges
from corneille.kernel import clock
from corneille.privacy.purge import PURGES, run_purge
from corneille.run.ground import Ground


def test_a_purge_that_has_not_run_is_told_by_the_exit_code(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    assert purges(argparse.Namespace()) == 1
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[0] for line in lines] == [each.code for each in PURGES]
    assert all(line[1:] == ["-", "0", "0", "-"] for line in lines)
    for each in PURGES:
        run_purge(each, clock.now())
    assert purges(argparse.Namespace()) == 0
    assert "-" not in {line.split("\t")[1] for line in capsys.readouterr().out.splitlines()}
