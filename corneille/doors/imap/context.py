"""A search whose result is kept up to date (RFC 5267 §4.3): what was found, as the client knows it."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from corneille.wire.imap.commands.fetch import Item
from corneille.wire.imap.commands.search import Key
from corneille.wire.imap.sequence_set import format_set

Run = tuple[int, list[int]]
"""A place in the result and the UIDs that stand there one after another; place 0: wherever their order puts them."""


@dataclass(slots=True)
class Context:
    """One SEARCH or SORT with UPDATE, until its mailbox is left or CANCELUPDATE names its tag.

    key    what is looked for; its sequence numbers were made UIDs when the command came (§4.3)
    by     SORT's keys; no key: in mailbox order
    items  what is fetched of each message that comes and is found (RFC 5465 §7)
    """

    tag: str
    is_uid: bool
    key: Key
    by: Sequence[tuple[str, bool]] = ()
    items: tuple[Item, ...] = ()
    found: "array[int]" = field(default_factory=lambda: array("I"))  # replaced, never changed in place

    def find(self, uids: Iterable[int]) -> set[int]:
        """Those of these that the client knows to be found."""
        if self.by:
            return set(self.found).intersection(uids)
        found = self.found
        return {uid for uid in uids if (at := bisect_left(found, uid)) < len(found) and found[at] == uid}

    def remove(self, uids: Collection[int], number: Callable[[int], int]) -> bytes:
        """Takes these out and says so; nothing when none was found."""
        gone = self.find(uids) if uids else ()
        if not gone:
            return b""
        runs = self._make_runs([place for place, uid in enumerate(self.found) if uid in gone])
        self.found = array("I", [uid for uid in self.found if uid not in gone])
        return self._format(b"REMOVEFROM", reversed(runs), number)  # from the end: the places before it stay right

    def add(self, uids: Collection[int], order: Iterable[int], number: Callable[[int], int]) -> bytes:
        """Takes these in and says so; `order` is the whole result with them."""
        self.found = array("I", order)
        places = [place for place, uid in enumerate(self.found) if uid in uids]
        return self._format(b"ADDTO", self._make_runs(places), number) if places else b""

    def _make_runs(self, places: list[int]) -> list[Run]:
        if not self.by:
            return [(0, [self.found[place] for place in places])]
        runs: list[Run] = []
        for place in places:
            if runs and runs[-1][0] + len(runs[-1][1]) == place + 1:
                runs[-1][1].append(self.found[place])
            else:
                runs.append((place + 1, [self.found[place]]))
        return runs

    def _format(self, word: bytes, runs: Iterable[Run], number: Callable[[int], int]) -> bytes:
        told = b" ".join(
            b"%d %b" % (place, format_set(uids if self.is_uid else [number(uid) for uid in uids])) for place, uids in runs
        )
        return b"* ESEARCH %b%b %b (%b)\r\n" % (format_correlator(self.tag), b" UID" if self.is_uid else b"", word, told)


def format_correlator(tag: str) -> bytes:
    """Which command an ESEARCH is about (RFC 4466 §2.6.2)."""
    return b"(TAG %b)" % quote_tag(tag)


def quote_tag(tag: str) -> bytes:
    """A command's tag as a string: of what strings escape, a tag may hold the backslash alone (RFC 9051 §9)."""
    return b'"%b"' % tag.replace("\\", "\\\\").encode()
