"""NOTIFY (RFC 5465 §3.1)."""

from corneille.doors.imap.elsewhere import Elsewhere, Overflow, ask_positions
from corneille.doors.imap.interest import UNASKED, Interest, make_interest
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.doors.imap.tell import stop_notifying, tell
from corneille.doors.imap.watcher import Watcher
from corneille.wire.imap.commands.notify import Event, Notify
from corneille.wire.imap.parse import Command

GROUPS = 50
"""A look asks each group about each mailbox."""


async def notify(session: Session, command: Command) -> str:
    asked: Notify = command.value
    if any(group.asks_unknown for group in asked.groups):
        raise No("One of these events is not known here", f"BADEVENT ({' '.join(Event)})")
    if not asked.groups:
        stop_notifying(session)
        return "NOTIFY done, nothing is told"
    interest = make_interest(asked.groups)
    elsewhere = await _begin(session, interest)
    # All that the selected mailbox has gathered, whatever was and will be listened for; and elsewhere what was until now.
    session.interest = Interest(UNASKED.selected, interest.items)
    if session.watcher is not None:
        session.watcher.is_due = True  # the wake-up of what has just been written may still be on its way
    await tell(session, may_expunge=True)
    stop_notifying(session)
    session.interest, session.elsewhere = interest, elsewhere
    session.watcher = Watcher(session)
    session.watcher.is_due = True  # what happened since things were taken as known is told with the end of this command
    if elsewhere is not None and asked.tells_status:
        elsewhere.tell_status(session)
    return "NOTIFY done"


async def _begin(session: Session, interest: Interest) -> Elsewhere | None:
    """Raises No where that is too much."""
    if not interest.groups:
        return None
    try:
        if len(interest.groups) > GROUPS:
            raise Overflow
        return Elsewhere(session, interest, await ask_positions(session, interest))
    except Overflow:
        raise No("There are too many mailboxes to watch; ask for fewer", "NOTIFICATIONOVERFLOW") from None
