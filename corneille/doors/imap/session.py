"""One client's session: who it is, what it enabled, what it selected, and what is to be said next."""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from corneille.doors.frame.admit import Admission
from corneille.doors.frame.bridge import Bridge
from corneille.doors.frame.leash import Leash
from corneille.doors.frame.limits import Guests, LimitSettings, Seats
from corneille.doors.frame.memory import Held, Memory
from corneille.doors.frame.single_file import SingleFile
from corneille.doors.imap.capability import list_capabilities
from corneille.doors.imap.connection import Connection
from corneille.doors.imap.interest import UNASKED, Interest
from corneille.doors.imap.naming import NUMBERS
from corneille.doors.imap.replies import Bad, No
from corneille.doors.imap.selected import Selected, Span
from corneille.kernel.ids import AccountId, ModSeq, Uid
from corneille.kernel.settings import of
from corneille.mail.slices import Work
from corneille.mail.values import MailAccount
from corneille.wire.imap.sequence_set import SequenceSet

if TYPE_CHECKING:
    from corneille.doors.imap.elsewhere import Elsewhere
    from corneille.doors.imap.place import Found
    from corneille.doors.imap.watcher import Watcher

Result = TypeVar("Result")

FLUSH_BYTES = 64 * 1024

PIECE_BYTES = 256 * 1024
"""Of a large message, as much is encrypted in one turn of the loop: a quarter of a millisecond."""


LARGE_AT_ONCE = 2
"""Large messages that are read away from the loop together: memory and threads are left for others."""

CARRIED_AT_ONCE = 2
"""Commands that carry messages to other mail together: until they are filed, which is longer than a reader has to wait."""


@dataclass(frozen=True, slots=True)
class RoomTold:
    """The step of fullness that somebody was last told of, on which day, and when their room was last looked at."""

    day: date
    step: int
    looked_s: float


@dataclass(slots=True)
class Shared:
    """What all sessions of one server share."""

    bridge: Bridge
    admission: Admission
    limits: LimitSettings
    tls: ssl.SSLContext
    long_answers: SingleFile
    large_contents: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(LARGE_AT_ONCE))
    carried: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(CARRIED_AT_ONCE))
    addresses: Seats = field(default_factory=Seats)
    accounts: Seats = field(default_factory=Seats)
    guests: Guests = field(default_factory=Guests)
    memory: Memory = field(default_factory=lambda: Memory(lambda: of(LimitSettings).literal_memory_bytes))
    alerted: dict[AccountId, date] = field(default_factory=dict)
    room_told: dict[AccountId, RoomTold] = field(default_factory=dict)


class Session:
    """The state that commands read and change; it writes through its connection and never touches the socket."""

    __slots__ = (
        "_line",
        "_out",
        "_out_bytes",
        "account",
        "connection",
        "elsewhere",
        "end",
        "forget_input",
        "held",
        "interest",
        "is_busy",
        "is_condstore",
        "is_leaving",
        "is_qresync",
        "is_rev2",
        "is_utf8_accept",
        "leash",
        "mail",
        "naming",
        "person_address",
        "program",
        "refused_count",
        "selected",
        "shared",
        "want_lines",
        "watcher",
    )

    def __init__(self, connection: Connection, shared: Shared) -> None:
        self.connection, self.shared = connection, shared
        self.account: AccountId | None = None
        self.mail: MailAccount | None = None
        self.selected: Selected | None = None
        self.is_rev2 = self.is_utf8_accept = self.is_condstore = self.is_qresync = False
        self.naming = NUMBERS
        self.is_leaving = False
        self.program = ""
        self.refused_count = 0
        self.person_address: str | None = None
        self.held = Held(shared.memory)  # by the command that comes, or is obeyed, until its end
        self.leash: Leash | None = None
        self.end: Callable[[str], None] = lambda text: None
        self.want_lines: Callable[[bool], None] = lambda wanted: None
        self.forget_input: Callable[[], None] = lambda: None
        self.is_busy: Callable[[], bool] = lambda: False  # a command other than IDLE is being obeyed
        self.interest: Interest = UNASKED
        self.elsewhere: Elsewhere | None = None
        self.watcher: Watcher | None = None
        self._line: asyncio.Future[bytes] | None = None
        self._out: list[bytes | memoryview] = []
        self._out_bytes = 0

    @property
    def is_utf8(self) -> bool:
        """Mailbox names and quoted strings are UTF-8 (RFC 9051 §5.1, RFC 6855 §3)."""
        return self.is_rev2 or self.is_utf8_accept

    @property
    def is_uidonly(self) -> bool:
        """Messages are named by UIDs alone (RFC 9586)."""
        return self.naming.by_uid

    @property
    def opened(self) -> MailAccount:
        """The mail of who is signed in; commands that ask for it come only after."""
        assert self.mail is not None
        return self.mail

    @property
    def mailbox(self) -> Selected:
        """The selected mailbox; commands that ask for it come only after SELECT."""
        assert self.selected is not None
        return self.selected

    @property
    def capabilities(self) -> bytes:
        return list_capabilities(is_tls=self.connection.is_tls, is_signed_in=self.account is not None)

    def say(self, *replies: bytes) -> None:
        """Adds to what goes out with the end of the command, or at the next flush."""
        self._out.extend(replies)
        self._out_bytes += sum(map(len, replies))

    def flush(self) -> None:
        """Hands everything said to the socket."""
        if self._out:
            self.connection.write(b"".join(self._out))
            self._out.clear()
            self._out_bytes = 0

    async def let_leave(self) -> None:
        """Hands everything said to the socket, in pieces and as the client takes it, others having their turn between two.

        What is said meanwhile, by whomever, leaves behind it.
        """
        while self._out_bytes > PIECE_BYTES:
            self.connection.write(self._take(PIECE_BYTES))
            await self.connection.drain()
            await self.shared.long_answers.wait()
        self.flush()
        await self.connection.drain()

    async def breathe(self) -> None:
        """Between two slices of a long answer: lets it leave, and lets others have their turn. Not for after the last."""
        await self.let_leave()
        await self.shared.long_answers.wait()

    async def breathe_if_full(self) -> None:
        """The same, when enough has been gathered."""
        if self._out_bytes >= FLUSH_BYTES:
            await self.breathe()

    async def finish(self, work: Work[Result]) -> Result:
        """What comes of work in slices, one in a turn of the loop."""
        while True:
            try:
                next(work)
            except StopIteration as end:
                result: Result = end.value
                return result
            await self.breathe()

    def _take(self, count: int) -> bytes:
        """The first octets of what is to be said."""
        taken: list[bytes | memoryview] = []
        self._out_bytes -= count
        while count > 0:
            first = self._out.pop(0)
            if len(first) > count:
                self._out.insert(0, memoryview(first)[count:])
                first = memoryview(first)[:count]
            count -= len(first)
            taken.append(first)
        return b"".join(taken)

    async def read_line(self) -> bytes:
        """The client's next raw line, after a continuation was asked for."""
        self.flush()
        self._line = self.connection.loop.create_future()
        self.want_lines(True)
        try:
            return await self._line
        finally:
            self._line = None
            self.want_lines(False)

    @property
    def awaits_line(self) -> bool:
        return self._line is not None and not self._line.done()

    def take_line(self, line: bytes) -> None:
        """Gives the line that was waited for."""
        assert self._line is not None
        self._line.set_result(line)

    def refuse_line(self, error: Exception) -> None:
        """Says that the line cannot be had."""
        assert self._line is not None
        self._line.set_exception(error)

    def sync(self, *, may_expunge: bool, gone: Sequence[Uid] = ()) -> None:
        """Tells what others changed in the selected mailbox, and what the client removed. Raises MailboxVanished."""
        if self.selected is not None:
            self.say(*self.selected.sync(
                self.interest, may_expunge=may_expunge, with_modseq=self.is_condstore,
                as_vanished=self.is_qresync or self.is_uidonly, naming=self.naming, gone=gone,
            ))

    def note_filed(self, target: "Found", uids: Sequence[Uid], modseq: ModSeq) -> None:
        """The client filed these messages itself: NOTIFY does not tell it of them (RFC 5465 §5)."""
        account, mailbox = target.place.account.id, target.mailbox.id
        if self.selected is not None and (self.selected.account.id, self.selected.mailbox) == (account, mailbox):
            self.selected.filed.update(uids)
        if self.elsewhere is not None:
            self.elsewhere.own.filed[account, mailbox] = len(uids), modseq

    def spans(self, numbers: SequenceSet, *, is_uid: bool) -> list[Span]:
        """The positions of a command's set. Raises Bad for a sequence number that is no message's."""
        spans = self.mailbox.spans(numbers, is_uid=is_uid)
        if spans is None:
            raise Bad("There is no message of this number")
        return spans

    def check_writable(self, *, of_all: bool = True) -> None:
        """Raises No after EXAMINE; unless \\Seen alone is meant, also where a position gives no right to the rest."""
        if self.mailbox.is_read_only:
            raise No("The mailbox was opened for reading only", "READ-ONLY")
        if of_all and not self.mailbox.may_write:
            raise No("Your function does not give this right to the mail of the position", "NOPERM")

    def enable_condstore(self) -> None:
        """From now on modification sequences are told (RFC 7162 §3.1)."""
        if not self.is_condstore:
            self.is_condstore = True
            if self.selected is not None:
                self.say(b"* OK [HIGHESTMODSEQ %d] Modification sequences\r\n" % self.selected.told_modseq)

    def leave_mailbox(self) -> None:
        """No mailbox is selected any more."""
        if self.selected is not None and self.selected.recent is not None:
            self.selected.recent.leave()
        self.selected = None
