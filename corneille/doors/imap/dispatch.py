"""From octets to commands obeyed, one at a time and in order; every reply that is not a command's own is made here."""

import asyncio
import logging
import secrets

from corneille.doors.frame import eager
from corneille.doors.frame.limits import Pace
from corneille.doors.imap.admission import judge_literal
from corneille.doors.imap.commands import HANDLERS, State
from corneille.doors.imap.connection import Connection
from corneille.doors.imap.place import check_selected
from corneille.doors.imap.replies import (
    AlreadyAnswered,
    Bad,
    Bye,
    No,
    explain_incident,
    format_reply,
    refuse_crowded,
    reply_to,
)
from corneille.doors.imap.selected import MailboxVanished
from corneille.doors.imap.session import Session, Shared
from corneille.doors.imap.tell import stop_notifying, tell
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.wire.imap.parse import Command, find_tag, parse_command
from corneille.wire.imap.splitter import Broken, Flooded, Frame, Line, LiteralAsked, Splitter
from corneille.wire.imap.syntax import SyntaxRefused

log = logging.getLogger("corneille.imap")

BUFFERED_BYTES = 64 * 1024
"""While a command runs, reading stops when this much more has come."""

KEEPS_NUMBERS = frozenset({"FETCH", "STORE", "SEARCH", "SORT", "THREAD"})
"""While these answer, no EXPUNGE is sent (RFC 9051 §7.5.1), unless they are UID commands, or numbers mean nothing any more
to a client that hears of expunges at once (RFC 5465 §5.3)."""

BY_NUMBER = KEEPS_NUMBERS | {"COPY", "MOVE", "REPLACE"}
"""These name messages by their numbers, or are answered with numbers, unless they are UID commands (RFC 9586 §3.2, §3.8)."""

TAKES_LONG = frozenset({"SEARCH", "SORT", "THREAD", "COPY", "MOVE"})
"""While these go on, a client hears now and then that they do (RFC 9585), and does not give up."""

PROGRESS_S = 10.0

_WHY = {"too-long": "The line is too long", "nul": "There is a NUL in the line"}


class Dispatch:
    """The listener of one connection."""

    def __init__(self, connection: Connection, shared: Shared) -> None:
        self._connection, self._shared = connection, shared
        limits = shared.limits
        self._splitter = Splitter(limits.line_bytes, discard_bytes=4 * of(MailSettings).message_bytes)
        self._pace = Pace(limits.commands_per_second, limits.commands_at_once, connection.loop.time())
        self._task: asyncio.Task[None] | None = None
        self._progress: asyncio.TimerHandle | None = None
        self._is_running = self._is_pumping = self._is_slowed = self._is_closing = self._is_hurried = False
        self._bad_count = 0
        self._hurried_since_s = 0.0
        self.session = Session(connection, shared)
        self.session.want_lines = self._want_lines
        self.session.forget_input = self._splitter.clear
        self.session.end = self.say_bye
        self.session.is_busy = lambda: self.is_busy
        connection.expire_in(limits.authenticate_s, of_silence=False)
        self.session.say(b"* OK [CAPABILITY %b] Corneille\r\n" % self.session.capabilities)
        self.session.flush()

    # Listener

    def receive(self, data: bytes) -> None:
        if not self._is_closing:
            self._splitter.feed(data)
            self._pump()

    def lose(self) -> None:
        self._is_closing = True
        if self._task is not None:
            self._task.cancel()
        self._leave()

    def expire(self) -> None:
        self.say_bye("Nothing was said for too long" if self.session.account else "Nobody signed in in time")

    def say_bye(self, text: str) -> None:
        """Ends the session: says why, and closes when that has left."""
        if self._is_closing:
            return
        self._is_closing = True
        self.session.say(format_reply("*", "BYE", text))
        self.session.flush()
        if self._task is not None:
            self._task.cancel()
        self._leave()
        self._connection.close()

    @property
    def is_busy(self) -> bool:
        """True while a command other than IDLE is being obeyed."""
        return self._is_running and not self.session.awaits_line

    # The pump

    def _pump(self) -> None:
        """Acts on every event that can be acted upon now; commands that end at once come back here for the next."""
        if self._is_pumping:
            return
        self._is_pumping = True
        try:
            while self._may_go_on():
                event = self._splitter.next()
                if event is None:
                    break
                if not isinstance(event, LiteralAsked):
                    self._calm()
                match event:
                    case Frame():
                        self._begin(event)
                    case Line(raw):
                        self.session.take_line(raw)
                        break  # what waits for the line goes on first
                    case LiteralAsked():
                        self._admit(event)
                    case Broken():
                        self._reject(event)
                    case Flooded():
                        self.say_bye("Too much was sent")
        finally:
            self._is_pumping = False
        self._connection.read(
            wanted=not self._is_slowed and (self._may_go_on() or self._splitter.buffered_bytes < BUFFERED_BYTES)
        )

    def _may_go_on(self) -> bool:
        if self._is_closing or self._is_slowed:
            return False
        return not self._is_running or self.session.awaits_line

    def _want_lines(self, wanted: bool) -> None:
        self._splitter.lines = wanted
        if wanted and not self._is_pumping:
            self._connection.loop.call_soon(self._pump)

    def _admit(self, asked: LiteralAsked) -> None:
        self._is_running = True
        self._task = eager.start(self._judge(asked), self._connection.loop)

    async def _judge(self, asked: LiteralAsked) -> None:
        """Lets a literal come, or not; that of a message for shared mail once the gate of its position has answered."""
        try:
            verdict = await judge_literal(asked, self.session)
        except Refusal as refusal:
            verdict = reply_to(refusal)
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("incident %s in a literal", incident)
            verdict = explain_incident(incident)
        self._is_running, self._task = False, None
        if self._is_closing:
            return
        is_counted = self.session.account is not None and asked.total_bytes > self._shared.limits.literal_bytes
        if verdict is None and is_counted and not self.session.held.take(asked.size_bytes, self.session.account):
            verdict = refuse_crowded()
        if verdict is not None:
            self._splitter.refuse()
            self._calm()
            self.session.held.let_go()
            self._spend()  # it costs what a command costs, and is followed by none
            self._answer(find_tag(asked.head) or "*", verdict)
        else:
            self._splitter.accept()
            if is_counted:
                self._hurry(asked.total_bytes)
            if asked.synchronising:
                self.session.say(b"+ OK\r\n")
                self.session.flush()
        watcher = self.session.watcher
        if watcher is not None and watcher.is_due:
            watcher.wake()  # what happened meanwhile waited for the end of a command
        if not self._is_pumping:
            self._pump()

    def _hurry(self, total_bytes: int) -> None:
        """Bears no long silence, nor a command's literals that come more slowly in all than is stated."""
        limits, now_s = self._shared.limits, self._connection.loop.time()
        if not self._is_hurried:
            self._hurried_since_s = now_s
        self._is_hurried = True
        ends_s = self._hurried_since_s + limits.literal_silence_s + total_bytes / limits.literal_bytes_per_second
        self._connection.expire_in(limits.literal_silence_s, of_silence=True, at_most_s=ends_s - now_s)

    def _calm(self) -> None:
        if self._is_hurried:
            self._is_hurried = False
            self._connection.expire_in(self._shared.limits.idle_s, of_silence=True)

    def _reject(self, broken: Broken) -> None:
        self.session.held.let_go()
        if self.session.awaits_line:
            self.session.refuse_line(Bad(_WHY[broken.why]))
            return
        self._answer(find_tag(broken.head) or "*", Bad(_WHY[broken.why]))

    def _answer(self, tag: str, refused: No | Bad) -> None:
        is_bad = isinstance(refused, Bad)
        self.session.say(format_reply(tag, "BAD" if is_bad else "NO", refused.text, refused.code))
        self.session.flush()
        self._bad_count = self._bad_count + 1 if is_bad else 0
        if self._bad_count >= self._shared.limits.bad_commands:
            self.say_bye("Too many commands that make no sense")

    # Commands

    def _begin(self, frame: Frame) -> None:
        self._spend()
        try:
            command = parse_command(frame, utf8=self.session.is_utf8)
        except SyntaxRefused as refused:
            self.session.held.let_go()
            kind = Bad if refused.is_bad else No
            self._answer(refused.tag or "*", kind(refused.text, refused.code))
            return
        self._is_running = True
        self._task = eager.start(self._obey(command), self._connection.loop)
        if self._task is not None and command.word in TAKES_LONG:
            self._progress = self._connection.loop.call_later(PROGRESS_S, self._tell_progress, command.tag)

    def _spend(self) -> None:
        """Counts one command, and lets the next wait when there were too many."""
        wait_s = self._pace.spend(self._connection.loop.time())
        if wait_s > 0.0:
            self._is_slowed = True
            self._connection.loop.call_later(wait_s, self._go_on)

    def _tell_progress(self, tag: str) -> None:
        """How far it is nobody knows: a search ends when the text decides, a copy is one transaction."""
        self._progress = self._connection.loop.call_later(PROGRESS_S, self._tell_progress, tag)
        self.session.say(f'* OK [INPROGRESS ("{tag}" NIL NIL)] Still at it\r\n'.encode())
        self.session.flush()

    def _go_on(self) -> None:
        self._is_slowed = False
        self._pump()

    async def _obey(self, command: Command) -> None:
        """A client that does not read what it was answered is given no further answer."""
        try:
            await self._reply(command)
            self._tell_no_progress()
            if not self._is_closing and not self.session.is_leaving:
                await self.session.let_leave()
        except ConnectionError:
            self._connection.abort()
        finally:
            self._end()

    async def _reply(self, command: Command) -> None:
        tag, session = command.tag, self.session
        try:
            text = await self._handle(command)
            self._bad_count = 0
            session.say(f"{tag} OK {text}\r\n".encode())
        except AlreadyAnswered:
            self._bad_count = 0
        except No as no:
            self._bad_count = 0
            session.say(format_reply(tag, "NO", no.text, no.code))
        except Bad as bad:
            self._bad_count += 1
            session.say(format_reply(tag, "BAD", bad.text, bad.code))
        except Refusal as refusal:
            told = reply_to(refusal)
            session.say(format_reply(tag, "NO", told.text, told.code))
        except (MailboxVanished, Bye) as end:
            self.say_bye(end.text if isinstance(end, Bye) else "The selected mailbox was deleted")
        except ConnectionError:
            raise
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("incident %s in %s", incident, command.word)
            told = explain_incident(incident)
            session.say(format_reply(tag, "NO", told.text, told.code))

    async def _handle(self, command: Command) -> str:
        """Runs the command's handler, then tells what others changed, and returns the text after OK."""
        session = self.session
        handler, state = HANDLERS[command.word]
        if state is State.STRANGER and session.account is not None:
            raise Bad("Somebody is signed in already")
        if state in {State.SIGNED_IN, State.SELECTED} and session.account is None:
            raise Bad("Sign in first")
        if state is State.SELECTED and session.selected is None:
            raise Bad("Select a mailbox first")
        if session.is_uidonly and command.word in BY_NUMBER and not command.is_uid:
            raise Bad("After ENABLE UIDONLY messages are named by their UIDs", "UIDREQUIRED")
        if not await check_selected(session) and state is State.SELECTED:
            raise No("The mail of this position is no longer yours to read", "NOPERM")
        keeps_numbers = command.word in KEEPS_NUMBERS and not command.is_uid and not session.interest.at_once
        try:
            text = await handler(session, command)
        except No:
            await tell(session, may_expunge=not keeps_numbers)
            raise
        if not session.is_leaving:
            await tell(session, may_expunge=not keeps_numbers)
        if keeps_numbers and session.mailbox.has_gone and not text.startswith("["):
            return f"[EXPUNGEISSUED] {text}"  # what went is in no answer, and still counted (RFC 5530 §3)
        return text

    def _tell_no_progress(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            self._progress = None

    def _end(self) -> None:
        self._is_running, self._task = False, None
        self.session.held.let_go()
        self._tell_no_progress()
        if self._is_closing:
            return
        self.session.flush()
        if self.session.is_leaving:
            self._is_closing = True
            self._leave()
            self._connection.close()
        elif self._bad_count >= self._shared.limits.bad_commands:
            self.say_bye("Too many commands that make no sense")
        elif not self._is_pumping:
            self._connection.loop.call_soon(self._pump)

    def _leave(self) -> None:
        """Gives the account's seat back at once: a client may take long to close its side."""
        session = self.session
        session.held.let_go()
        if session.account is not None:
            self._shared.accounts.leave(session.account)
            session.account = None
            stop_notifying(session)
            session.leave_mailbox()
        if session.leash is not None:
            session.leash.drop()
            session.leash = None
