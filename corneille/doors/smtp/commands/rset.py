"""RSET (RFC 5321 §4.1.1.5)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def rset(session: "Session") -> Sequence[Reply]:
    session.forget_message()
    return (reply(250, "2.0.0", "OK"),)
