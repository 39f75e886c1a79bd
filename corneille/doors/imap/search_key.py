"""SEARCH's keys, as the mail noun's criteria: sequence numbers become UIDs here, and what no index knows (ages,
object ids) is read from the rows."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import assert_never

from corneille.doors.imap.selected import Selected
from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.kernel.ids import ModSeq, Uid
from corneille.mail.criteria import (
    And,
    BodyHas,
    ChangedSince,
    Criterion,
    Every,
    HasFlag,
    HeaderHas,
    InUids,
    Larger,
    Not,
    Or,
    Received,
    SavedOn,
    Sent,
    Smaller,
    TextHas,
)
from corneille.mail.fetch import fetch
from corneille.mail.values import Row
from corneille.wire.imap.commands import search as asked
from corneille.wire.imap.sequence_set import SequenceSet

DAY = timedelta(days=1)


Ranges = Sequence[tuple[Uid, Uid]]


def freeze(selected: Selected, key: asked.Key) -> asked.Key:
    """The same key for later, its sequence numbers and saved result as the UIDs that they mean now (RFC 5267 §4.3)."""
    match key:
        case asked.Both(of):
            return asked.Both(tuple(freeze(selected, each) for each in of))
        case asked.Either(of):
            return asked.Either(tuple(freeze(selected, each) for each in of))
        case asked.Negated(of):
            return asked.Negated(freeze(selected, of))
        case asked.Numbered(numbers, is_uid) if numbers.is_saved or not is_uid:
            ranges = selected.uid_ranges(selected.find_spans(numbers, is_uid=is_uid))
            return asked.Numbered(SequenceSet(tuple(ranges)), is_uid=True)
        case _:
            return key


def translate(session: Session, key: asked.Key, among: Ranges | None = None) -> Criterion:
    """The criterion for a key. A sequence number that is no message's finds nothing, as a UID does (RFC 9051 §6.4.4).

    among  only these messages are asked about: rows of others need not be read
    """
    match key:
        case asked.Both(of):
            return And(tuple(translate(session, each, among) for each in of))
        case asked.Either(of):
            return Or(tuple(translate(session, each, among) for each in of))
        case asked.Negated(of):
            return Not(translate(session, of, among))
        case asked.Flagged(flag="\\Recent"):
            recent = session.mailbox.recent
            return InUids(list(recent.ranges()) if recent is not None else [])
        case asked.Numbered(numbers, is_uid):
            return InUids(session.mailbox.uid_ranges(session.mailbox.find_spans(numbers, is_uid=is_uid)))
        case asked.Dated(word, on):
            return _translate_date(word, on)
        case asked.Within(seconds, is_younger):
            edge = clock.now().timestamp() - seconds
            return _choose(session, among, lambda row: (row.received_s >= edge) is is_younger)
        case asked.Identified(id, is_thread):
            return _choose(session, among, lambda row: id == (f"T{row.thread}" if is_thread else f"M{row.content}"))
        case _:
            return _translate_plain(key)


def _translate_plain(key: asked.Plain) -> Criterion:
    """Keys that mean the same in every mailbox."""
    match key:
        case asked.All() | asked.Saved():
            return Every()
        case asked.Flagged(flag):
            return HasFlag(flag)
        case asked.Header(name, text):
            return HeaderHas(name, text)
        case asked.Words(text, in_header):
            return TextHas(text) if in_header else BodyHas(text)
        case asked.Sized(size, is_larger):
            return Larger(size) if is_larger else Smaller(size)
        case asked.Changed(modseq):
            return ChangedSince(ModSeq(modseq))
        case _:
            assert_never(key)


def _translate_date(word: str, on: date) -> Criterion:
    since = None if word.endswith("BEFORE") else on
    before = None if word.endswith("SINCE") else on if word.endswith("BEFORE") else _next_day(on)
    if word.startswith("SENT"):
        return Sent(since, before)
    return SavedOn(since, before) if word.startswith("SAVED") else Received(since, before)


def _choose(session: Session, among: Ranges | None, is_meant: Callable[[Row], bool]) -> InUids:
    selected = session.mailbox
    if among is None:
        among = [(Uid(1), Uid(selected.uids[-1]))] if selected.uids else []
    rows = (row for slice in fetch(session.mailbox.account, selected.mailbox, among) for row in slice)
    return InUids([(row.uid, row.uid) for row in rows if is_meant(row)])


def _next_day(on: date) -> date:
    return on if on == date.max else on + DAY
