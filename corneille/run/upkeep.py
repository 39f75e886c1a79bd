"""What the service does by itself, again and again: forgetting, alerts, deliveries. One line for each task."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from corneille.access.announced import suspend_announced
from corneille.access.challenge import drop_challenges
from corneille.access.containment import TOPIC as CONTAINMENT_TOPIC
from corneille.access.factor_policy import announce_rules
from corneille.access.meet import Meeting
from corneille.access.password_life import alert_owners, apply_policy
from corneille.access.reset import TOPIC as RESET_TOPIC
from corneille.access.reset import answer_resets
from corneille.access.session import TOPIC as SESSIONS_TOPIC
from corneille.access.tell_right import tell_concerned
from corneille.access.watch import Watch
from corneille.calendar.holidays import fill_holidays
from corneille.doors.frame.bridge import Bridge
from corneille.kernel import clock, outbox, wake
from corneille.kernel.journal_seal import seal_months
from corneille.kernel.journal_verify import find_end
from corneille.kernel.metrics import TASK_FAULTS
from corneille.mail.compact import Compactor
from corneille.mail.index_attachments import index_attachments
from corneille.mail.recently_deleted import forget_deleted
from corneille.mail.warn_full import warn_nearly_full
from corneille.notices.deal_anew import deal_anew
from corneille.notices.deliver import deliver_due
from corneille.notices.mail_cards import mail_cards
from corneille.notices.mailed import read_mailed
from corneille.notices.post import TOPIC as CARDS_TOPIC
from corneille.privacy.export.exporter import Exporter
from corneille.privacy.export.state import TOPIC as EXPORT_TOPIC
from corneille.privacy.purge import PURGES, run_purge
from corneille.protection.forwarded import read_forwarded
from corneille.protection.idle import end_idle, remind_officers
from corneille.protection.removal import TOPIC as REMOVAL_TOPIC
from corneille.protection.removal import run_removals
from corneille.protection.touched import note_all_receivers
from corneille.sso.logout import tell_services
from corneille.sso.signing_key import forget_old as forget_old_keys
from corneille.support.blocked import open_for_blocked
from corneille.support.disowned import open_for_disowned
from corneille.support.escalate import escalate_late
from corneille.support.expire import close_expired
from corneille.support.unproved import TOPIC as UNPROVED_TOPIC
from corneille.support.unproved import file_unproved
from corneille.transport.held import let_go_released
from corneille.transport.sent_letter import file_owed

logger = logging.getLogger(__name__)

HOUR_S = 3600.0
MINUTE_S = 60.0
WATCH_S = 5.0
"""In a busy morning a look takes many sign-ins at once; waking it at each would cost as much as they do."""
DOCUMENTS_S = 10.0
CARDS_REST_S = 2.0
"""The first notice of a burst is mailed at once; a turn for each of the others would slow those who read their mail."""
MAILED_S = 15.0
FORWARDED_S = 15.0
"""Who forwards a trap waits for a word of thanks."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task: a plain function of the time, safe to run again and in several processes at once.

    topic   a wake-up that runs it at once, besides the period
    rest_s  how long after a turn it stays asleep: what comes meanwhile is done together
    """

    name: str
    every_s: float
    work: Callable[[datetime], object]
    topic: str | None = None
    rest_s: float = 0.0


def keep_journal(now: datetime) -> None:
    """Seals months, and logs where the journal ends: a log kept elsewhere proves that it was not cut."""
    seal_months(now)
    end = find_end()
    logger.info("journal", extra={"number": end.number, "mac": end.mac})


TASKS: tuple[Task, ...] = (
    *(Task(f"purge-{each.code}", HOUR_S, partial(run_purge, each)) for each in PURGES),
    Task("forget-challenges", HOUR_S, drop_challenges),
    Task("forget-signing-keys", HOUR_S, forget_old_keys),
    Task("journal", HOUR_S, keep_journal),
    Task("notices", MINUTE_S, deliver_due, topic=outbox.TOPIC),
    Task("mailed-notices", MAILED_S, read_mailed),
    Task("service-notices", MINUTE_S, mail_cards, topic=CARDS_TOPIC, rest_s=CARDS_REST_S),
    Task("notices-for-populations", MINUTE_S, deal_anew),
    Task("compaction", MINUTE_S, Compactor().work),
    Task("forget-deleted", HOUR_S, forget_deleted),
    Task("attached-documents", DOCUMENTS_S, index_attachments),
    Task("nearly-full", MINUTE_S, warn_nearly_full),
    Task("school-holidays", 24 * HOUR_S, fill_holidays),
    Task("announced-suspensions", MINUTE_S, suspend_announced),
    Task("unusual-sign-ins", WATCH_S, Watch().look),
    Task("familiar-networks", WATCH_S, Meeting().meet),
    Task("held-mail", MINUTE_S, let_go_released, topic=CONTAINMENT_TOPIC),
    Task("sent-copies", MINUTE_S, file_owed),
    Task("reset", MINUTE_S, answer_resets, topic=RESET_TOPIC),
    Task("password-policy", 24 * HOUR_S, apply_policy),
    Task("factor-announcements", HOUR_S, announce_rules),
    Task("rights-decided", MINUTE_S, tell_concerned),
    Task("removals", MINUTE_S, run_removals, topic=REMOVAL_TOPIC),
    Task("forwarded-reports", FORWARDED_S, read_forwarded),
    Task("receivers", 5 * MINUTE_S, note_all_receivers),
    Task("idle-incidents", HOUR_S, end_idle),
    Task("waiting-reports", HOUR_S, remind_officers),
    Task("service-logouts", MINUTE_S, tell_services, topic=SESSIONS_TOPIC),
    Task("exports", MINUTE_S, Exporter().work, topic=EXPORT_TOPIC),
    Task("password-alerts", HOUR_S, alert_owners),
    Task("requests-for-blocked", 10 * MINUTE_S, open_for_blocked),
    Task("requests-for-letters", MINUTE_S, open_for_disowned),
    Task("requests-not-signed-in", MINUTE_S, file_unproved, topic=UNPROVED_TOPIC),
    Task("late-requests", 10 * MINUTE_S, escalate_late),
    Task("expired-requests", HOUR_S, close_expired),
)


class Upkeep:
    """The tasks of one process, each in its own asyncio task, its work in the bridge's pool."""

    def __init__(self, bridge: Bridge, tasks: tuple[Task, ...] = TASKS) -> None:
        self._bridge = bridge
        self._tasks = tasks
        self._running: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Starts every task; each runs once at once."""
        self._running = [asyncio.create_task(self._repeat(task), name=task.name) for task in self._tasks]

    async def close(self) -> None:
        """Stops: what works now is finished first, nothing begins any more."""
        for each in self._running:
            each.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _repeat(self, task: Task) -> None:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()

        def be_woken() -> None:
            loop.call_soon_threadsafe(woken.set)

        unsubscribe = None if task.topic is None else wake.current().subscribe(task.topic, be_woken)
        try:
            while True:
                woken.clear()
                try:
                    await self._bridge.run(task.work, clock.now())
                except Exception:  # a worker's loop: the fault is logged, and the next turn tries again
                    logger.exception("upkeep", extra={"task": task.name})
                    TASK_FAULTS.labels(task.name).inc()
                await asyncio.sleep(task.rest_s)
                try:
                    await asyncio.wait_for(woken.wait(), task.every_s)
                except TimeoutError:
                    continue
        finally:
            if unsubscribe is not None:
                unsubscribe()
