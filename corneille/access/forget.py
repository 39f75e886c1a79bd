"""Forgets what may no longer be kept: wrong secrets after the policy's memory (24 h)."""

from datetime import datetime

from corneille.access import queries
from corneille.access.settings import current_policy


def forget_old(now: datetime) -> int:
    """Drops what is too old; gives how many rows. Run it every hour; they already count for nothing."""
    return queries.drop_wrong_secrets_before(now - current_policy().memory)
