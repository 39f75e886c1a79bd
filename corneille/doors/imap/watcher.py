"""Tells a client what happens without being asked: while IDLE waits and, after NOTIFY, while no command is obeyed."""

import asyncio
import logging
from collections.abc import Callable

from corneille.doors.frame import eager
from corneille.doors.imap.place import check_selected
from corneille.doors.imap.room import alert_room
from corneille.doors.imap.selected import MailboxVanished
from corneille.doors.imap.session import Session
from corneille.doors.imap.tell import tell
from corneille.kernel.ids import MailAccountId
from corneille.mail.changes import watch

log = logging.getLogger("corneille.imap")

LOOK_AGAIN_S = 60.0
"""A wake-up may be lost on its way from another process; the changes are not. A position is lost by a date alone."""


class Watcher:
    """Looks at the changes whenever a mail account that it follows wakes it, from whichever thread."""

    __slots__ = ("_is_looking", "_is_woken", "_loop", "_session", "_stops", "_task", "_timer", "is_due")

    def __init__(self, session: Session) -> None:
        self._session, self._loop = session, session.connection.loop
        self._is_woken = self._is_looking = False
        self.is_due = False
        self._task: asyncio.Task[None] | None = None
        self._stops: dict[MailAccountId, Callable[[], None]] = {}
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)
        self.follow()

    def follow(self) -> None:
        """Follows the mail accounts that the session is now concerned with, and no others."""
        session = self._session
        accounts = [session.opened] if session.selected is None else [session.selected.account]
        if session.elsewhere is not None:
            accounts += [session.opened, *session.elsewhere.accounts]
        wanted = {account.id: account for account in accounts}
        for left in self._stops.keys() - wanted.keys():
            self._stops.pop(left)()
        for came in wanted.keys() - self._stops.keys():
            self._stops[came] = watch(wanted[came], self.wake)

    def stop(self) -> None:
        """Looks no more."""
        for stop in self._stops.values():
            stop()
        self._stops.clear()
        self._timer.cancel()

    def take_due(self) -> bool:
        """Whether something may have changed since this was asked last."""
        is_due, self.is_due = self.is_due, False
        return is_due

    def wake(self) -> None:
        """Has it look soon."""
        if not self._is_woken:
            self._is_woken = True
            self._loop.call_soon_threadsafe(self._look)

    def _look(self) -> None:
        self._is_woken, self.is_due = False, True
        self._timer.cancel()
        if not self._stops:
            return
        self._timer = self._loop.call_later(LOOK_AGAIN_S, self._look)
        # A command's own end looks; a client that does not read hears of it at the next look.
        if not (self._is_looking or self._session.is_busy() or self._session.connection.is_blocked):
            self._is_looking = True
            self._task = eager.start(self._tell(), self._loop)

    async def _tell(self) -> None:
        session = self._session
        try:
            if await check_selected(session) and self._may_speak():
                await tell(session, may_expunge=session.awaits_line or session.interest.at_once, goes_on=self._may_speak)
                alert_room(session)
            await session.let_leave()
        except MailboxVanished:
            session.end("The selected mailbox was deleted")
        except ConnectionError:
            session.connection.abort()
        except Exception:
            log.exception("what happened could not be told")
        finally:
            self._is_looking = False
        if self.is_due and self._may_speak():
            self.wake()

    def _may_speak(self) -> bool:
        """Whether nothing else is being said; what is not told now is told at the end of the command that began."""
        return bool(self._stops) and not self._session.is_busy()
