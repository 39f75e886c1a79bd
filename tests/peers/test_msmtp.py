"""msmtp, as somebody's mutt would call it."""

from pathlib import Path

from tests.doors.smtp.conftest import doors, school  # noqa: F401  # fixtures
from tests.doors.smtp.open_doors import Doors
from tests.peers.programs import run
from tests.transport.school import School, letter


async def test_msmtp_submits(doors: Doors, school: School, tmp_path: Path) -> None:  # noqa: F811
    for door, starttls in (("submission_tls", "off"), ("submission", "on")):
        ran = await run(
            "msmtp", "msmtp", "--file=/dev/null", "--host=localhost", f"--port={doors.ports[door]}", "--tls=on",
            f"--tls-starttls={starttls}", f"--tls-trust-file={doors.authority}", "--auth=plain",
            f"--user={school.marie.address}", f"--passwordeval=echo {school.marie.app_password}",
            f"--from={school.marie.address}", "--", school.paul.address,
            feed=letter("De msmtp"),
        )  # fmt: skip
        assert ran.code == 0, ran.output
    assert len(school.paul.inbox()) == 2
