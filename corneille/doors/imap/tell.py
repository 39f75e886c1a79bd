"""Tells a client all that it listens for and has not heard of, in the selected mailbox and elsewhere."""

from collections.abc import Callable

from corneille.doors.imap.content_format import format_contents
from corneille.doors.imap.elsewhere import Overflow, ask_positions
from corneille.doors.imap.interest import Interest
from corneille.doors.imap.replies import No
from corneille.doors.imap.row_format import make_plan
from corneille.doors.imap.session import Session
from corneille.kernel.refusal import Refusal
from corneille.mail import fetch as mail
from corneille.mail.values import MailboxGone

ROWS = 50


async def tell(session: Session, *, may_expunge: bool, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Looks at the selected mailbox, and elsewhere when something may have changed there.

    goes_on  false: a command has begun while a gate was asked; it looks when it ends
    raises   MailboxVanished
    """
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
    if session.selected is not None and session.selected.fresh:
        await _tell_fresh(session)
    if session.watcher is not None:
        session.watcher.follow()


def stop_notifying(session: Session) -> None:
    """The client hears of nothing any more (RFC 5465 §3.1, NOTIFY NONE)."""
    session.interest, session.elsewhere = Interest(), None
    if session.watcher is not None:
        session.watcher.stop()
        session.watcher = None


async def _tell_fresh(session: Session) -> None:
    """A FETCH for each message that came, with what NOTIFY asked for (§5.2); none is marked as \\Seen by that."""
    selected = session.mailbox
    uids, selected.fresh = selected.fresh, []
    plan = make_plan(
        session.interest.items, with_uid=True, with_modseq=session.is_condstore, utf8=session.is_utf8, recent=selected.recent
    )
    form = plan.make_formatter()
    for start in range(0, len(uids), ROWS):
        ranges = selected.uid_ranges(selected.spans_of(uids[start : start + ROWS]))
        try:
            rows = [row for rows in mail.fetch(selected.account, selected.mailbox, ranges, plan.wants) for row in rows]
        except MailboxGone:
            return  # the next look says so
        for row in rows:
            try:
                content = mail.read_content(selected.account, row.id) if plan.contents else b""
                told = form(selected.find(row.uid) + 1, row) + format_contents(plan.contents, content)
            except (Refusal, No):
                continue  # expunged meanwhile, or not to be read: who fetches it is told why
            session.say(told, b")\r\n")
        await session.breathe()
        if session.selected is not selected:
            return
