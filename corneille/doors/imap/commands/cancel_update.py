"""CANCELUPDATE (RFC 5267 §4.3.5)."""

from corneille.doors.imap.replies import Bad
from corneille.doors.imap.session import Session
from corneille.wire.imap.commands.cancel_update import CancelUpdate
from corneille.wire.imap.parse import Command


async def cancel_update(session: Session, command: Command) -> str:
    asked: CancelUpdate = command.value
    contexts = session.mailbox.contexts
    if unknown := [tag for tag in asked.tags if tag not in contexts]:
        raise Bad(f"No search with the tag {ascii(unknown[0])[1:-1]} is kept up to date")
    for tag in set(asked.tags):
        del contexts[tag]
    return "CANCELUPDATE done"
