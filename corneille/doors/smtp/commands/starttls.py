"""STARTTLS (RFC 3207)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.doors.smtp.door import Kind
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def starttls(session: "Session") -> Sequence[Reply]:
    """Shakes hands and begins anew: nothing said in clear counts, not even what came after the word
    (§4.2)."""
    if session.door.kind is Kind.LMTP:
        return (reply(502, "5.5.1", "STARTTLS is not offered here"),)
    if session.is_tls:
        return (reply(503, "5.5.1", "TLS is on already"),)
    await session.say(reply(220, "2.0.0", "go ahead"))
    session.lines.clear()
    session.greeting = None
    session.forget_message()
    if not await session.connection.start_tls(session.door.tls):
        session.is_ending = True
    return ()
