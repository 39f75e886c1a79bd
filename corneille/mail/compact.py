"""Gives back the space of what was expunged; after it, the octets are in no file any more.

Runs by itself in quiet hours (`Compactor`, called by upkeep), and on demand (`compact`, `erase`).
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from corneille.kernel import clock, journal
from corneille.kernel.refusal import Busy, Refusal
from corneille.kernel.settings import Ground, of
from corneille.mail import store
from corneille.mail.settings import MailSettings
from corneille.mail.store.compaction import Compacted, Compaction, compact_shard, list_worth, read_compaction, set_back
from corneille.mail.store.erasure import ERASE, WORDS, drop_lost_index, find_owed, owe, rewrite_words
from corneille.mail.store.shard import Shard

__all__ = ["Compacted", "Compaction", "Compactor", "compact", "demand_erasure", "erase", "measure_compaction"]

log = logging.getLogger(__name__)

SLICE_S = 20.0
"""Of each minute at most: two thirds are for those who deliver and read."""
DAY_S = 86400


def compact(*, least_share: float | None = None) -> Iterator[Compacted]:
    """Compacts every shard now, beside a running server. What was deleted can be brought back as long as it could.

    least_share  rewrites segments with at least this share to erase; 0: all that have any; None: the setting
    raises       Busy, DiskFull: what was done stays done
    """
    settings = of(MailSettings)
    share = settings.compact_share if least_share is None else least_share
    before_s = int(clock.now().timestamp()) - settings.keep_deleted_days * DAY_S
    opened = store.current()
    for number in opened.list_shards():
        yield from compact_shard(opened.shard(number), least_share=share, before_s=before_s)


def demand_erasure(now: datetime, *, actor: str) -> Iterator[Compacted]:
    """`erase`, for somebody who asks for it: the journal says who and when."""
    journal.append("erasure-demanded", actor=actor, subject=None, data={}, now=now)
    yield from erase()


def erase() -> Iterator[Compacted]:
    """Erases all that was deleted until now, on demand: nothing of it can be brought back.

    A segment that another process writes is left to it: its `Compactor` goes on within a minute, at any hour.
    raises  Busy, DiskFull: the demand stands, and a server does the rest
    """
    until_s = int(clock.now().timestamp())
    opened = store.current()
    for number in opened.list_shards():
        shard = opened.shard(number)
        shard.submit(partial(owe, chore=ERASE, since_s=until_s)).result()
        told = Compacted(0)
        for told in compact_shard(shard, least_share=0, before_s=until_s):
            yield told
        if not _list_due(shard, until_s):
            for _ in rewrite_words(shard):
                yield told
        drop_lost_index(shard, until_s)


def measure_compaction() -> Compaction:
    """What the installation's compactions have done, and what they still have to do."""
    opened = store.current()
    told = [read_compaction(opened.shard(number).reader()) for number in opened.list_shards()]
    ends = [each.at_s for each in told if each.at_s is not None]
    freed_bytes, waiting_bytes = sum(each.freed_bytes for each in told), sum(each.waiting_bytes for each in told)
    return Compaction(max(ends, default=None), freed_bytes, waiting_bytes)


class Compactor:
    """The compaction of one process; `work` is called every minute or so, by one thread at a time.

    It holds nobody up: readers never wait for a writer, and writers wait for one batch of some megabytes. Each process
    rewrites what it writes itself; a segment that nobody writes belongs to whoever comes first.
    """

    def __init__(self, slice_s: float = SLICE_S) -> None:
        self._slice_s = slice_s
        self._damaged: set[tuple[int, int]] = set()

    def work(self, now: datetime) -> None:
        """Goes on for one slice where the hour is quiet, the disk short, or somebody demanded it."""
        opened = store.current()
        for number in opened.list_shards():
            shard = opened.shard(number)
            shard.contents.forget_removed()
            demanded_s = find_owed(shard, ERASE)
            if _is_quiet(now) or shard.is_disk_short() or demanded_s is not None:
                try:
                    self._work_on(number, shard, int(now.timestamp()), demanded_s)
                except Busy:
                    return  # a backup, or another process: it comes again
                except (Refusal, OSError) as fault:
                    log.warning("compaction put off", extra={"shard": number, "why": str(fault)})

    def _work_on(self, number: int, shard: Shard, now_s: int, demanded_s: int | None) -> None:
        settings = of(MailSettings)
        ends_s = clock.monotonic_s() + self._slice_s
        before_s = max(now_s - settings.keep_deleted_days * DAY_S, demanded_s or 0)
        set_back(shard, now_s)
        oldest_s = demanded_s or before_s - settings.erase_within_days * DAY_S
        worth = list_worth(shard, before_s=before_s, least_share=settings.compact_share, oldest_s=oldest_s)
        for segment in worth:
            if (number, segment) not in self._damaged:
                self._rewrite(number, shard, segment, before_s)
            if clock.monotonic_s() >= ends_s:
                return
        owed_s = find_owed(shard, WORDS)
        is_old = owed_s is not None and owed_s <= now_s - settings.erase_within_days * DAY_S
        if is_old or (demanded_s is not None and not _list_due(shard, demanded_s)):
            for _ in rewrite_words(shard):
                if clock.monotonic_s() >= ends_s:
                    return
            log.info("search index written anew", extra={"shard": number})
        drop_lost_index(shard, before_s)

    def _rewrite(self, number: int, shard: Shard, segment: int, before_s: int) -> None:
        *_, told = compact_shard(shard, least_share=0, before_s=before_s, only=[segment])
        if told.damaged_count:
            self._damaged.add((number, segment))
            log.warning("a damaged segment is left as it is: see `verify`", extra={"shard": number, "segment": segment})
        elif told.removed_count:
            log.info("compacted", extra={"shard": number, "segment": segment, "freed_bytes": told.freed_bytes})


def _list_due(shard: Shard, until_s: int) -> list[int]:
    """Segments that still hold what was deleted until then."""
    return list_worth(shard, before_s=until_s, least_share=0, oldest_s=until_s)


def _is_quiet(now: datetime) -> bool:
    settings = of(MailSettings)
    hour = now.astimezone(ZoneInfo(of(Ground).time_zone)).hour
    first, last = settings.compact_from_hour, settings.compact_until_hour
    if first <= last:
        return first == last or first <= hour < last
    return hour >= first or hour < last
