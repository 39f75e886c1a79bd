"""EXPN (RFC 5321 §3.5): lists are nobody’s business here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def expn(_session: "Session") -> Sequence[Reply]:
    return (reply(502, "5.5.1", "EXPN is not offered"),)
