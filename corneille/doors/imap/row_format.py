"""FETCH's data items, made once for a command into one template and what fills it, row by row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from corneille.doors.imap.naming import Naming
from corneille.doors.imap.recent import Recent
from corneille.kernel.settings import Ground, of
from corneille.mail.values import Fact, Row, Want
from corneille.wire.imap.commands.fetch import BinaryItem, BodyItem, Item
from corneille.wire.imap.date import format_seconds
from corneille.wire.imap.string import format_string

Getter = Callable[[Row], object]


@lru_cache(maxsize=4096)
def encode_flags(flags: str) -> bytes:
    """Few different sets of flags stand on many messages."""
    return flags.encode()


_ITEMS: dict[str, tuple[bytes, Getter]] = {
    "UID": (b"UID %d", lambda row: row.uid),
    "FLAGS": (b"FLAGS (%b)", lambda row: encode_flags(row.flags)),
    "RFC822.SIZE": (b"RFC822.SIZE %d", lambda row: row.size_bytes),
    "ENVELOPE": (b"ENVELOPE %b", lambda row: row.envelope),
    "BODY": (b"BODY %b", lambda row: row.body),
    "BODYSTRUCTURE": (b"BODYSTRUCTURE %b", lambda row: row.bodystructure),
    "MODSEQ": (b"MODSEQ (%d)", lambda row: row.modseq),
    "EMAILID": (b"EMAILID (M%d)", lambda row: row.content),
    "THREADID": (b"THREADID (T%d)", lambda row: row.thread),
}
_LINES: dict[str, tuple[str, Fact, str]] = {
    "UID": ("UID ", Fact.UID, ""),
    "FLAGS": ("FLAGS (", Fact.FLAGS, ")"),
    "RFC822.SIZE": ("RFC822.SIZE ", Fact.SIZE, ""),
    "INTERNALDATE": ("INTERNALDATE ", Fact.RECEIVED, ""),
    "SAVEDATE": ("SAVEDATE ", Fact.SAVED, ""),
    "ENVELOPE": ("ENVELOPE ", Fact.ENVELOPE, ""),
    "BODY": ("BODY ", Fact.BODY, ""),
    "BODYSTRUCTURE": ("BODYSTRUCTURE ", Fact.BODYSTRUCTURE, ""),
    "MODSEQ": ("MODSEQ (", Fact.MODSEQ, ")"),
    "EMAILID": ("EMAILID (M", Fact.CONTENT, ")"),
    "THREADID": ("THREADID (T", Fact.THREAD, ")"),
}
"""The same for the store, which puts the lines together itself where nothing else is asked."""
_INSTANTS: dict[str, Callable[[Row], int]] = {
    "INTERNALDATE": lambda row: row.received_s, "SAVEDATE": lambda row: row.saved_s,
}
_WANTS = {
    "ENVELOPE": Want.ENVELOPE, "BODY": Want.BODY, "BODYSTRUCTURE": Want.BODYSTRUCTURE, "PREVIEW": Want.PREVIEW,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What one FETCH asks of each row, and of each content."""

    names: tuple[str, ...]
    contents: tuple[BodyItem | BinaryItem, ...]
    wants: frozenset[Want]
    marks_seen: bool  # implicit \\Seen (RFC 9051 §6.4.5)
    utf8: bool
    recent: Recent | None = None  # None also while nothing is: the common case costs nothing

    def make_pattern(self, naming: Naming) -> list[str | Fact] | None:
        """The whole reply as the store can put it together; None where a row must be looked at."""
        if self.contents or not _LINES.keys() >= set(self.names):
            return None
        before, after = naming.head.decode().split("%d")
        pattern = [before, Fact.UID if naming.by_uid else Fact.NUMBER, after]
        for name in self.names:
            pattern += [*_LINES[name], " "]
        return [*pattern[:-1], ")\r\n"]

    def with_change(self, *, with_uid: bool, with_modseq: bool) -> "Plan":
        """The same, telling the flags too, and with CONDSTORE and QRESYNC what these want of every change (RFC 7162
        §3.1, §3.2.4)."""
        more = ["FLAGS", *(["UID"] if with_uid else []), *(["MODSEQ"] if with_modseq else [])]
        return replace(self, names=tuple(dict.fromkeys([*self.names, *more])))

    def make_formatter(self, naming: Naming) -> Callable[[int, Row], bytes]:
        """A function of (the message's name, row) that gives `* n FETCH (…` without the closing parenthesis."""
        pieces: list[bytes] = []
        getters: list[Getter] = []
        for name in self.names:
            piece, getter = self._find_item(name)
            pieces.append(piece)
            getters.append(getter)
        template = naming.head + b" ".join(pieces)
        return lambda name, row: template % (name, *[getter(row) for getter in getters])

    def _find_item(self, name: str) -> tuple[bytes, Getter]:
        if name == "PREVIEW":
            return b"PREVIEW %b", self._preview
        if name == "FLAGS" and (recent := self.recent) is not None:
            return b"FLAGS (%b)", lambda row: encode_flags(recent.mark(row.uid, row.flags))
        if name in _INSTANTS:
            write, read = make_instant_writer(), _INSTANTS[name]
            return name.encode() + b" %b", lambda row: write(read(row))
        return _ITEMS[name]

    def _preview(self, row: Row) -> bytes:
        return b"NIL" if row.preview is None else format_string(row.preview.encode(), utf8=self.utf8)


def make_instant_writer() -> Callable[[int], bytes]:
    """How INTERNALDATE and SAVEDATE are shown: in the zone whose days SEARCH's ON, SINCE and BEFORE mean (RFC 9051
    §6.4.4)."""
    return partial(format_seconds, zone=ZoneInfo(of(Ground).time_zone))


def make_plan(
    items: Iterable[Item], *, with_uid: bool, with_modseq: bool, utf8: bool, recent: Recent | None = None
) -> Plan:
    """Sorts items into what rows tell and what takes the content."""
    names: dict[str, None] = {"UID": None} if with_uid else {}
    contents: list[BodyItem | BinaryItem] = []
    for item in items:
        if isinstance(item, str):
            names[item] = None
        else:
            contents.append(item)
    if with_modseq:
        names["MODSEQ"] = None
    wants = frozenset(_WANTS[name] for name in names if name in _WANTS)
    if recent is not None and not recent.runs:
        recent = None
    return Plan(tuple(names), tuple(contents), wants, any(not item.is_peek for item in contents), utf8, recent)

