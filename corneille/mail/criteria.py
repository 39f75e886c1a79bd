"""What may be searched for: a small tree of values that knows no protocol. IMAP's door translates SEARCH keys into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from corneille.kernel.ids import ModSeq, ThreadId, Uid


@dataclass(frozen=True, slots=True)
class Every:
    """All messages."""


@dataclass(frozen=True, slots=True)
class And:
    of: tuple["Criterion", ...]


@dataclass(frozen=True, slots=True)
class Or:
    of: tuple["Criterion", ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: "Criterion"


@dataclass(frozen=True, slots=True)
class HasFlag:
    flag: str


@dataclass(frozen=True, slots=True)
class InUids:
    """Ranges, inclusive, ascending, `*` already resolved."""

    ranges: Sequence[tuple[Uid, Uid]]


@dataclass(frozen=True, slots=True)
class HeaderHas:
    """The decoded header contains `text` (empty: the header is there). Name without colon, any case."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class BodyHas:
    """The decoded text of the body contains `text` (RFC 9051 §6.4.4 BODY): substring, case and accents ignored."""

    text: str


@dataclass(frozen=True, slots=True)
class TextHas:
    """Header or body contains `text` (RFC 9051 §6.4.4 TEXT)."""

    text: str


@dataclass(frozen=True, slots=True)
class Larger:
    bytes: int


@dataclass(frozen=True, slots=True)
class Smaller:
    bytes: int


@dataclass(frozen=True, slots=True)
class Received:
    """INTERNALDATE's day, as the server's zone sees it, in [since, before)."""

    since: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class ReceivedWithin:
    """INTERNALDATE as an instant, in [since, before) (RFC 5032 YOUNGER, OLDER)."""

    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class SavedOn:
    """The day the message came to this mailbox (RFC 8514), as the server's zone sees it, in [since, before)."""

    since: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The Date header's day, zone ignored (RFC 9051 §6.4.4), in [since, before)."""

    since: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """RFC 7162 §3.1.5 MODSEQ: the message's modseq is at least this."""

    modseq: ModSeq


@dataclass(frozen=True, slots=True)
class OfContent:
    """One content, which copies share (RFC 8474 §5.1 EMAILID)."""

    content: int


@dataclass(frozen=True, slots=True)
class InThread:
    """RFC 8474 §5.2 THREADID."""

    thread: ThreadId


Criterion: TypeAlias = (
    Every
    | And
    | Or
    | Not
    | HasFlag
    | InUids
    | HeaderHas
    | BodyHas
    | TextHas
    | Larger
    | Smaller
    | Received
    | ReceivedWithin
    | SavedOn
    | Sent
    | ChangedSince
    | OfContent
    | InThread
)
