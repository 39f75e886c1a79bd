"""What is \\Recent in one session (RFC 3501 §2.3.2): runs of UIDs. IMAP4rev2 knows nothing of it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corneille.kernel.ids import Uid
from corneille.mail.recent import claim_recent, find_first_recent, keep_claims
from corneille.mail.values import MailAccount, Mailbox


@lru_cache(maxsize=4096)
def _with_recent(flags: str) -> str:
    return f"\\Recent {flags}".rstrip()


class Recent:
    """One session's messages that it was the first to be told of; a reader's are still everybody's (§6.3.2)."""

    __slots__ = ("_account", "_claims", "_first_written", "_mailbox", "_next", "runs")

    def __init__(self, account: MailAccount, mailbox: Mailbox, *, claims: bool) -> None:
        self._account, self._mailbox, self._claims = account, mailbox.id, claims
        self._first_written = self._next = mailbox.first_recent
        self.runs: list[tuple[Uid, Uid]] = []  # half open
        if claims:
            self.take(mailbox.uid_next)
        else:
            self._next = find_first_recent(account, mailbox)
            self._add(self._next, mailbox.uid_next)

    def take(self, uid_next: Uid) -> None:
        """Takes in what has come: all below `uid_next` that no other session has."""
        if self._claims:
            self._add(claim_recent(self._account, self._mailbox, self._first_written, uid_next), uid_next)
        else:
            self._add(self._next, uid_next)

    def _add(self, first: Uid, end: Uid) -> None:
        if first >= end:
            return
        if self.runs and self.runs[-1][1] == first:
            first = self.runs.pop()[0]
        self.runs.append((first, end))
        self._next = end

    def leave(self) -> None:
        """The session leaves the mailbox: its claims are written, if there are any."""
        if self._claims and self._next > self._first_written:
            keep_claims(self._account, self._mailbox, self._next)

    def holds(self, uid: int) -> bool:
        return any(first <= uid < end for first, end in self.runs)

    def mark(self, uid: int, flags: str) -> str:
        """The flags with \\Recent where it belongs."""
        return _with_recent(flags) if self.holds(uid) else flags

    def count(self, uids: Sequence[int]) -> int:
        """How many of these ascending UIDs."""
        return sum(bisect_left(uids, end) - bisect_left(uids, first) for first, end in self.runs)

    def ranges(self) -> Iterator[tuple[Uid, Uid]]:
        """The runs with both ends in them."""
        return ((first, Uid(end - 1)) for first, end in self.runs)
