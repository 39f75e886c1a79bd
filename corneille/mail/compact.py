"""Gives back the space of what was expunged; after it, the octets are in no segment any more."""

from collections.abc import Iterator

from corneille.mail import store
from corneille.mail.store.compaction import Compacted, compact_shard

__all__ = ["Compacted", "compact"]

USUAL_SHARE = 0.3
"""A third of waste: less is not worth the writing."""


def compact(*, least_share: float = USUAL_SHARE) -> Iterator[Compacted]:
    """Compacts every shard, beside a running server.

    least_share  rewrites segments with at least this share of waste; 0: all that have any (an erasure is then proved
                 by `verify` and by the segments themselves)
    raises       Busy, DiskFull: what was done stays done
    """
    opened = store.current()
    for number in opened.list_shards():
        yield from compact_shard(opened.shard(number), least_share=least_share)
