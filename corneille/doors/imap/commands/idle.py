"""IDLE (RFC 9051 §6.3.13): fed by the mail account's wake-ups."""

import asyncio

from corneille.doors.imap.place import check_selected
from corneille.doors.imap.replies import Bad
from corneille.doors.imap.room import alert_room
from corneille.doors.imap.selected import MailboxVanished
from corneille.doors.imap.session import Session
from corneille.mail.changes import watch
from corneille.wire.imap.parse import Command

LOOK_AGAIN_S = 60.0
"""A wake-up may be lost on its way from another process; the changes are not."""


async def idle(session: Session, command: Command) -> str:
    watcher = Watcher(session)
    session.say(b"+ idling\r\n")
    session.sync(may_expunge=True)
    try:
        line = await session.read_line()
    finally:
        watcher.stop()
    if line.upper() != b"DONE":
        raise Bad("IDLE ends with DONE")
    return "IDLE done"


class Watcher:
    """Looks at the changes whenever the mail account wakes it, from whichever thread, and tells the client."""

    __slots__ = ("_asking", "_is_due", "_loop", "_session", "_stop", "_timer")

    def __init__(self, session: Session) -> None:
        self._session, self._loop = session, session.connection.loop
        self._is_due = False
        self._asking: asyncio.Task[None] | None = None
        account = session.opened if session.selected is None else session.selected.account
        self._stop = watch(account, self._wake)
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)

    def stop(self) -> None:
        self._stop()
        self._timer.cancel()
        if self._asking is not None:
            self._asking.cancel()

    def _wake(self) -> None:
        if not self._is_due:
            self._is_due = True
            self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        self._is_due = False
        session = self._session
        if not session.awaits_line:
            return  # DONE has come; the end of the command looks
        self._timer.cancel()
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)
        if session.connection.is_blocked:
            return  # the client does not read: it hears of it at the next look
        if session.selected is not None and session.selected.position is not None:
            if self._asking is None or self._asking.done():
                self._asking = self._loop.create_task(self._ask())
            return
        self._tell()

    async def _ask(self) -> None:
        """A position may be lost while one waits: nothing more is told of its mail then."""
        if not await check_selected(self._session):
            self._session.flush()
        elif self._session.awaits_line:
            self._tell()

    def _tell(self) -> None:
        session = self._session
        try:
            session.sync(may_expunge=True)
            alert_room(session)
        except MailboxVanished as gone:
            session.refuse_line(gone)
        session.flush()
