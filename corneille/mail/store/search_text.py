"""Which messages of a mailbox have a text: trigrams propose, the texts decide."""

import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import apsw

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId
from corneille.mail.criteria import BodyHas, HeaderHas
from corneille.mail.searchable import Texts, fold, is_in_head
from corneille.mail.slices import Slice, Work
from corneille.mail.store.search_sql import Compiled, TextCriterion
from corneille.mail.store.seen import choose_source
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.store.words import find_texts

SLICE_TEXTS = 100
SLICE_HEADS = 1000
SLICE_CANDIDATES = 2000
TRIGRAMS = 64
"""Enough of a long text to leave few candidates."""


def find_candidates(
    connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId, asked: TextCriterion, facts: Compiled,
    reader: AccountId | None = None,
) -> Iterator[list[tuple[int, int]]]:  # fmt: skip
    """(message, content) of each message that may match, in slices: those not indexed yet, and those that the index
    proposes. Nothing is held between two slices; what is indexed meanwhile was among those that waited."""
    source, where = choose_source(reader), f"m.mailbox = ? AND {facts.sql}"
    bindings, ends = (mailbox, *facts.bindings), (account << 32, (account + 1) << 32)
    trigrams = _list_trigrams(asked)
    if not trigrams:
        every = f"SELECT m.id, m.content, m.uid FROM {source} m WHERE m.uid > ? AND {where} ORDER BY m.uid LIMIT ?"
        yield from _list_slices(connection, every, 0, bindings)
        return
    waiting = list_rows(
        connection,
        f"SELECT m.id, m.content FROM words_pending p CROSS JOIN {source} m ON m.id = p.message"
        f" WHERE p.message > ? AND p.message < ? AND {where}",
        (*ends, *bindings),
    )
    yield waiting
    query = " AND ".join('"' + each.replace('"', '""') + '"' for each in trigrams)
    indexed = (
        f"SELECT m.id, m.content, l.rowid FROM letters l CROSS JOIN {source} m ON m.id = l.rowid"
        f" WHERE l.rowid > ? AND l.letters MATCH ? AND l.rowid < ? AND {where} ORDER BY l.rowid LIMIT ?"
    )
    seen = set(waiting)
    for proposed in _list_slices(connection, indexed, ends[0], (query, ends[1], *bindings)):
        yield [each for each in proposed if each not in seen]


def list_candidates(
    connection: apsw.Connection, mailbox: MailboxId, facts: Compiled, uids: Sequence[int], reader: AccountId | None = None
) -> list[tuple[int, int]]:
    """The same of a few UIDs: their texts are asked, the index is not."""
    return list_rows(
        connection,
        f"SELECT m.id, m.content FROM carray(?) a CROSS JOIN {choose_source(reader)} m"
        f" WHERE m.mailbox = ? AND m.uid = a.value AND {facts.sql}",
        (number_list(uids), mailbox, *facts.bindings),
    )


def _list_slices(
    connection: apsw.Connection, statement: str, after: int, bindings: Sequence[Any]
) -> Iterator[list[tuple[int, int]]]:
    """The first two columns of a statement's rows, which the third orders and its first binding begins after."""
    while True:
        rows = list_rows(connection, statement, (after, *bindings, SLICE_CANDIDATES))
        yield [(message, content) for message, content, _ in rows]
        if len(rows) < SLICE_CANDIDATES:
            return
        after = rows[-1][2]


def decide(
    connection: apsw.Connection, contents: SegmentReader, asked: TextCriterion, candidates: list[tuple[int, int]],
    slice: Slice,
) -> Work[list[int]]:  # fmt: skip
    """Those candidates that do match."""
    needle, prefix = fold(asked.text), ""
    if isinstance(asked, HeaderHas):
        prefix, needle = f"{fold(asked.name)}:", needle.strip()
    in_head = _is_in_head(asked)
    step = SLICE_HEADS if in_head else SLICE_TEXTS
    matching: list[int] = []
    for start in range(0, len(candidates), step):
        some = candidates[start : start + step]
        if in_head:
            read = _read_heads(connection, contents, some, needle)
        else:
            read = read_texts(connection, contents, some, needs_body=not prefix)
        for message, texts in read:
            if _has(texts, asked, prefix, needle):
                matching.append(message)
            yield from slice.pause()
    return matching


def _has(texts: Texts, asked: TextCriterion, prefix: str, needle: str) -> bool:
    if prefix:
        return _has_field(texts.header, prefix, needle)
    return needle in texts.body or (not isinstance(asked, BodyHas) and needle in texts.header)


def _has_field(header: str, prefix: str, needle: str) -> bool:
    """Whether a line begins with the prefix and has the needle after it; most headers have no such needle at all."""
    if not needle or "\n" in needle:
        return not needle and f"\n{prefix}" in f"\n{header}"
    at = header.find(needle)
    while at >= 0:
        start = header.rfind("\n", 0, at) + 1
        end = header.find("\n", at)
        if header.startswith(prefix, start) and header.find(needle, start + len(prefix), end if end >= 0 else None) >= 0:
            return True
        at = header.find(needle, end) if end >= 0 else -1
    return False


def _is_in_head(asked: TextCriterion) -> bool:
    return isinstance(asked, HeaderHas) and is_in_head(fold(asked.name))


def _read_heads(
    connection: apsw.Connection, contents: SegmentReader, candidates: list[tuple[int, int]], needle: str
) -> Iterator[tuple[int, Texts]]:
    """The head of each candidate that has the needle in it: SQLite looks, what is not there is not even read."""
    rows = connection.execute(
        "SELECT content, iif(instr(text, ?), text, NULL) FROM content_head WHERE content IN (SELECT value FROM carray(?))",
        (needle, number_list(content for _, content in candidates)),
    )
    kept = dict(rows)
    for message, content in candidates:
        if content not in kept:  # indexed before heads were kept, or not yet
            yield message, find_texts(connection, contents, content)
        elif kept[content] is not None:
            yield message, Texts(kept[content], "")


def read_texts(
    connection: apsw.Connection, contents: SegmentReader, candidates: list[tuple[int, int]], needs_body: bool
) -> Iterator[tuple[int, Texts]]:
    """Each candidate with its folded texts; without `needs_body` the body is empty."""
    rows = connection.execute(
        f"SELECT content, header, {'body' if needs_body else 'NULL'} FROM content_text"
        " WHERE content IN (SELECT value FROM carray(?))",
        (number_list(content for _, content in candidates),),
    )
    kept = {content: (header, body) for content, header, body in rows}
    for message, content in candidates:
        if content in kept:
            header, body = kept[content]
            yield message, Texts(_unpack(header), _unpack(body) if body is not None else "")
        else:
            yield message, find_texts(connection, contents, content)


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


def _list_trigrams(asked: TextCriterion) -> list[str]:
    texts = [fold(asked.text)]
    if isinstance(asked, HeaderHas):
        texts = ["" if _is_in_head(asked) else fold(asked.name) + ":", texts[0].strip()]
    found = dict.fromkeys(text[at : at + 3] for text in texts for at in range(len(text) - 2))
    return list(found)[:TRIGRAMS]
