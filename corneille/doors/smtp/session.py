"""One conversation: what has been said so far, and one line after another until it ends."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from corneille.doors.frame.leash import Leash
from corneille.doors.frame.limits import LimitSettings, Pace
from corneille.doors.smtp import replies
from corneille.doors.smtp.commands import execute
from corneille.doors.smtp.connection import Connection, Interrupted
from corneille.doors.smtp.door import Door, Kind
from corneille.doors.smtp.settings import SmtpSettings
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import Ground, of
from corneille.wire.smtp.command import Greeting, Mail, parse_command
from corneille.wire.smtp.line import COMMAND_BYTES, LineSplitter, RefusedLine
from corneille.wire.smtp.reply import Reply, format_reply, reply

logger = logging.getLogger(__name__)


class Hangup(Exception):
    """The other side has closed."""


@dataclass(slots=True)
class Session:
    """The state of one conversation (RFC 5321 §4.1.4); commands change it, and nobody else."""

    connection: Connection
    door: Door
    greeting: Greeting | None = None
    account: AccountId | None = None
    person_address: str | None = None
    mail: Mail | None = None
    recipients: list[str] = field(default_factory=list)
    lines: LineSplitter = field(default_factory=LineSplitter)
    is_ending: bool = False
    message_count: int = 0
    refused_sign_in_count: int = 0
    leash: Leash | None = None
    is_let_go: bool = False
    _said: list[bytes] = field(default_factory=list)
    _error_count: int = 0
    _begun_s: float = field(default_factory=clock.monotonic_s)

    @property
    def is_tls(self) -> bool:
        return self.connection.is_tls

    def forget_message(self) -> None:
        """Back to the state after EHLO: no message is open."""
        self.mail = None
        self.recipients = []

    async def run(self) -> None:
        """Speaks until either side ends; never raises for anything said."""
        try:
            self._said.append(format_reply(reply(220, None, f"{of(Ground).host_name} {self._banner()}")))
            await self._converse()
            await self.flush()
        except Interrupted:
            await self._end(replies.LET_GO if self.is_let_go else replies.STOPPING)
        except TimeoutError:
            await self._end(replies.TIMEOUT)
        except (Hangup, ConnectionError):
            return
        finally:
            if self.leash is not None:
                self.leash.drop()

    def let_go(self) -> None:
        """Ends the conversation: what signed its writer in no longer holds."""
        self.is_let_go = True
        self.connection.interrupt()

    async def _end(self, said: Reply) -> None:
        with contextlib.suppress(ConnectionError):
            await self.say(said)

    async def read(self) -> bytes:
        """More bytes. Sends what is to be said first. Raises Hangup, Interrupted, TimeoutError."""
        await self.flush()
        chunk = await self.connection.read(self._patience_s())
        if not chunk:
            raise Hangup
        return chunk

    async def read_line(self, limit_bytes: int = COMMAND_BYTES) -> bytes | RefusedLine:
        """The next line, without its end."""
        while (line := self.lines.next(limit_bytes)) is None:
            self.lines.feed(await self.read())
        return line

    async def say(self, *said: Reply) -> None:
        """Sends at once, before the command is over: 354, 334, 220 before TLS."""
        self._said.extend(format_reply(each) for each in said)
        await self.flush()

    async def flush(self) -> None:
        """Sends the replies that wait: those of commands that came together leave together (RFC 2920
        §3.2)."""
        if self._said:
            said, self._said = b"".join(self._said), []
            await self.connection.write(said, of(SmtpSettings).command_timeout_s)

    async def _converse(self) -> None:
        limits = of(LimitSettings)
        pace = Pace(limits.commands_per_second, limits.commands_at_once, clock.monotonic_s())
        while not self.is_ending:
            line = await self.read_line()
            answers = await self._answer(line)
            self._said.extend(format_reply(each) for each in answers)
            self._count_errors(answers, limits.bad_commands)
            wait_s = pace.spend(clock.monotonic_s())
            if wait_s > 0:
                await self.flush()
                await asyncio.sleep(wait_s)

    async def _answer(self, line: bytes | RefusedLine) -> Sequence[Reply]:
        if isinstance(line, RefusedLine):
            return (replies.reply_to_line(line.fault),)
        try:
            return await execute(self, parse_command(line))
        except (Interrupted, TimeoutError, Hangup, ConnectionError):
            raise
        except (
            Exception
        ):  # a door: the fault is named to the other side, logged here, and the next command works
            incident = secrets.token_hex(4)
            logger.exception("fault", extra={"incident": incident, "word": line.partition(b" ")[0][:20]})
            self.forget_message()
            return (replies.reply_to_fault(incident),)

    def _count_errors(self, answers: Sequence[Reply], limit: int) -> None:
        if all(answer.code < 500 for answer in answers):
            self._error_count = 0
            return
        self._error_count += 1
        if self._error_count >= limit and not self.is_ending:
            self._said.append(format_reply(replies.TOO_MANY_ERRORS))
            self.is_ending = True

    def _patience_s(self) -> float:
        values = of(SmtpSettings)
        spent_s = clock.monotonic_s() - self._begun_s
        left_s = values.session_s - spent_s
        if self.door.kind is Kind.SUBMISSION and self.account is None:
            left_s = min(left_s, of(LimitSettings).authenticate_s - spent_s)
        return max(0.0, min(values.command_timeout_s, left_s))

    def _banner(self) -> str:
        return "LMTP" if self.door.kind is Kind.LMTP else "ESMTP"
