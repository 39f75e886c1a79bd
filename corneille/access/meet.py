"""Makes familiar the networks that people signed in from before this process started, or in another process.

Nothing is written down for it: app passwords, open sessions, known devices and the attempts that everybody reads of
themselves tell enough.
"""

from datetime import datetime, timedelta

from corneille.access.familiar import Networks, networks
from corneille.access.network import format_network
from corneille.kernel.plain_sql import find_all, find_one, from_instant

REMEMBERS = timedelta(days=30)
"""As long as a mail program that uses the main password is known where it signed in from."""
LOOKS_BACK_COUNT = 100_000
"""Attempts read at the start: an hour of the busiest morning, or minutes of an attack. What else is kept tells of the time
before; it says nothing of mail programs that use the main password."""


class Meeting:
    """One process's: it goes on from the last attempt that it has read."""

    def __init__(self, into: Networks = networks) -> None:
        self._into = into
        self._last: int | None = None

    def meet(self, now: datetime) -> None:
        """Reads who was let in since the last time; at first, where everybody's programs and browsers were of late."""
        row = find_one("SELECT MAX(id) FROM access_signinattempt", [])
        newest = (row[0] if row is not None else None) or 0
        if self._last is None:
            self._add(
                "SELECT DISTINCT last_network_address FROM access_apppassword "
                "WHERE revoked_at IS NULL AND last_used_at > %s",
                [from_instant(now - REMEMBERS)],
            )
            self._add(
                "SELECT DISTINCT network_address FROM access_websession WHERE last_seen_at > %s",
                [from_instant(now - REMEMBERS)],
            )
            self._add(  # a device was last seen at the very instant of a sign-in, which says where: one look-up for each
                "SELECT DISTINCT tried.network_address FROM access_device AS known JOIN access_signinattempt AS tried "
                "ON tried.account_id = known.account_id AND tried.at = known.last_seen_at "
                "WHERE known.forgotten_at IS NULL AND known.last_seen_at > %s AND tried.decision = 'granted'",
                [from_instant(now - REMEMBERS)],
            )
            self._last = max(0, newest - LOOKS_BACK_COUNT)
        self._add(
            "SELECT DISTINCT network_address FROM access_signinattempt WHERE id > %s AND id <= %s AND decision = 'granted'",
            [self._last, newest],
        )
        self._last = newest

    def _add(self, sql: str, values: list[object]) -> None:
        self._into.add_familiar({format_network(address) for (address,) in find_all(sql, values)})
