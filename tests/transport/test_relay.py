"""The queue is drained to the next server: tries, patience, bounces; time is the test's own."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import pytest
import pytest_asyncio

from corneille.doors.frame.bridge import Bridge
from corneille.kernel import blobs, settings
from corneille.run.ground import Ground
from corneille.transport import queries, queue
from corneille.transport.queries import Waiting
from corneille.transport.relay import Relay
from corneille.transport.route import Route, choose_routes
from corneille.transport.smtp_client import Outgoing, SessionFault, Target, send
from corneille.transport.submit import submit
from corneille.transport.values import Envelope
from tests.transport.next_hop import NextHop
from tests.transport.school import NOW, School, letter

OUTSIDE = "ami@example.net"


@dataclass(slots=True)
class Desk:
    """A relay, its next server, and a clock that the test moves."""

    relay: Relay
    hop: NextHop
    bridge: Bridge
    school: School
    now: datetime = NOW
    said: list[str] = field(default_factory=list)

    async def send(self, *recipients: str, content: bytes | None = None, is_utf8: bool = False) -> None:
        envelope = Envelope(self.school.marie.address, recipients, is_utf8=is_utf8)
        await self.bridge.run(submit, self.school.marie.account, envelope, content or letter(), self.now)

    async def drain(self, **later: float) -> int:
        self.now += timedelta(**later)
        return await self.relay.drain(lambda: self.now)

    async def list(self) -> list[queue.Queued]:
        return await self.bridge.run(queue.list_queue)


@pytest_asyncio.fixture
async def desk(school: School, ground: Ground) -> AsyncIterator[Desk]:
    hop = NextHop()
    await hop.start()
    transport = {"smart_host": "127.0.0.1", "smart_host_port": hop.port, "connect_timeout_s": 2.0}
    settings.load(None, {}, ground={"data": str(ground.data)}, transport=transport)
    bridge = Bridge(2)
    yield Desk(Relay(bridge), hop, bridge, school)
    await hop.close()
    bridge.close()


async def test_a_message_for_the_outside_is_sent_once_and_leaves_nothing_behind(
    desk: Desk, ground: Ground
) -> None:
    await desk.send(OUTSIDE, "deux@example.org", content=letter() + b".dot\r\n")
    assert await desk.drain() == 1
    assert desk.hop.contents[0].endswith(letter() + b".dot\r\n")
    assert [line for line in desk.hop.lines if line.startswith(("MAIL", "RCPT"))] == [
        f"MAIL FROM:<{desk.school.marie.address}> SIZE={len(desk.hop.contents[0])}",
        f"RCPT TO:<{OUTSIDE}>",
        "RCPT TO:<deux@example.org>",
    ]
    assert await desk.list() == []
    assert not [path for path in (ground.data / "blobs").rglob("*") if path.is_file()]
    assert await desk.drain(days=5) == 0
    assert desk.school.marie.inbox() == []


async def test_a_busy_server_is_asked_again_later_and_not_before(desk: Desk) -> None:
    desk.hop.answers = {"RCPT": "451 4.7.1 greylisted"}
    await desk.send(OUTSIDE)
    assert await desk.drain() == 1
    assert await desk.drain(seconds=59) == 0
    (line,) = await desk.list()
    assert (line.attempt_count, line.last_reply) == (1, "451 4.7.1 greylisted")
    desk.hop.answers = {}
    assert await desk.drain(seconds=2) == 1
    assert len(desk.hop.contents) == 1
    assert await desk.list() == []


async def test_a_refused_recipient_is_told_to_the_writer_and_the_other_is_served(desk: Desk) -> None:
    desk.hop.answers = {"RCPT TO:<ami@": "550 5.1.1 no such user here"}
    await desk.send(OUTSIDE, "autre@example.org")
    await desk.drain()
    assert len(desk.hop.contents) == 1
    (bounce,) = desk.school.marie.inbox()
    text = bounce.decode()
    assert text.startswith("Return-Path: <>\r\n")
    assert "multipart/report; report-type=delivery-status" in text
    assert "Auto-Submitted: auto-replied" in text
    assert "Cette adresse n’existe pas" in text
    assert "This address does not exist" in text
    assert f"Final-Recipient: rfc822; {OUTSIDE}\r\nAction: failed\r\nStatus: 5.1.1\r\n" in text
    assert "Diagnostic-Code: smtp; 550 5.1.1 no such user here" in text
    assert "autre@example.org" not in text
    assert "Un mot." not in text, "the header comes back, not the body"
    found = re.search(r"In-Reply-To: (<[^>]+>)", text)
    assert found is not None
    assert f"Message-ID: {found[1]}" in text
    assert await desk.list() == []


async def test_the_writer_is_warned_once_then_told_that_it_failed(desk: Desk) -> None:
    await desk.hop.close()  # nobody answers at all
    await desk.send(OUTSIDE)
    for _ in range(60):
        await desk.drain(hours=2)
    first, second = (each.decode() for each in desk.school.marie.inbox())
    assert "Action: delayed" in first
    assert "Nous continuons d’essayer" in first
    assert "Action: failed\r\nStatus: 5.4.7" in second
    assert await desk.list() == []


async def test_a_bounce_never_answers_a_bounce(desk: Desk) -> None:
    desk.hop.answers = {"RCPT": "550 5.1.1 unknown"}
    await desk.bridge.run(
        lambda: queue.enqueue(Envelope("", (OUTSIDE,)), letter(), reference="M-1", writer=None, now=NOW)
    )
    assert await desk.drain() == 1
    assert await desk.list() == []
    assert desk.school.marie.inbox() == desk.school.paul.inbox() == []


async def test_a_server_that_hangs_up_in_the_middle_costs_nothing(desk: Desk) -> None:
    for begin in ("EHLO", "MAIL", "RCPT", "DATA"):
        desk.hop.answers = {begin: "hang up"}
        await desk.send(OUTSIDE)
        await desk.drain()
    assert [line.attempt_count for line in await desk.list()] == [4, 3, 2, 1] or len(await desk.list()) == 4
    desk.hop.answers = {"QUIT": "hang up"}
    await desk.drain(days=1)
    assert len(desk.hop.contents) == 4
    assert await desk.list() == []


async def test_a_refused_content_counts_for_all(desk: Desk) -> None:
    desk.hop.answers = {".": "554 5.7.1 this looks like spam"}
    await desk.send(OUTSIDE, "autre@example.org")
    await desk.drain()
    (bounce,) = desk.school.marie.inbox()
    assert bounce.count(b"Final-Recipient: ") == 2
    assert "règles de sécurité".encode() in bounce


async def test_accents_in_addresses_go_only_where_they_are_taken(desk: Desk) -> None:
    desk.hop.extensions = ()
    await desk.send("élève@example.net", is_utf8=True)
    await desk.drain()
    assert b"Status: 5.6.7" in desk.school.marie.inbox()[0]
    desk.hop.extensions = ("SMTPUTF8",)
    await desk.send("élève@example.net", is_utf8=True)
    await desk.drain()
    assert "RCPT TO:<élève@example.net>" in desk.hop.lines


async def test_what_a_dead_process_held_is_sent_when_its_lease_ends(desk: Desk) -> None:
    await desk.send(OUTSIDE)
    lease_s = 1800
    claim = partial(queries.claim, lease_s=lease_s, longest_s=14400)
    assert await desk.bridge.run(claim, "dead", now=desk.now) is not None
    assert await desk.bridge.run(claim, "other", now=desk.now) is None
    assert await desk.drain(seconds=lease_s - 1) == 0
    assert await desk.drain(seconds=1) == 1
    assert len(desk.hop.contents) == 1


async def test_a_clock_that_is_set_back_by_months_holds_no_mail_up(desk: Desk) -> None:
    """While it was ahead, a try was put off and another process died over a second message."""
    desk.hop.answers = {"RCPT": "451 4.7.1 greylisted"}
    desk.now = NOW + timedelta(days=90)
    await desk.send(OUTSIDE)
    assert await desk.drain() == 1
    await desk.send("deux@example.net")
    assert await desk.bridge.run(partial(queries.claim, "dead", lease_s=1800, longest_s=14400), now=desk.now) is not None
    desk.now = NOW
    assert await desk.drain() == 2
    assert await desk.drain(seconds=59) == 0  # from here on they wait as long as others do
    desk.hop.answers = {}
    assert await desk.drain(seconds=300) == 2
    assert len(desk.hop.contents) == 2


async def test_two_relays_never_send_one_message_twice(desk: Desk) -> None:
    for number in range(10):
        await desk.send(f"ami{number}@example.net")
    other = Relay(desk.bridge)
    counts = await asyncio.gather(desk.drain(), other.drain(lambda: desk.now))
    assert sum(counts) == 10
    assert len({line for line in desk.hop.lines if line.startswith("RCPT")}) == len(desk.hop.contents) == 10


async def test_what_one_process_has_claimed_no_other_claims_whose_clock_is_behind(desk: Desk) -> None:
    """Each reads the clock before it waits for the database; two machines have two clocks."""
    await desk.send(OUTSIDE)
    desk.now += timedelta(hours=1)
    for behind, claimed in ((0, True), (0.001, False), (30 * 60, False)):
        asked = partial(queries.claim, f"lease {behind}", now=desk.now - timedelta(seconds=behind), lease_s=300, longest_s=3600)
        assert (await desk.bridge.run(asked) is not None) == claimed


async def test_a_held_message_waits_for_its_release(desk: Desk) -> None:
    await desk.send(OUTSIDE)
    (line,) = await desk.list()
    await desk.bridge.run(queue.hold, line.reference)
    assert await desk.drain(days=1) == 0
    await desk.bridge.run(queue.let_go, line.reference)
    assert await desk.drain() == 1


async def test_a_lost_content_is_told_rather_than_tried_for_ever(desk: Desk, ground: Ground) -> None:
    await desk.send(OUTSIDE)
    for path in (ground.data / "blobs").rglob("*"):
        if path.is_file():
            blobs.current().drop(path.name)  # type: ignore[arg-type]
    await desk.drain()
    assert b"Action: failed" in desk.school.marie.inbox()[0]
    assert await desk.list() == []


async def test_the_running_relay_sends_at_once_and_stops(desk: Desk) -> None:
    desk.relay.start()
    taken: Callable[[], bool] = lambda: bool(desk.hop.contents)  # noqa: E731
    desk.now = datetime.now(tz=NOW.tzinfo)
    await desk.send(OUTSIDE)
    async with asyncio.timeout(5):
        while not taken():
            await asyncio.sleep(0.01)
        while await desk.list():
            await asyncio.sleep(0.01)
    await desk.relay.close()


async def test_the_end_of_the_service_waits_for_the_answer_to_what_has_left(desk: Desk) -> None:
    desk.hop.slow = "."
    desk.now = datetime.now(tz=NOW.tzinfo)
    desk.relay.start()
    await desk.send(OUTSIDE)
    async with asyncio.timeout(5):
        while not desk.hop.contents:
            await asyncio.sleep(0.01)
    closing = asyncio.create_task(desk.relay.close())
    await asyncio.sleep(0)
    desk.hop.may_answer.set()
    await closing
    assert await desk.list() == [], "cut off between the dot and the 250, it would have been sent again"


async def test_a_connection_lost_after_the_dot_is_tried_later_and_not_at_the_next_server_at_once(desk: Desk) -> None:
    desk.hop.answers = {".": "hang up"}
    await desk.send(OUTSIDE)
    target = Target("127.0.0.1", desk.hop.port, "next.test", "none")
    two = Route((target, target), None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("corneille.transport.relay.choose_routes", lambda remote: [(two, remote)])
        await desk.drain()
    assert len(desk.hop.contents) == 1
    (line,) = await desk.list()
    assert (line.state, line.last_reply.partition(":")[0]) == ("waiting", "end of content")


async def test_many_slow_recipients_cannot_outlive_the_lease(desk: Desk) -> None:
    desk.hop.slow = "RCPT"
    sooner = asyncio.get_running_loop().time() + 0.05
    outgoing = Outgoing("ours.test", "", (OUTSIDE,), letter(), False, 5.0, 5.0, 5.0, content_before_s=sooner)
    with pytest.raises(SessionFault, match="no answer in time"):
        await send(Target("127.0.0.1", desk.hop.port, "next.test", "none"), outgoing)
    assert desk.hop.contents == []
    desk.hop.may_answer.set()


async def test_a_slow_server_does_not_hold_up_what_is_queued_meanwhile(desk: Desk) -> None:
    desk.hop.slow = "RCPT TO:<lent@"
    desk.now = datetime.now(tz=NOW.tzinfo)
    desk.relay.start()
    await desk.send("lent@example.net")
    async with asyncio.timeout(5):
        while "RCPT TO:<lent@example.net>" not in desk.hop.lines:
            await asyncio.sleep(0.01)
    await desk.send(OUTSIDE)
    async with asyncio.timeout(3):
        while not desk.hop.contents:
            await asyncio.sleep(0.01)
    desk.hop.may_answer.set()
    async with asyncio.timeout(5):
        while await desk.list():
            await asyncio.sleep(0.01)
    await desk.relay.close()
    assert len(desk.hop.contents) == 2


async def test_a_fault_of_ours_in_one_message_harms_no_other_and_it_is_tried_again_later(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trip(remote: list[Waiting]) -> list[tuple[Route, list[Waiting]]]:
        if remote[0].address.startswith("fatal@"):
            raise ZeroDivisionError
        return choose_routes(remote)

    with monkeypatch.context() as broken:
        broken.setattr("corneille.transport.relay.choose_routes", trip)
        await desk.send("fatal@example.net")
        await desk.send(OUTSIDE)
        assert await desk.drain() == 2
    assert len(desk.hop.contents) == 1
    (line,) = await desk.list()
    assert (line.recipient, line.attempt_count) == ("fatal@example.net", 1)
    assert await desk.drain(seconds=59) == 0
    assert await desk.drain(seconds=2) == 1
    assert len(desk.hop.contents) == 2
    caplog.clear()
