"""FETCH's data items, made once for a command into one template and what fills it, row by row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from corneille.doors.imap.naming import Naming
from corneille.doors.imap.recent import Recent
from corneille.kernel.settings import Ground, of
from corneille.mail.values import Row, Want
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
_INSTANTS: dict[str, Callable[[Row], int]] = {
    "INTERNALDATE": lambda row: row.received_s, "SAVEDATE": lambda row: row.saved_s,
}
"""Shown in the zone whose days SEARCH's ON, SINCE and BEFORE mean (RFC 9051 §6.4.4)."""
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

    @property
    def asks_flags_only(self) -> bool:
        """True when uid, modseq and flags are all that it takes: no row is made then."""
        return not self.contents and set(self.names) <= {"UID", "FLAGS", "MODSEQ"}

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
            zone, read = ZoneInfo(of(Ground).time_zone), _INSTANTS[name]
            return name.encode() + b" %b", lambda row: format_seconds(read(row), zone)
        return _ITEMS[name]

    def _preview(self, row: Row) -> bytes:
        return b"NIL" if row.preview is None else format_string(row.preview.encode(), utf8=self.utf8)


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


def make_flags_formatter(names: Sequence[str], naming: Naming) -> Callable[[int, tuple[int, int, str]], bytes]:
    """The same for (uid, modseq, flags): the whole reply, line end included."""
    match tuple(names):
        case ("UID", "FLAGS"):
            template = naming.head + b"UID %d FLAGS (%b))\r\n"
            return lambda name, row: template % (name, row[0], encode_flags(row[2]))
        case ("FLAGS",):
            template = naming.head + b"FLAGS (%b))\r\n"
            return lambda name, row: template % (name, encode_flags(row[2]))
        case ("UID",):
            template = naming.head + b"UID %d)\r\n"
            return lambda name, row: template % (name, row[0])
        case _:
            template = naming.head + b"%b)\r\n"
            return lambda name, row: template % (name, _format_some(names, row))


def _format_some(names: Sequence[str], row: tuple[int, int, str]) -> bytes:
    told = {"UID": b"UID %d" % row[0], "FLAGS": b"FLAGS (%b)" % encode_flags(row[2]), "MODSEQ": b"MODSEQ (%d)" % row[1]}
    return b" ".join(told[name] for name in names)
