"""curl sends mail, with certificates checked."""

import re
from pathlib import Path

from tests.doors.smtp.conftest import doors, school  # noqa: F401  # fixtures
from tests.doors.smtp.open_doors import Doors
from tests.peers.programs import run
from tests.transport.school import School, letter


async def test_curl_submits_over_tls_and_starttls(doors: Doors, school: School, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "letter.eml"
    file.write_bytes(letter("De curl") + b".\r\n..\r\n")
    user = f"{school.marie.person.identifier}:{school.marie.app_password}"
    for address in (
        f"smtps://localhost:{doors.ports['submission_tls']}",
        f"smtp://localhost:{doors.ports['submission']}",
    ):
        ran = await run(
            "curl", "curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", str(doors.authority), "--ipv4",
            "--url", address, "--user", user, "--mail-from", school.marie.address,
            "--mail-rcpt", school.paul.address, "--upload-file", str(file),
        )  # fmt: skip
        assert ran.code == 0, ran.output
    assert [each.endswith(b"Un mot.\r\n.\r\n..\r\n") for each in school.paul.inbox()] == [True, True]


async def test_curl_is_told_of_a_wrong_password(doors: Doors, school: School, tmp_path: Path) -> None:  # noqa: F811
    file = tmp_path / "letter.eml"
    file.write_bytes(letter())
    ran = await run(
        "curl", "curl", "--verbose", "--ssl-reqd", "--cacert", str(doors.authority), "--ipv4",
        "--url", f"smtp://localhost:{doors.ports['submission']}", "--user", "mdupont:wrong",
        "--mail-from", school.marie.address, "--mail-rcpt", school.paul.address, "--upload-file", str(file),
    )  # fmt: skip
    assert ran.code == 67, ran.output  # login denied
    assert "535 5.7.8" in ran.output
    assert re.search(r"AUTH-\w{4}-\w{4} https://localhost/depannage/AUTH-\w{4}-\w{4}", ran.output), ran.output
    assert school.paul.inbox() == []
