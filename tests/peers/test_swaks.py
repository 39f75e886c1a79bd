"""swaks, the postmaster's own tool."""

import asyncio
import re

from corneille.access.containment import GUARD, contain
from corneille.access.facts import Containment
from corneille.kernel import clock
from corneille.kernel.outbox import Told
from tests.doors.smtp.conftest import doors, school  # noqa: F401  # fixtures
from tests.doors.smtp.open_doors import Doors
from tests.peers.programs import Ran, run
from tests.transport.school import School


async def swaks(doors: Doors, door: str, *arguments: str) -> Ran:  # noqa: F811
    server = ("--server", "127.0.0.1", "--port", str(doors.ports[door]))
    return await run("swaks", "swaks", *server, "--helo", "client.example.net", *arguments)


async def test_swaks_delivers_from_outside(doors: Doors, school: School) -> None:  # noqa: F811
    ran = await swaks(doors, "reception", "--from", "a@example.net", "--to", school.paul.address)
    assert ran.code == 0, ran.output
    assert len(school.paul.inbox()) == 1


async def test_swaks_delivers_by_lmtp_and_pipelined(doors: Doors, school: School) -> None:  # noqa: F811
    to = f"{school.paul.address},{school.marie.address}"
    ran = await swaks(doors, "lmtp", "--protocol", "LMTP", "--from", "a@example.net", "--to", to)
    assert ran.code == 0, ran.output
    ran = await swaks(doors, "reception", "--pipeline", "--from", "a@example.net", "--to", to)
    assert ran.code == 0, ran.output
    assert len(school.paul.inbox()) == len(school.marie.inbox()) == 2


async def test_swaks_cannot_relay(doors: Doors) -> None:  # noqa: F811
    ran = await swaks(doors, "reception", "--from", "a@example.net", "--to", "b@example.org")
    assert ran.code == 24, ran.output  # no recipient was taken
    assert "550 5.7.1" in ran.output


async def test_swaks_submits_with_tls_and_starttls(doors: Doors, school: School) -> None:  # noqa: F811
    user = ("--auth-user", school.marie.person.identifier, "--auth-password", school.marie.app_password)
    letter = ("--from", school.marie.address, "--to", school.paul.address)
    for door, tls, way in (("submission", "--tls", "LOGIN"), ("submission_tls", "--tls-on-connect", "PLAIN")):
        ran = await swaks(doors, door, tls, "--auth", way, *user, *letter)
        assert ran.code == 0, ran.output
    assert len(school.paul.inbox()) == 2
    ran = await swaks(doors, "submission", "--auth", "PLAIN", *user, *letter)
    assert ran.code != 0, "no password in clear"


async def test_swaks_is_told_that_sending_is_held_and_where_that_is_explained(doors: Doors, school: School) -> None:  # noqa: F811
    why: tuple[str, dict[str, Told]] = ("burst", {})
    await asyncio.to_thread(contain, school.marie.account, Containment.HOLD_SENDING, *why, clock.now(), by=GUARD)
    user = ("--auth-user", school.marie.person.identifier, "--auth-password", school.marie.app_password)
    letter = ("--from", school.marie.address, "--to", school.paul.address)
    ran = await swaks(doors, "submission_tls", "--tls-on-connect", "--auth", "PLAIN", *user, *letter)
    assert ran.code == 0, ran.output
    assert re.search(r"250 2\.0\.0 .* held .*https://localhost/depannage/cause/sending-held", ran.output), ran.output
    assert school.paul.inbox() == []


async def test_swaks_is_told_that_a_mailbox_is_full_and_where_that_is_explained(doors: Doors, school: School) -> None:  # noqa: F811
    ran = await swaks(doors, "lmtp", "--protocol", "LMTP", "--from", "a@example.net", "--to", school.tiny.address,
                      "--body", "x" * 5000)  # fmt: skip
    assert re.search(r"452 4\.2\.2 .*https://localhost/depannage/cause/quota", ran.output), ran.output
