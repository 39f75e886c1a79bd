"""Forgets what may no longer be kept: wrong secrets after 24 h, attempts and notices with their month."""

from datetime import UTC, datetime

from corneille.access import queries
from corneille.access.challenge import drop_challenges
from corneille.access.gather import FORMER_KNOWN_FOR
from corneille.access.settings import current_policy
from corneille.kernel.journal_seal import find_oldest_kept
from corneille.kernel.outbox import forget_before


def forget_old(now: datetime) -> int:
    """Drops what is too old; gives how many rows. Run it every hour; they already count for nothing."""
    year, month = find_oldest_kept(now).split("-")
    forget_before(datetime(int(year), int(month), 1, tzinfo=UTC))
    attempts = queries.drop_attempts_before(datetime(int(year), int(month), 1, tzinfo=UTC))
    queries.drop_former_digests_before(now - FORMER_KNOWN_FOR)
    drop_challenges(now)
    return attempts + queries.drop_wrong_secrets_before(now - current_policy().memory)
