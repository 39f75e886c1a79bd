"""kill -9 while somebody writes to a list: what was accepted reaches each member, and nothing reaches only some."""

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from corneille.doors.frame.bridge import Bridge
from corneille.run.ground import Ground
from corneille.transport.relay import Relay
from tests.groups.conftest import MATHS, College, found_college
from tests.transport.school import NOW, Member

ROOT = Path(__file__).parents[2]


@pytest.fixture
def college(ground: Ground) -> College:
    return found_college()


def write_and_kill(data: Path, writer: Member, accepted_count: int) -> int:
    """Lets another process write until so many are accepted, kills it, and gives the last that it said."""
    command = [sys.executable, "-W", "error", "-m", "tests.faults.list_sender", str(data), str(writer.account)]
    with subprocess.Popen([*command, writer.address, MATHS], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(accepted_count)]
        os.kill(process.pid, signal.SIGKILL)
        said += [line for line in process.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return int(said[-1])


def received_by(member: Member) -> set[int]:
    return {int(re.findall(rb"Subject: lettre (\d+)", content)[0]) for content in member.inbox()}


@pytest.mark.parametrize("accepted_count", [1, 7, 20])
async def test_a_kill_loses_nothing_that_was_written_to_a_list(
    college: College, ground: Ground, accepted_count: int
) -> None:
    bridge = Bridge(2)
    last = await bridge.run(write_and_kill, ground.data, college.ines, accepted_count)
    await Relay(bridge).drain(lambda: NOW + timedelta(hours=2))  # the lease of who was killed has run out
    received = [received_by(member) for member in (college.ines, college.yves)]
    assert received[0] == received[1]
    assert received[0] >= set(range(1, last + 1))
    assert received[0] <= set(range(1, last + 2))
    assert college.lea.inbox() == []
    bridge.close()
