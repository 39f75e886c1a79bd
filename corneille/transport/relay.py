"""Drains the queue: claims what is due, sends it, writes down what became of it, and tells the writer.

A recipient is held by a lease while it is tried; whoever dies leaves the lease to run out. A message may so
arrive twice, never not at all.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from corneille.kernel import blobs, clock, wake
from corneille.kernel.metrics import RELAYED
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import Ground, of
from corneille.transport import queries
from corneille.transport.bounce import Bounced, Unserved, bounce
from corneille.transport.decide import Delivered, GiveUp, Retry, Schedule, Tried, Why, decide
from corneille.transport.deliver import deliver
from corneille.transport.list_header import put_before
from corneille.transport.queries import Claimed, State, Waiting
from corneille.transport.queue import TOPIC, drop_when_finished
from corneille.transport.recipient import find_recipient, is_local
from corneille.transport.route import Route, choose_routes
from corneille.transport.settings import TransportSettings
from corneille.transport.smtp_client import Outgoing, SessionFault, send
from corneille.wire.smtp.reply import Reply

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

LONGEST_SLEEP_S = 60.0
"""The queue is looked at this often whatever happens: a lost wake-up loses nothing."""

LAST_WORD_S = 10.0
"""How long the end of the service waits for the answers of other servers; then they are left to their lease."""
LOOK_AGAIN_S = 5.0
"""While something is being sent, what has become due meanwhile is looked for this often."""

logger = logging.getLogger(__name__)


class Bridge(Protocol):
    """Where blocking operations run: `doors.frame.bridge.Bridge`."""

    async def run(
        self, operation: Callable[Parameters, Result], *args: Parameters.args, **named: Parameters.kwargs
    ) -> Result: ...


class Relay:
    """One process's relay; several processes may drain one queue."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begins to drain, now and at each wake-up."""
        loop = asyncio.get_running_loop()

        def hear() -> None:
            loop.call_soon_threadsafe(self._woken.set)

        self._unsubscribe = wake.current().subscribe(TOPIC, hear)
        self._task = asyncio.create_task(self._work(), name="relay")

    async def close(self) -> None:
        """Stops: nothing more begins; what is being sent has a while to end, then is left to its lease."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def drain(self, now: Callable[[], datetime] = clock.now) -> int:
        """Tries everything that is due, several messages at once; returns how many messages were tried."""
        values = of(TransportSettings)
        count = 0
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                lease = secrets.token_hex(16)
                claimed = await self._bridge.run(
                    queries.claim, lease, now=now(), lease_s=values.lease_s, longest_s=max(map(int, values.retry_s))
                )
                if claimed is not None:
                    count += 1
                    running.add(asyncio.create_task(self._try(claimed, now)))
                    if len(running) >= values.concurrency_count:
                        _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                elif running:
                    running = await self._wait_for_more(running)
                else:
                    break
        finally:
            await _finish(running)
        return count

    async def _wait_for_more(self, running: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
        """Until something has been tried or more is queued: a slow server must not hold up the other mail."""
        woken = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait({*running, woken}, timeout=LOOK_AGAIN_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
        self._woken.clear()
        return {task for task in running if not task.done()}

    async def _work(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.drain()
                next_try = await self._bridge.run(queries.find_next_try, clock.now())
            except Exception:  # the worker's loop: a fault in one message must not stop all mail
                logger.exception("relay")
                next_try = None
                await asyncio.sleep(1.0)  # the same fault again and again must not fill the log
            wait_s = LONGEST_SLEEP_S
            if next_try is not None:
                wait_s = min(wait_s, max(0.05, (next_try - clock.now()).total_seconds()))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._woken.wait()

    async def _try(self, claimed: Claimed, now: Callable[[], datetime]) -> None:
        try:
            await self._handle(claimed, now)
        except Exception:  # a worker's: a fault in one message must not break off what others are sending
            logger.exception("relay", extra={"reference": claimed.reference})

    async def _handle(self, claimed: Claimed, now: Callable[[], datetime]) -> None:
        try:
            content = await self._bridge.run(blobs.current().read, claimed.content)
        except Gone:
            logger.error("queued content is gone", extra={"reference": claimed.reference})
            await self._bridge.run(
                _settle, claimed, b"", _everybody(claimed, Reply(554, "5.3.0", ("lost",)), ""), now()
            )
            return
        outcomes: Outcomes = {}
        begun_s = asyncio.get_running_loop().time()
        try:
            local, remote = await self._bridge.run(_divide, claimed)
            for each in local:
                outcomes[each.id] = await self._bridge.run(_deliver_one, claimed, each, content, now())
            for route, group in await self._bridge.run(choose_routes, remote):
                for fields, copies in _group_by_fields(group):
                    told = await _send_to(route, copies, claimed, put_before(fields, content), begun_s)
                    outcomes |= told
                    if fields:  # many conversations: who is killed in the last must not begin at the first again
                        await self._bridge.run(_note_taken, claimed, told)
        except Exception:
            for each in claimed.waiting:  # tried again later, not at once and for ever
                outcomes.setdefault(each.id, (None, "a fault of ours"))
            raise
        finally:
            # Cancelled half-way: what is known is written, the rest is given back.
            settled = asyncio.ensure_future(self._bridge.run(_settle, claimed, content, outcomes, now()))
            await asyncio.shield(settled)


async def _finish(running: set[asyncio.Task[None]]) -> None:
    """Lets what is being sent come to its answer for a while: cut off after the dot, it would be sent twice."""
    if running:
        _, late = await asyncio.wait(running, timeout=LAST_WORD_S)
        for task in late:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


Outcomes = dict[int, tuple[Reply | None, str]]
"""What became of each recipient, by its row: the reply, or None and the fault."""


def _everybody(claimed: Claimed, reply: Reply, fault: str) -> Outcomes:
    return {each.id: (reply, fault) for each in claimed.waiting}


def _divide(claimed: Claimed) -> tuple[list[Waiting], list[Waiting]]:
    local = [each for each in claimed.waiting if is_local(each.address)]
    return local, [each for each in claimed.waiting if each not in local]


def _group_by_fields(waiting: list[Waiting]) -> list[tuple[bytes, list[Waiting]]]:
    """Who gets the same octets, and so goes into one conversation."""
    groups: dict[bytes, list[Waiting]] = {}
    for each in waiting:
        groups.setdefault(each.added, []).append(each)
    return list(groups.items())


def _note_taken(claimed: Claimed, told: Outcomes) -> None:
    """Writes down at once what another server has taken; all else is written when everybody has been tried."""
    for each in claimed.waiting:
        reply, _fault = told.get(each.id, (None, ""))
        if reply is not None and reply.code // 100 == 2:
            queries.set_done(claimed.lease, [each.address], State.DELIVERED, reply=_say(reply, ""))


def _deliver_one(
    claimed: Claimed, waiting: Waiting, content: bytes, now: datetime
) -> tuple[Reply | None, str]:
    """One of our own people, whose mailbox was full or whose store could not write."""
    try:
        recipient = find_recipient(waiting.address)
        (refusal,) = deliver(claimed.reverse_path, (recipient,), put_before(waiting.added, content), now).result()
    except Refusal as caught:
        refusal = caught
    if refusal is None:
        return Reply(250, "2.0.0", ("filed",)), ""
    if refusal.temporary:
        return Reply(452, "4.2.2" if refusal.code == "mailbox-full" else "4.3.0", (refusal.code,)), ""
    return Reply(550, "5.1.1" if refusal.code == "unknown-recipient" else "5.3.0", (refusal.code,)), ""


async def _send_to(
    route: Route, group: list[Waiting], claimed: Claimed, content: bytes, begun_s: float
) -> Outcomes:
    """Tries a route's servers in order until one takes or refuses; a server that cannot be spoken to is
    passed over."""
    if route.fault is not None:
        return {each.id: (route.fault, "") for each in group}
    values = of(TransportSettings)
    # However many recipients are slow, the content ends within the lease, so that no other process sends it too.
    content_before_s = begun_s + values.lease_s - values.data_timeout_s - values.reply_timeout_s
    outgoing = Outgoing(
        own_name=of(Ground).host_name,
        reverse_path=claimed.reverse_path,
        recipients=tuple(each.address for each in group),
        content=content,
        is_utf8=claimed.is_utf8,
        connect_timeout_s=values.connect_timeout_s,
        reply_timeout_s=values.reply_timeout_s,
        data_timeout_s=values.data_timeout_s,
        content_before_s=content_before_s,
    )
    fault = "no server"
    for target in route.targets:
        try:
            answers = await send(target, outgoing)
        except SessionFault as broken:
            fault = str(broken)
            if broken.is_after_content:
                break  # it may have been taken (RFC 5321 §6.1): another server at once would make a double for certain
            continue
        return {each.id: (answers[each.address], "") for each in group}
    return {each.id: (None, fault) for each in group}


def _settle(claimed: Claimed, content: bytes, outcomes: Outcomes, now: datetime) -> None:
    """Writes down what became of each recipient; tells the writer before the last trace of a failure goes."""
    values = of(TransportSettings)
    schedule = Schedule(
        tuple(int(each) for each in values.retry_s), values.warn_after_s, values.give_up_after_s
    )
    failed: list[tuple[Waiting, Unserved]] = []
    late: list[tuple[Waiting, Unserved, Retry]] = []
    for each in claimed.waiting:
        if each.id not in outcomes:
            continue
        reply, fault = outcomes[each.id]
        said = _say(reply, fault)
        tried = Tried(reply, fault, each.attempt_count + 1, claimed.queued_at, now, each.is_warned)
        match decide(tried, schedule):
            case Delivered():
                queries.set_done(claimed.lease, [each.address], State.DELIVERED, reply=said)
                RELAYED.labels("delivered").inc()
            case GiveUp(why):
                RELAYED.labels("failed").inc()
                failed.append((each, Unserved(each.address, _status_of(reply, why), said)))
            case Retry() as retry:
                RELAYED.labels("retry").inc()
                late.append((each, Unserved(each.address, _status_of(reply, None), said), retry))
        logger.info("tried", extra={"reference": claimed.reference, "recipient": each.address, "said": said})
    _tell(claimed, content, tuple(unserved for _, unserved in failed), is_late=False, now=now)
    for each, unserved in failed:
        queries.set_done(claimed.lease, [each.address], State.FAILED, reply=unserved.said)
    _tell(
        claimed,
        content,
        tuple(unserved for _, unserved, retry in late if retry.is_warning),
        is_late=True,
        now=now,
    )
    for each, unserved, retry in late:
        queries.set_retry(
            claimed.lease,
            each.id,
            at=retry.at,
            reply=unserved.said,
            is_warned=each.is_warned or retry.is_warning,
        )
    queries.release(claimed.lease)
    drop_when_finished(claimed.reference)


def _say(reply: Reply | None, fault: str) -> str:
    return f"{reply.code} {reply.enhanced or ''} {reply.text}".replace("  ", " ") if reply else fault


def _status_of(reply: Reply | None, why: Why | None) -> str:
    if why is Why.TOO_LONG:
        return "5.4.7"  # RFC 3463 §3.5: delivery time expired
    if reply is None:
        return "4.4.1"
    return reply.enhanced or f"{reply.code // 100}.0.0"


def _tell(
    claimed: Claimed, content: bytes, unserved: tuple[Unserved, ...], *, is_late: bool, now: datetime
) -> None:
    if unserved:
        bounced = Bounced(
            claimed.reverse_path, claimed.reference, content, claimed.queued_at, unserved, is_late
        )
        bounce(bounced, now)
