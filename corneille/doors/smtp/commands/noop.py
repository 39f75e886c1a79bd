"""NOOP (RFC 5321 §4.1.1.9)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def noop(_session: "Session") -> Sequence[Reply]:
    return (reply(250, "2.0.0", "OK"),)
