"""The probe sends and reads a mail at real doors, and says which step failed when it cannot."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corneille.desk.probe import Probed, find_last
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.tls import make_server_context
from corneille.doors.frame.tls_settings import Tls
from corneille.doors.imap.server import start_imap
from corneille.doors.smtp.server import SmtpSockets, start_smtp
from corneille.kernel.metrics import format_metrics, list_declared
from corneille.mail.mailbox import find_mailbox
from corneille.mail.open_mail_account import open_mail_account
from corneille.people.add import add_domain
from corneille.people.find import find_account
from corneille.run.certificate import find_certificate
from corneille.run.ground import Ground
from corneille.run.listen import listen_on
from corneille.run.metrics import read_gauges
from corneille.run.probe import Doors, probe

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
async def doors(ground: Ground) -> AsyncIterator[Doors]:
    shown = find_certificate(Tls(), ground.data, "localhost", datetime.now(UTC))
    context, bridge = make_server_context(shown.chain, shown.key), Bridge(threads=4)
    submission, imap_socket = listen_on("127.0.0.1", 0), listen_on("127.0.0.1", 0)
    await bridge.run(lambda: add_domain("ac-demonstration.test", principal=True, now=NOW))
    imap = await start_imap(tls_sockets=[imap_socket], starttls_sockets=[], tls=context, bridge=bridge)
    smtp = await start_smtp(SmtpSockets(submission_tls=[submission]), context, bridge)
    client = ssl.create_default_context(cafile=str(shown.authority))
    yield Doors("127.0.0.1", submission.getsockname()[1], imap_socket.getsockname()[1], "localhost", client)
    await imap.close()
    await smtp.close()
    bridge.close()


async def run(doors: Doors) -> Probed:
    return await asyncio.to_thread(probe, doors, NOW)


async def test_a_mail_goes_in_and_comes_out_and_nothing_of_it_stays(doors: Doors, ground: Ground) -> None:
    first, second = await run(doors), await run(doors)
    assert (first.fault, second.fault) == ("", "")
    assert (ground.data / "probe.json").stat().st_mode & 0o777 == 0o600

    def look() -> tuple[int, Probed | None]:
        person = find_account("sonde@ac-demonstration.test")
        assert person is not None
        inbox = find_mailbox(open_mail_account(person.id), "INBOX")
        assert inbox is not None
        return inbox.message_count, find_last()

    assert await asyncio.to_thread(look) == (0, second)


async def test_the_step_that_failed_is_named(doors: Doors) -> None:
    closed = listen_on("127.0.0.1", 0)
    port = closed.getsockname()[1]
    closed.close()
    assert "ConnectionRefusedError" in (await run(replace(doors, imap_port=port))).fault
    wrong = await run(replace(doors, server_name="elsewhere.test"))
    assert "certificate" in wrong.fault.lower()
    swapped = await run(replace(doors, submission_port=doors.imap_port))
    assert not swapped.is_ok


async def test_the_metrics_hold_every_declared_number_and_no_name(doors: Doors, ground: Ground) -> None:
    await run(doors)

    def read() -> str:
        return format_metrics(read_gauges(NOW, [ground.data / "tls/chain.pem"])).decode()

    told = await asyncio.to_thread(read)
    missing = [each.name for each in list_declared() if f"corneille_{each.name}" not in told]
    of_each_process = ["connections", "newcomers_waiting"]
    assert missing == ["compaction_at_seconds", *of_each_process], "nothing was compacted"
    assert "corneille_probe_ok 1.0" in told
    assert 'corneille_sign_ins_total{decision="granted",door="imap",reason=""}' in told
    assert "sonde" not in told
