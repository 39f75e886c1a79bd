"""QUIT (RFC 5321 §4.1.1.10)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def leave(session: "Session") -> Sequence[Reply]:
    session.is_ending = True
    return (reply(221, "2.0.0", "goodbye"),)
