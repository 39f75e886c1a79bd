"""Addresses of a header field (RFC 5322 §3.4, obsolete forms of §4.4 too), from whatever stands there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from corneille.wire.mime.encoded_word import decode_words

MAX_ADDRESSES = 10_000
"""Addresses read from one field."""
MAX_TOKENS = 200_000
"""Words and marks read from one field, twice what so many addresses have: fifty megabytes of "@" took minutes."""
SHORT_BYTES = 300
"""Fields up to here are remembered once read: some hundred kilobytes in all."""


class Kind(Enum):
    MAILBOX = auto()
    GROUP_START = auto()
    GROUP_END = auto()


@dataclass(frozen=True, slots=True)
class RawAddress:
    """One entry of an ENVELOPE's address list, as octets.

    MAILBOX      name or None, route ("@a,@b") or None, local part unquoted, domain; a lost half is None
    GROUP_START  local is the group's name
    """

    kind: Kind
    name: bytes | None = None
    route: bytes | None = None
    local: bytes | None = None
    domain: bytes | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """For people: `name` decoded, "" if none; `address` local@domain, or what stood there if it is no address."""

    name: str
    address: str


# A field is a run of these; the lexer never goes back.
_TOKEN = re.compile(
    rb'(?P<space>[ \t\r\n\0]++)|(?P<atom>[^ \t\r\n\0()<>@,;:"\[\]]++)|"(?P<quoted>(?:[^"\\]++|\\.)*+)(?:"|\\?\Z)'
    rb"|(?P<literal>\[[^\[\]]*+\]?)|(?P<open>\()|(?P<mark>.)",
    re.DOTALL,
)
_COMMENT_MARK = re.compile(rb"\\.|[()]", re.DOTALL)
_FOLD = re.compile(rb"\r?\n")
_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)


def parse_raw_addresses(raw: bytes) -> Iterable[RawAddress]:
    """Entries in order. Reads every octet once at most; a broken entry ends at the next comma and yields what it has."""
    raw = _FOLD.sub(b"", raw) if b"\n" in raw else raw
    return _read_short(raw) if len(raw) <= SHORT_BYTES else _Reader(raw).read()


@lru_cache(maxsize=1024)
def _read_short(raw: bytes) -> tuple[RawAddress, ...]:
    """From and To are read twice of each message, for ENVELOPE and for people, and the same people write again."""
    return tuple(_Reader(raw).read())


def parse_addresses(raw: bytes) -> list[Address]:
    """The people of one field, groups opened; an entry that is no address keeps its text in `address`."""
    people: list[Address] = []
    for entry in parse_raw_addresses(raw):
        if entry.kind is not Kind.MAILBOX:
            continue
        name = _text(entry.name).strip()
        local = decode_words(entry.local) if entry.local and b"=?" in entry.local else _text(entry.local)
        if entry.domain:
            people.append(Address(name, f"{local}@{_text(entry.domain)}"))
        elif local or name:
            people.append(Address(name if local else "", local or name))
    return people


def list_group_names(raw: bytes) -> list[str]:
    """The names of the groups of one field, decoded: what is left to show where nobody is named."""
    found = (decode_words(each.local or b"").strip() for each in parse_raw_addresses(raw) if each.kind is Kind.GROUP_START)
    return [name for name in found if name]


def _text(raw: bytes | None) -> str:
    return decode_words(raw) if raw else ""


class _Reader:
    """One pass of tokens; `words` gathers until a mark says what they were."""

    __slots__ = ("angle", "comment", "domain", "in_group", "is_closed", "place", "raw", "route", "words")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.place = 0
        self.in_group = False
        self.clear()

    def clear(self) -> None:
        self.words: list[bytes] = []  # pieces of a phrase or local part, with b" " between words
        self.domain: list[bytes] | None = None
        self.route: bytes | None = None
        self.comment: bytes | None = None
        self.is_closed = False  # ">" has been read
        self.angle: list[bytes] | None = None  # the phrase before "<", while inside or after it

    def read(self) -> Iterator[RawAddress]:
        count = token_count = 0
        while count < MAX_ADDRESSES:
            found = _TOKEN.match(self.raw, self.place)
            token_count += 1
            if found is None or token_count > MAX_TOKENS:
                break
            self.place = found.end()
            for entry in self.take(found):
                yield entry
                count += 1
        yield from self.finish()
        if self.in_group:
            yield RawAddress(Kind.GROUP_END)

    def take(self, found: "re.Match[bytes]") -> tuple[RawAddress, ...]:
        match found.lastgroup:
            case "space":
                self.add_space()
            case "atom" | "literal":
                return self.take_word(found[0])
            case "quoted":
                quoted = found["quoted"]
                return self.take_word(_ESCAPE.sub(rb"\1", quoted) if b"\\" in quoted else quoted)
            case "open":
                self.read_comment(found.start())
            case _:
                return self.take_mark(found[0])
        return ()

    def take_word(self, word: bytes) -> tuple[RawAddress, ...]:
        """A word after a whole address, where a comma was forgotten, begins the next entry."""
        ended: tuple[RawAddress, ...] = ()
        domain = self.domain
        if self.is_closed or (
            self.angle is None and domain and domain[-1] == b" " and not domain[-2].endswith(b".") and word[:1] != b"."
        ):
            ended = self.finish()
        self.add(word)
        return ended

    def add(self, word: bytes) -> None:
        (self.domain if self.domain is not None else self.words).append(word)

    def add_space(self) -> None:
        pieces = self.domain if self.domain is not None else self.words
        if pieces and pieces[-1] != b" ":
            pieces.append(b" ")

    def take_mark(self, mark: bytes) -> tuple[RawAddress, ...]:
        match mark:
            case b",":
                if self.angle is None or self.words[:1] != [b"@"]:
                    return self.finish()
                self.words.append(mark)  # inside a route
            case b"<" if self.angle is None:
                self.angle, self.words, self.domain = self.gather_phrase(), [], None
            case b"<" if self.is_closed:
                ended = self.finish()
                self.angle = []
                return ended
            case b"<":
                pass
            case b">":
                self.is_closed = self.angle is not None
            case b"@":
                self.take_at()
            case b":":
                return self.take_colon()
            case b";":
                entries = self.finish()
                if self.in_group:
                    self.in_group = False
                    entries += (RawAddress(Kind.GROUP_END),)
                return entries
            case _:
                self.add(mark)
        return ()

    def gather_phrase(self) -> list[bytes]:
        """What stood before "<": with an "@" inside, an unquoted address used as a name."""
        if self.domain is None:
            return self.words
        return [*self.words, b"@", *self.domain]

    def take_at(self) -> None:
        if self.angle is not None and not self.words and self.domain is None:
            self.words = [b"@"]  # a source route (RFC 5322 §4.4)
        elif self.words[:1] == [b"@"] or self.domain is not None:
            self.add(b"@")
        else:
            self.domain = []

    def take_colon(self) -> tuple[RawAddress, ...]:
        if self.angle is not None and self.words[:1] == [b"@"]:
            self.route, self.words = b"".join(self.words), []
        elif self.angle is None and self.domain is None and not self.in_group:
            name = b"".join(self.words).strip()
            self.clear()
            self.in_group = True
            return (RawAddress(Kind.GROUP_START, local=name),)
        else:
            self.add(b":")
        return ()

    def read_comment(self, start: int) -> None:
        depth = 1
        end = len(self.raw)
        for found in _COMMENT_MARK.finditer(self.raw, start + 1):
            if found[0] == b"(":
                depth += 1
            elif found[0] == b")":
                depth -= 1
                if depth == 0:
                    end = found.end()
                    break
        inner = self.raw[start + 1:end - (depth == 0)]
        self.comment = _ESCAPE.sub(rb"\1", inner) if b"\\" in inner else inner
        self.place = end
        self.add_space()

    def finish(self) -> tuple[RawAddress, ...]:
        """The entry gathered so far, if there is one."""
        pieces = self.words
        domain = b"".join([piece for piece in self.domain if piece != b" "]) if self.domain is not None else None
        angle, route, comment = self.angle, self.route, self.comment
        self.clear()
        if angle is not None:
            name = b"".join(angle).strip() or comment or None
            local = b"".join([piece for piece in pieces if piece != b" " or domain is None]).strip()
            return (RawAddress(Kind.MAILBOX, name, route, local or None, domain or None),)
        if domain is not None:
            before, local = _split_local(pieces)
            return (RawAddress(Kind.MAILBOX, before or comment or None, None, local or None, domain or None),)
        words = b"".join(pieces).strip()
        if not words:
            return ()
        if b" " in words:  # several words are a name, one may be a local part
            return (RawAddress(Kind.MAILBOX, words),)
        return (RawAddress(Kind.MAILBOX, comment or None, None, words, None),)


def _split_local(pieces: list[bytes]) -> tuple[bytes, bytes]:
    """The name and the local part before an "@" without brackets: "Anne Petit anne@b.example" forgot them, while
    "john . doe@b.example" is one local part (RFC 5322 §4.4)."""
    end = len(pieces) - (pieces[-1:] == [b" "])
    start = end
    while start > 0 and (
        pieces[start - 1] != b" " or pieces[start - 2 : start - 1] == [b"."] or pieces[start : start + 1] == [b"."]
    ):
        start -= 1
    return b"".join(pieces[:start]).strip(), b"".join([piece for piece in pieces[start:end] if piece != b" "])
