"""RCPT (RFC 5321 §4.1.1.3): whether a recipient can be served is said here, so that no bounce is owed
later."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.doors.smtp import replies
from corneille.doors.smtp.settings import SmtpSettings
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.transport.recipient import check_recipient, check_recipient_of_writer
from corneille.wire.smtp.command import Rcpt
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def rcpt(session: "Session", command: Rcpt) -> Sequence[Reply]:
    """Adds a recipient."""
    if session.mail is None:
        return (replies.BAD_SEQUENCE_MAIL,)
    path = command.forward_path
    if not path.is_ascii and not session.mail.parameters.is_utf8:
        return (reply(553, "5.6.7", "an address beyond ASCII needs the parameter SMTPUTF8 of MAIL"),)
    if len(session.recipients) >= of(SmtpSettings).recipients_per_message:
        return (replies.TOO_MANY_RECIPIENTS,)
    try:
        if session.account is not None:
            await session.door.bridge.run(check_recipient_of_writer, session.account, path.address, clock.now())
        else:
            size_bytes = session.mail.parameters.size_bytes or 0
            await session.door.bridge.run(check_recipient, path.address, clock.now(), size_bytes=size_bytes)
    except Refusal as refusal:
        return (replies.reply_to_refusal(refusal),)
    session.recipients.append(path.address)
    return (reply(250, "2.1.5", "recipient OK"),)
