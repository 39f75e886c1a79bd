"""SEARCH's keys, as the mail noun's criteria: sequence numbers become UIDs here, ages instants."""

import re
from datetime import date, timedelta
from typing import assert_never

from corneille.doors.imap.selected import Selected
from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.kernel.day import day_after
from corneille.kernel.ids import ModSeq, ThreadId
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
from corneille.wire.imap.commands import search as asked
from corneille.wire.imap.sequence_set import SequenceSet

_OBJECT_ID = re.compile(r"[MT](0|[1-9][0-9]{0,17})")


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


def translate(session: Session, key: asked.Key) -> Criterion:
    """The criterion for a key. A sequence number that is no message's finds nothing, as a UID does (RFC 9051 §6.4.4)."""
    match key:
        case asked.Both(of):
            return And(tuple(translate(session, each) for each in of))
        case asked.Either(of):
            return Or(tuple(translate(session, each) for each in of))
        case asked.Negated(of):
            return Not(translate(session, of))
        case asked.Flagged(flag="\\Recent"):
            recent = session.mailbox.recent
            return InUids(list(recent.ranges()) if recent is not None else [])
        case asked.Numbered(numbers, is_uid):
            return InUids(session.mailbox.uid_ranges(session.mailbox.find_spans(numbers, is_uid=is_uid)))
        case asked.Dated(word, on):
            return _translate_date(word, on)
        case asked.Within(seconds, is_younger):
            edge = clock.now() - timedelta(seconds=seconds)
            return ReceivedWithin(since=edge) if is_younger else ReceivedWithin(before=edge)
        case asked.Identified(id, is_thread):
            return _translate_id(id, is_thread=is_thread)
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
    before = None if word.endswith("SINCE") else on if word.endswith("BEFORE") else day_after(on)
    if word.startswith("SENT"):
        return Sent(since, before)
    return SavedOn(since, before) if word.startswith("SAVED") else Received(since, before)


def _translate_id(id: str, *, is_thread: bool) -> Criterion:
    """What is no object id of ours is nobody's (RFC 8474 §7)."""
    if not _OBJECT_ID.fullmatch(id) or (id[0] == "T") is not is_thread:
        return Or(())
    return InThread(ThreadId(int(id[1:]))) if is_thread else OfContent(int(id[1:]))
