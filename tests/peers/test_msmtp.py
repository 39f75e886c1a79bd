"""msmtp, as somebody's mutt would call it."""

import re

from tests.doors.smtp.conftest import doors, school  # noqa: F401  # fixtures
from tests.doors.smtp.open_doors import Doors
from tests.peers.programs import Ran, run
from tests.transport.school import School, letter


async def send(doors: Doors, school: School, door: str, password: str) -> Ran:  # noqa: F811
    return await run(
        "msmtp", "msmtp", "--file=/dev/null", "--host=localhost", f"--port={doors.ports[door]}", "--tls=on",
        f"--tls-starttls={'on' if door == 'submission' else 'off'}", f"--tls-trust-file={doors.authority}", "--auth=plain",
        f"--user={school.marie.address}", f"--passwordeval=echo {password}", f"--from={school.marie.address}", "--",
        school.paul.address, feed=letter("De msmtp"),
    )  # fmt: skip


async def test_msmtp_submits(doors: Doors, school: School) -> None:  # noqa: F811
    for door in ("submission_tls", "submission"):
        ran = await send(doors, school, door, school.marie.app_password)
        assert ran.code == 0, ran.output
    assert len(school.paul.inbox()) == 2


async def test_msmtp_shows_why_it_was_refused_and_where_that_is_explained(doors: Doors, school: School) -> None:  # noqa: F811
    ran = await send(doors, school, "submission", "wrong")
    assert ran.code != 0, ran.output
    assert re.search(r"535 5\.7\.8 .*(AUTH-\w{4}-\w{4}) https://localhost/depannage/\1", ran.output), ran.output
