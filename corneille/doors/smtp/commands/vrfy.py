"""VRFY (RFC 5321 §3.5.3, §7.3): says nothing about anybody, and that is allowed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def vrfy(_session: "Session") -> Sequence[Reply]:
    return (reply(252, "2.5.0", "send it and RCPT will tell"),)
