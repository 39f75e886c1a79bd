"""The door of Prometheus: an address of its own, and what is read of the installation when it asks."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509

from corneille.access.familiar import Standing
from corneille.desk.probe import find_last
from corneille.doors.frame.accept import Porter
from corneille.doors.frame.bridge import Bridge
from corneille.doors.imap.server import ImapServer
from corneille.doors.smtp.server import SmtpServer
from corneille.kernel import clock, metrics
from corneille.kernel.metrics import Reading, format_metrics
from corneille.kernel.settings import Ground, of
from corneille.mail.compact import measure_compaction
from corneille.mail.index_attachments import measure_indexing
from corneille.run.asgi import App, Receive, Scope, Send
from corneille.transport.queue import measure_queue

KIND = b"text/plain; version=0.0.4; charset=utf-8"


def read_gauges(now: datetime, chains: Sequence[Path]) -> Iterator[Reading]:
    """What the whole installation has now; blocking, for the bridge."""
    queue = measure_queue()
    yield Reading(metrics.QUEUE_RECIPIENTS, queue.waiting_count, ("waiting",))
    yield Reading(metrics.QUEUE_RECIPIENTS, queue.held_count, ("held",))
    oldest_s = (now - queue.oldest_at).total_seconds() if queue.oldest_at is not None else 0.0
    yield Reading(metrics.QUEUE_OLDEST_S, oldest_s)
    left = measure_indexing()
    yield Reading(metrics.INDEX_BACKLOG, left.words_count)
    yield Reading(metrics.DOCUMENTS_BACKLOG, left.documents_count)
    compaction = measure_compaction()
    if compaction.at_s is not None:
        yield Reading(metrics.COMPACTION_AT, compaction.at_s)
    yield Reading(metrics.COMPACTION_FREED, compaction.freed_bytes)
    yield Reading(metrics.COMPACTION_WAITING, compaction.waiting_bytes)
    room = os.statvfs(of(Ground).data)
    yield Reading(metrics.DISK_FREE, room.f_bavail * room.f_frsize)
    yield Reading(metrics.DISK_RESERVE, of(Ground).disk_reserve_bytes)
    leaves = [x509.load_pem_x509_certificates(chain.read_bytes())[0] for chain in chains]
    yield Reading(metrics.CERTIFICATE_S, min(leaf.not_valid_after_utc for leaf in leaves).timestamp())
    probe = find_last()
    if probe is not None:
        yield Reading(metrics.PROBE_OK, float(probe.is_ok))
        yield Reading(metrics.PROBE_AT, probe.at.timestamp())
        if probe.is_ok:
            yield Reading(metrics.PROBE_TOOK, probe.send_ms / 1000, ("send",))
            yield Reading(metrics.PROBE_TOOK, probe.read_ms / 1000, ("read",))


def make_metrics(bridge: Bridge, chains: Sequence[Path], imap: ImapServer, smtp: SmtpServer, porter: Porter) -> App:
    """Answers `/metrics`, and nothing else."""

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"] != "/metrics":
            await _answer(send, 404, b"/metrics\n")
            return
        here = [
            Reading(metrics.CONNECTIONS, len(imap.connections), ("imap",)),
            Reading(metrics.CONNECTIONS, smtp.connection_count, ("smtp",)),
            *(Reading(metrics.NEWCOMERS_WAITING, porter.count_waiting(each), (each.name.lower(),)) for each in Standing),
        ]
        whole = await bridge.run(lambda: [*read_gauges(clock.now(), chains)])
        await _answer(send, 200, format_metrics([*here, *whole]))

    return app


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", KIND), (b"content-length", b"%d" % len(body))]
    start: Mapping[str, Any] = {"type": "http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body})
