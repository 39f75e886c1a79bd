"""HELP (RFC 5321 §4.1.1.8)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def show_help(_session: "Session") -> Sequence[Reply]:
    return (reply(214, "2.0.0", "EHLO MAIL RCPT DATA RSET NOOP QUIT; see RFC 5321"),)
