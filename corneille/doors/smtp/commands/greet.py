"""EHLO, HELO, LHLO (RFC 5321 §4.1.1.1, RFC 2033 §4.1): what may be said from here on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.doors.smtp.commands.on_behalf import WORD
from corneille.doors.smtp.door import Kind
from corneille.kernel.settings import Ground, of
from corneille.transport.accept import find_content_limit
from corneille.wire.sasl.exchange import MECHANISMS
from corneille.wire.smtp.command import Greeting
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def greet(session: "Session", command: Greeting) -> Sequence[Reply]:
    """Greets back, and forgets a message that was open (RFC 5321 §4.1.4)."""
    kind = session.door.kind
    if (command.word == "LHLO") != (kind is Kind.LMTP):
        right = "LHLO" if kind is Kind.LMTP else "EHLO"
        return (reply(500, "5.5.1", f"{right} is the greeting here"),)
    session.forget_message()
    session.greeting = command
    if command.word == "HELO":
        return (reply(250, None, of(Ground).host_name),)
    extensions = [
        "PIPELINING",
        f"SIZE {find_content_limit()}",
        "8BITMIME",
        "SMTPUTF8",
        "ENHANCEDSTATUSCODES",
    ]
    if not session.is_tls and kind is not Kind.LMTP:
        extensions.append("STARTTLS")
    if kind is Kind.SUBMISSION and session.is_tls and session.account is None:
        extensions += [f"AUTH {' '.join(MECHANISMS)}", WORD]
    return (reply(250, None, f"{of(Ground).host_name} greets {command.name}", *extensions),)
