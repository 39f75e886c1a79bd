"""A criterion as SQL over `message m`; what only texts can tell comes as a set of messages that was decided before."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, TypeAlias, assert_never
from zoneinfo import ZoneInfo

import apsw

from corneille.kernel.ids import AccountId, MailboxId, Uid
from corneille.kernel.settings import Ground, of
from corneille.mail.criteria import (
    And,
    BodyHas,
    ChangedSince,
    Criterion,
    Every,
    HasFlag,
    HeaderHas,
    InThread,
    InUids,
    Larger,
    Not,
    OfContent,
    Or,
    Received,
    ReceivedWithin,
    SavedOn,
    Sent,
    Smaller,
    TextHas,
)
from corneille.mail.slices import Slice, Work
from corneille.mail.store.seen import choose_source
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.values import DELETED, SEEN

TextCriterion: TypeAlias = HeaderHas | BodyHas | TextHas


@dataclass(slots=True)
class Compiled:
    """An SQL expression and its bindings, in order."""

    sql: str
    bindings: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles against one mailbox's UIDs and the texts already decided."""

    uids: Sequence[int]
    decided: Mapping[TextCriterion, Collection[int]]

    def compile(self, criterion: Criterion) -> Compiled:
        """The expression that is true for the messages that match."""
        match criterion:
            case Every():
                return Compiled("1")
            case And(of=parts):
                return _join([self.compile(part) for part in parts], "AND", "1")
            case Or(of=parts):
                return _join([self.compile(part) for part in parts], "OR", "0")
            case Not(of=HasFlag(flag=flag)) if flag.lower() == SEEN.lower():
                return Compiled("m.is_unseen")  # by its own index
            case Not(of=part):
                inner = self.compile(part)
                return Compiled(f"NOT ({inner.sql})", inner.bindings)
            case HeaderHas() | BodyHas() | TextHas():
                return Compiled("m.id IN (SELECT value FROM carray(?))", [number_list(self.decided[criterion])])
            case InUids(ranges=ranges):
                return Compiled("m.uid IN (SELECT value FROM carray(?))", [number_list(_pick(self.uids, ranges))])
            case _:
                return _compile_fact(criterion)


def _compile_fact(
    criterion: (
        HasFlag | Larger | Smaller | Received | ReceivedWithin | SavedOn | Sent | ChangedSince | OfContent | InThread
    ),
) -> Compiled:
    match criterion:
        case HasFlag(flag=flag):
            return _compile_flag(flag)
        case Larger(bytes=limit):
            return Compiled("m.size_bytes > ?", [limit])
        case Smaller(bytes=limit):
            return Compiled("m.size_bytes < ?", [limit])
        case Received(since=since, before=before):
            return _between("m.received_at", _midnight(since), _midnight(before))
        case SavedOn(since=since, before=before):
            return _between("m.saved_at", _midnight(since), _midnight(before))
        case ReceivedWithin(since=begin, before=end):
            return _between("m.received_at", _seconds(begin), _seconds(end))
        case Sent(since=since, before=before):
            day = "(SELECT sent_day FROM content WHERE id = m.content)"  # NULL without a Date: no day matches
            inner = _between(day, _ordinal(since), _ordinal(before))
            return Compiled(f"ifnull({inner.sql}, 0)", inner.bindings)
        case ChangedSince(modseq=modseq):
            return Compiled("m.modseq >= ?", [modseq])
        case OfContent(content=content):
            return Compiled("m.content = ?", [content])
        case InThread(thread=thread):
            return Compiled("m.thread = ?", [thread])
        case _:
            assert_never(criterion)


def _compile_flag(flag: str) -> Compiled:
    if flag.lower() == SEEN.lower():
        return Compiled("NOT m.is_unseen")
    if flag.lower() == DELETED.lower():
        return Compiled("m.is_deleted")
    return Compiled("instr(' ' || lower(m.flags) || ' ', ?)", [f" {flag.lower()} "])


EVALUATIONS = 200_000
"""Terms times messages that one statement decides: some 30 ms, for which nobody else has the loop."""

AT_ONCE = 2000
"""Messages that one statement goes through or gives: a millisecond or two."""

_RARE = (OfContent, InThread)
_INDEXED = (*_RARE, Received, ReceivedWithin, HeaderHas, BodyHas, TextHas)


@dataclass(frozen=True, slots=True)
class Matching:
    """A criterion asked of one mailbox: whole where an index leaves few to give, else a stretch of UIDs at a time."""

    connection: apsw.Connection
    mailbox: MailboxId
    criterion: Criterion
    decided: Mapping[TextCriterion, set[int]]
    reader: AccountId | None = None

    def list_uids(self, uids: Sequence[int], slice: Slice) -> Work[list[Uid]]:
        """Those of the mailbox's UIDs that match, ascending."""
        whole = Compiler(uids, self.decided).compile(self.criterion)
        step = min(AT_ONCE, max(EVALUATIONS // max(len(whole.bindings), 1), 100))
        if len(uids) <= step:
            return self._list_slice(whole, "", ())
        near = self._list_near(uids, step)
        if near is not None:
            return list_among(self.connection, self.mailbox, whole, near, self.reader)
        matching: list[Uid] = []
        for start in range(0, len(uids), step):
            if start:
                yield from slice.pause()
            some = uids[start : start + step]
            compiled = Compiler(some, self._narrow(some)).compile(self.criterion)
            matching += self._list_slice(compiled, "AND m.uid BETWEEN ? AND ?", (some[0], some[-1]))
        return matching

    def _narrow(self, uids: Sequence[int]) -> Mapping[TextCriterion, set[int]]:
        """What was decided of a stretch: each would else be given all that was decided of the whole mailbox."""
        if not self.decided:
            return {}
        select = "SELECT id FROM message WHERE mailbox = ? AND uid BETWEEN ? AND ?"
        here = {message for (message,) in list_rows(self.connection, select, (self.mailbox, uids[0], uids[-1]))}
        return {asked: here & found for asked, found in self.decided.items()}

    def _list_near(self, uids: Sequence[int], limit: int) -> list[Uid] | None:
        """What has a part that an index finds and that every match has, where that is little: the others are asked of it
        alone. Each such part by itself, or a part that excludes everything would let it be read to its end.
        """
        for part in list_sure(self.criterion):
            if not self._is_indexed(part) or (isinstance(part, TextCriterion) and len(self.decided[part]) > limit):
                continue
            compiled = Compiler(uids, self.decided).compile(part)
            select = f"SELECT m.uid FROM message m WHERE {_by_index([part])} = ? AND {compiled.sql} LIMIT ?"
            rows = list_rows(self.connection, select, (self.mailbox, *compiled.bindings, limit + 1))
            if len(rows) <= limit:
                return [uid for (uid,) in rows]
        return None

    def _is_indexed(self, part: Criterion) -> bool:
        if isinstance(part, ChangedSince) or part == Not(HasFlag(SEEN)):
            return self.reader is None  # what a reader has read no index tells
        return isinstance(part, _INDEXED)

    def _list_slice(self, compiled: Compiled, where: str, ends: tuple[int, ...]) -> list[Uid]:
        mailbox = "m.mailbox" if where else _by_index(list_sure(self.criterion))
        source = choose_source(self.reader)
        select = f"SELECT m.uid FROM {source} m WHERE {mailbox} = ? {where} AND {compiled.sql} ORDER BY m.uid"
        return [uid for (uid,) in list_rows(self.connection, select, (self.mailbox, *ends, *compiled.bindings))]


def _by_index(parts: Sequence[Criterion]) -> str:
    """SQLite knows no figures: it would take a mailbox for rarer than a conversation or a content."""
    return "+m.mailbox" if any(isinstance(part, _RARE) for part in parts) else "m.mailbox"


def list_among(
    connection: apsw.Connection,
    mailbox: MailboxId,
    compiled: Compiled,
    uids: Sequence[int],
    reader: AccountId | None = None,
) -> list[Uid]:
    """Those of a few UIDs for which the expression is true, ascending: found by these, whatever the expression's index."""
    rows = list_rows(
        connection,
        f"SELECT m.uid FROM carray(?) a CROSS JOIN {choose_source(reader)} m"
        f" WHERE m.mailbox = ? AND m.uid = a.value AND {compiled.sql} ORDER BY m.uid",
        (number_list(uids), mailbox, *compiled.bindings),
    )
    return [uid for (uid,) in rows]


def list_text_criteria(criterion: Criterion) -> list[TextCriterion]:
    """What texts must be asked for, each once: first those that every match has, the longest of them first, since what
    they leave is all that the others are asked of."""
    found: dict[TextCriterion, None] = {}
    stack: list[Criterion] = [criterion]
    while stack:
        match stack.pop():
            case And(of=parts) | Or(of=parts):
                stack.extend(parts)
            case Not(of=part):
                stack.append(part)
            case (HeaderHas() | BodyHas() | TextHas()) as asked:
                found[asked] = None
            case _:
                pass
    sure = list_sure(criterion)
    return sorted(found, key=lambda asked: (asked not in sure, -len(asked.text)))


def list_sure(criterion: Criterion) -> Sequence[Criterion]:
    """Parts that every match fulfils: what is known of them narrows what texts are read."""
    return criterion.of if isinstance(criterion, And) else (criterion,)


def _join(parts: list[Compiled], operator: str, empty: str) -> Compiled:
    """Joined as a balanced tree: SQLite bounds an expression's depth, not its width."""
    if not parts:
        return Compiled(empty)
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    left, right = _join(parts[:middle], operator, empty), _join(parts[middle:], operator, empty)
    return Compiled(f"({left.sql} {operator} {right.sql})", left.bindings + right.bindings)


def _pick(uids: Sequence[int], ranges: Sequence[tuple[int, int]]) -> list[int]:
    picked: list[int] = []
    for first, last in ranges:
        picked.extend(uids[bisect_left(uids, first) : bisect_right(uids, last)])
    return picked


def _between(column: str, since: int | None, before: int | None) -> Compiled:
    bounds = [Compiled(f"{column} >= ?", [since])] if since is not None else []
    if before is not None:
        bounds.append(Compiled(f"{column} < ?", [before]))
    return _join(bounds, "AND", "1")


def _midnight(day: date | None) -> int | None:
    if day is None:
        return None
    return int(datetime.combine(day, time(), ZoneInfo(of(Ground).time_zone)).timestamp())


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
