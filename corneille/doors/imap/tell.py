"""Tells a client all that it listens for and has not heard of, in the selected mailbox and elsewhere."""

from collections.abc import Callable

from corneille.doors.imap.elsewhere import Overflow, ask_positions
from corneille.doors.imap.interest import Interest
from corneille.doors.imap.news import tell_news
from corneille.doors.imap.session import Session
from corneille.mail.changes import has_many_changed
from corneille.mail.values import MailboxGone


async def tell(session: Session, *, may_expunge: bool, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Looks at the selected mailbox, and elsewhere when something may have changed there.

    goes_on  false: a command has begun while a gate was asked; it looks when it ends
    raises   MailboxVanished
    """
    if not await _tell_many(session, goes_on):
        if session.watcher is not None:
            session.watcher.is_due = True
        return
    watcher, elsewhere = session.watcher, session.elsewhere
    is_due = watcher is not None and watcher.take_due()
    if elsewhere is None or not (is_due or elsewhere.own):
        session.sync(may_expunge=may_expunge)
    else:
        positions = await ask_positions(session, elsewhere.interest)
        if not goes_on() or session.elsewhere is not elsewhere:
            if watcher is not None:
                watcher.is_due = True
            return
        session.sync(may_expunge=may_expunge)
        try:
            elsewhere.look(session, positions)
        except Overflow:
            session.say(b"* OK [NOTIFICATIONOVERFLOW] There are too many mailboxes to watch; ask for fewer\r\n")
            stop_notifying(session)
    if session.selected is not None and session.selected.news:
        await tell_news(session)
    if session.watcher is not None:
        session.watcher.follow()


async def _tell_many(session: Session, goes_on: Callable[[], bool]) -> bool:
    """Flags of very many messages, a slice in a turn of the loop; false: a command has begun meanwhile."""
    selected = session.selected
    if selected is None or not (session.interest.wants_messages and session.interest.wants_flags):
        return True
    modseq = has_many_changed(selected.account, selected.mailbox, selected.told_modseq)
    if modseq is None:
        return True
    try:
        for told in selected.tell_ahead(modseq, session.naming, with_modseq=session.is_condstore):
            session.say(*told)
            await session.breathe()
            if not goes_on() or session.selected is not selected:
                return False
    except MailboxGone:
        return True  # `sync` says so
    return True


def stop_notifying(session: Session) -> None:
    """The client hears of nothing any more (RFC 5465 §3.1, NOTIFY NONE)."""
    session.interest, session.elsewhere = Interest(), None
    if session.watcher is not None:
        session.watcher.stop()
        session.watcher = None
