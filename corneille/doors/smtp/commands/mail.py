"""MAIL (RFC 5321 §4.1.1.2, RFC 1870 §6.1, RFC 6409 §4): a message begins."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.doors.smtp import replies
from corneille.doors.smtp.door import Kind
from corneille.doors.smtp.settings import SmtpSettings
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.transport.accept import find_content_limit
from corneille.transport.sender import check_reverse_path
from corneille.wire.smtp.command import Mail
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def mail(session: "Session", command: Mail) -> Sequence[Reply]:
    """Opens a message; says at once what would be refused later: its size, its sender."""
    if (refused := _refuse(session, command)) is not None:
        return (refused,)
    if session.account is not None and command.reverse_path is not None:
        try:
            await session.door.bridge.run(check_reverse_path, session.account, command.reverse_path.address)
        except Refusal as refusal:
            return (replies.reply_to_refusal(refusal),)
    session.mail = command
    session.recipients = []
    return (reply(250, "2.1.0", "sender OK"),)


def _refuse(session: "Session", command: Mail) -> Reply | None:
    if session.greeting is None:
        return replies.BAD_SEQUENCE_GREETING
    if session.door.kind is Kind.SUBMISSION and session.account is None:
        return replies.sign_in_first() if session.is_tls else replies.tls_first(530, "5.7.0")
    if session.mail is not None:
        return replies.NESTED_MAIL
    if session.message_count >= of(SmtpSettings).messages_per_connection:
        session.is_ending = True
        return replies.TOO_MANY_MESSAGES
    if (command.parameters.size_bytes or 0) > find_content_limit():
        return replies.TOO_LARGE
    return None
