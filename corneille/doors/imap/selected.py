"""The client's picture of the selected mailbox: which sequence number is which message, and what it has been told.

Sequence numbers move only when the client is told (RFC 9051 §7.5.1), so messages that have gone stay in `uids` until an
EXPUNGE may be sent. `uids` is the store's shared array as long as the picture is the store's own.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from corneille.doors.imap.context import Context
from corneille.doors.imap.interest import Interest
from corneille.doors.imap.naming import Naming
from corneille.doors.imap.recent import Recent
from corneille.kernel.ids import MailboxId, ModSeq, Uid
from corneille.mail.changes import list_changes
from corneille.mail.fetch import RECENT, list_flags
from corneille.mail.mailbox import view_mailbox
from corneille.mail.open_position import PositionMail
from corneille.mail.values import SEEN, SYSTEM_FLAGS, Changes, Flagged, MailAccount, View
from corneille.people.position_right import PositionRight
from corneille.wire.imap.sequence_set import LAST, SequenceSet, format_set

Span = tuple[int, int]
"""Positions in `uids`, half open: a sequence number is a position and one."""

UID_BITS = (1 << 32) - 1

TOLD_ROWS = 500
"""Messages whose flags are told in one turn of the loop: some two milliseconds."""


class MailboxVanished(Exception):
    """The selected mailbox was deleted by somebody else."""


class Selected:
    """One SELECT or EXAMINE, until the mailbox is left."""

    __slots__ = (
        "_flags_modseq", "_gone", "_keywords", "account", "contexts", "filed", "is_read_only", "mailbox", "modseq", "news",
        "own", "position", "recent", "saved", "uid_validity", "uids",
    )

    def __init__(
        self, account: MailAccount, view: View, *, is_read_only: bool, tells_recent: bool,
        position: PositionMail | None = None,
    ) -> None:  # fmt: skip
        self.account, self.position = account, position
        self._keywords = {keyword.lower(): keyword for keyword in view.keywords}
        self._gone: set[int] = set()
        self.mailbox: MailboxId = view.mailbox.id
        self.uid_validity = view.mailbox.uid_validity
        self.uids: array[int] = view.uids
        self.modseq: ModSeq = view.mailbox.highest_modseq
        self._flags_modseq = self.modseq  # up to here flags were told: behind while nobody wants to hear of them
        self.contexts: dict[str, Context] = {}  # by tag
        self.news: dict[int, bool] = {}  # changed, or came (True: what NOTIFY and UPDATE want of it is still to be told)
        self.filed: set[Uid] = set()  # by this session, which is told nothing of them
        self.is_read_only = is_read_only
        self.own: dict[int, int] = {}  # uid -> modseq of changes that this session made and already told
        self.saved: Sequence[int] = ()  # SEARCHRES: UIDs
        self.recent = Recent(account, view.mailbox, claims=not is_read_only) if tells_recent else None

    def spans(self, numbers: SequenceSet, *, is_uid: bool) -> list[Span] | None:
        """The positions that a set names, ascending; None when it names a sequence number that is not there."""
        if numbers.is_saved:
            return self.spans_of(self.saved)
        uids = self.uids
        if is_uid:
            ranges = numbers.resolve(uids[-1] if uids else 0)
            found = ((bisect_left(uids, low), bisect_right(uids, high)) for low, high in ranges)
            return [span for span in found if span[0] < span[1]]
        if numbers.highest > len(uids):
            # `1:*` in an empty mailbox names nothing; a number that is no message is the client's mistake.
            return [] if not uids and any(LAST in each for each in numbers.ranges) else None
        return [(low - 1, high) for low, high in numbers.resolve(len(uids))] if uids else []

    def find_spans(self, numbers: SequenceSet, *, is_uid: bool) -> list[Span]:
        """The same, without those that are not there."""
        spans = self.spans(numbers, is_uid=is_uid)
        if spans is None:
            count = len(self.uids)
            spans = [(low - 1, min(high, count)) for low, high in numbers.resolve(count) if 0 < low <= count]
        return spans

    def spans_of(self, uids: Iterable[int]) -> list[Span]:
        """The positions of these ascending UIDs; one that is not known is passed over."""
        spans: list[Span] = []
        for uid in uids:
            at = self.find(uid)
            if at < 0:
                continue
            if spans and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], at + 1)
            else:
                spans.append((at, at + 1))
        return spans

    def uid_ranges(self, spans: Iterable[Span]) -> list[tuple[Uid, Uid]]:
        """What to ask the store for these positions: it has no message between them that we do not know."""
        return [(Uid(self.uids[low]), Uid(self.uids[high - 1])) for low, high in spans]

    def iterate(self, spans: Iterable[Span]) -> Iterator[Uid]:
        """The UIDs at these positions."""
        for low, high in spans:
            for uid in self.uids[low:high]:
                yield Uid(uid)

    def number_all(self, spans: Iterable[Span]) -> Iterator[int]:
        """The messages at these positions for `fetch_lines`: sequence number << 32 | UID, and whether it is \\Recent."""
        uids, recent = self.uids, self.recent
        numbered = (number << 32 | uid for low, high in spans for number, uid in enumerate(uids[low:high], low + 1))
        if recent is None or not recent.runs:
            return numbered
        return (each | RECENT if recent.holds(each & UID_BITS) else each for each in numbered)

    def find(self, uid: int, start: int = 0) -> int:
        """The position of a UID, or -1."""
        at = bisect_left(self.uids, uid, start)
        return at if at < len(self.uids) and self.uids[at] == uid else -1

    @property
    def has_gone(self) -> bool:
        """True when messages have gone that the client still counts."""
        return bool(self._gone)

    def mark(self, uid: int, flags: str) -> str:
        """The flags as this session sees them: with \\Recent where it was the first to be told."""
        return flags if self.recent is None else self.recent.mark(uid, flags)

    def format_recent(self) -> bytes:
        """The RECENT response."""
        return b"* %d RECENT\r\n" % (self.recent.count(self.uids) if self.recent is not None else 0)

    @property
    def may_write(self) -> bool:
        """Whether more than \\Seen may be changed: always in one's own mail."""
        return self.position is None or self.position.may(PositionRight.WRITE)

    def format_permanent(self) -> bytes:
        """The flags that this client may change for good."""
        if self.is_read_only:
            return b""
        return self.format_flags() + b" \\*" if self.may_write else SEEN.encode()

    def format_flags(self) -> bytes:
        """The FLAGS list: system flags and the keywords in use."""
        return " ".join((*SYSTEM_FLAGS, *self._keywords.values())).encode()

    @property
    def told_modseq(self) -> ModSeq:
        """Up to here the client was told of everything (RFC 7162 §3.2.5.1: HIGHESTMODSEQ must not say more)."""
        return min(self.modseq, self._flags_modseq)

    def note_own(self, changed: Flagged, *, is_silent: bool = False) -> None:
        """This session made these changes and told them; in silence only of what nobody else has changed since it heard
        of that: RFC 9051 §6.4.6 has the client told of others' flags all the same."""
        told = zip(changed.changed, changed.before, strict=True)
        self.own.update((uid, modseq) for (uid, modseq, _), before in told if not is_silent or before <= self._flags_modseq)

    def sync(
        self, interest: Interest, *, may_expunge: bool, with_modseq: bool, as_vanished: bool, naming: Naming,
        gone: Sequence[Uid] = (),
    ) -> list[bytes]:  # fmt: skip
        """Brings the picture up to date and says what the client must be told, in order.

        interest     what it wants to hear of; the picture stays as it was where that is nothing
        may_expunge  false while FETCH, STORE and SEARCH answer: what went stays in the picture
        gone         what the client itself removed: it hears of that in any case
        raises       MailboxVanished
        """
        changes = list_changes(
            self.account, self.mailbox, self.modseq, flags_since=self._flags_modseq, last=self.uids[-1] if self.uids else 0
        )
        if changes.is_gone:
            raise MailboxVanished
        out: list[bytes] = []
        self._gone.update(uid for uid in gone if self.find(uid) >= 0)
        if interest.wants_messages:
            if interest.wants_flags:
                changed = changes.changed if self._flags_modseq >= self.modseq else self._list_late_flags()
                self._tell_flags(changed, out, naming, with_modseq=with_modseq)
                self._flags_modseq = changes.modseq
            if self.contexts:
                self.news.update((uid, False) for uid, _, _ in changes.changed if uid not in self.news)
            self.modseq = changes.modseq
            for run in changes.vanished:
                self._gone.update(self.uids[bisect_left(self.uids, run.start) : bisect_left(self.uids, run.stop)])
        if self._gone:
            # Said at once, and before EXPUNGE: these are still numbers (RFC 5267 §4.3.4).
            out.extend(context.remove(self._gone, self.number) for context in self.contexts.values())
        if self._gone and may_expunge:
            self._tell_gone(out, as_vanished=as_vanished)
        if changes.appeared and interest.wants_messages:
            self._take_in(changes, is_fresh=bool(interest.items) or any(each.items for each in self.contexts.values()))
            out.append(b"* %d EXISTS\r\n" % len(self.uids))
            if self.recent is not None:
                self.recent.take(changes.uid_next)
                out.append(self.format_recent())
        self.own.clear()
        self.filed.clear()
        return out

    def tell_ahead(self, modseq: ModSeq, naming: Naming, *, with_modseq: bool) -> Iterator[list[bytes]]:
        """What `sync` would say of flags, up to this modseq, in slices between which others have their turn; it then says
        no more than the rest. Who does not take the last slice is told all of it again.

        raises  MailboxGone
        """
        ranges = self.uid_ranges([(0, len(self.uids))] if self.uids else [])
        for rows in list_flags(self.account, self.mailbox, ranges, slice_rows=TOLD_ROWS):
            changed = [(uid, ModSeq(at), flags) for uid, at, flags in rows if at > self._flags_modseq]
            out: list[bytes] = []
            self._tell_flags(changed, out, naming, with_modseq=with_modseq)
            if self.contexts:
                self.news.update((uid, False) for uid, _, _ in changed if uid not in self.news)
            yield out
        self._flags_modseq = max(self._flags_modseq, modseq)  # `sync` may have told more between two slices

    def _list_late_flags(self) -> list[tuple[Uid, ModSeq, str]]:
        """Flags that changed while nobody wanted to hear of them."""
        ranges = self.uid_ranges([(0, len(self.uids))] if self.uids else [])
        return [
            (uid, ModSeq(modseq), flags) for rows in list_flags(self.account, self.mailbox, ranges)
            for uid, modseq, flags in rows if modseq > self._flags_modseq
        ]  # fmt: skip

    def _tell_flags(
        self, changed: Iterable[tuple[Uid, ModSeq, str]], out: list[bytes], naming: Naming, *, with_modseq: bool
    ) -> None:
        for uid, modseq, flags in changed:
            if self.own.get(uid) == modseq:
                continue
            at = self.find(uid)
            if at < 0:
                continue
            if news := self.learn(flags):
                out.append(news)
            out.append(self.format_change(at, uid, flags, modseq if with_modseq else None, naming))

    def format_change(self, at: int, uid: int, flags: str, modseq: int | None, naming: Naming) -> bytes:
        """The FETCH that nobody asked for: flags that changed."""
        told = [] if naming.by_uid else [b"UID %d" % uid]
        told.append(b"FLAGS (%b)" % self.mark(uid, flags).encode())
        told += [] if modseq is None else [b"MODSEQ (%d)" % modseq]
        return b"%b%b)\r\n" % (naming.begin(at + 1, uid), b" ".join(told))

    def number(self, uid: int) -> int:
        """The sequence number of a UID that the client knows."""
        return self.find(uid) + 1

    def learn(self, flags: str) -> bytes:
        """A FLAGS response when these flags hold a keyword that the client has not heard of."""
        fresh = [flag for flag in flags.split() if flag[0] != "\\" and flag.lower() not in self._keywords]
        if not fresh:
            return b""
        self._keywords.update((keyword.lower(), keyword) for keyword in fresh)
        return b"* FLAGS (%b)\r\n* OK [PERMANENTFLAGS (%b)] Flags that stay\r\n" % (
            self.format_flags(), self.format_permanent(),
        )  # fmt: skip

    def _tell_gone(self, out: list[bytes], *, as_vanished: bool) -> None:
        gone = sorted(self._gone)
        if as_vanished:
            out.append(b"* VANISHED %b\r\n" % format_set(gone))
        else:
            out.extend(b"* %d EXPUNGE\r\n" % (self.find(uid) + 1) for uid in reversed(gone))
        self._gone.clear()
        left = set(gone)
        self.uids = array("I", [uid for uid in self.uids if uid not in left])
        self._share()

    def _take_in(self, changes: Changes, *, is_fresh: bool) -> None:
        last = self.uids[-1] if self.uids else 0
        came = [uid for uid in changes.appeared if uid > last]
        self.uids = self.uids + array("I", came)
        if is_fresh or self.contexts:
            self.news.update((uid, is_fresh and uid not in self.filed) for uid in came)
        self._share()

    def _share(self) -> None:
        """Takes the store's own array when it says the same: a thousand idle sessions then keep one."""
        if not self._gone:
            view = view_mailbox(self.account, self.mailbox)
            if view.mailbox.highest_modseq == self.modseq and view.uids == self.uids:
                self.uids = view.uids
