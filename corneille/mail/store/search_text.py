"""Which messages of a mailbox have a text: trigrams propose, the texts decide."""

import zlib
from collections.abc import Iterator

import apsw

from corneille.kernel import clock
from corneille.kernel.ids import AccountId, MailAccountId, MailboxId
from corneille.mail.criteria import BodyHas, HeaderHas
from corneille.mail.searchable import Texts, fold
from corneille.mail.store.search_sql import Compiled, TextCriterion
from corneille.mail.store.seen import choose_source
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.store.words import find_texts

SLICE_TEXTS = 100
SLICE_S = 0.004
"""A text that is not indexed yet takes half a millisecond to read: the loop has its turn by time, not by count."""
TRIGRAMS = 64
"""Enough of a long text to leave few candidates."""


def find_candidates(
    connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId, asked: TextCriterion, facts: Compiled,
    reader: AccountId | None = None,
) -> list[tuple[int, int]]:  # fmt: skip
    """(message, content) of each message that may match: those that the index proposes and those not indexed yet."""
    trigrams, source = _list_trigrams(asked), choose_source(reader)
    where, bindings = f"m.mailbox = ? AND {facts.sql}", [mailbox, *facts.bindings]
    if not trigrams:
        return list_rows(connection, f"SELECT m.id, m.content FROM {source} m WHERE {where}", bindings)
    first, last = account << 32, (account + 1) << 32
    query = " AND ".join('"' + each.replace('"', '""') + '"' for each in trigrams)
    proposed = list_rows(
        connection,
        f"SELECT m.id, m.content FROM letters l CROSS JOIN {source} m ON m.id = l.rowid"
        f" WHERE l.letters MATCH ? AND l.rowid >= ? AND l.rowid < ? AND {where}",
        (query, first, last, *bindings),
    )
    waiting = list_rows(
        connection,
        f"SELECT m.id, m.content FROM words_pending p CROSS JOIN {source} m ON m.id = p.message"
        f" WHERE p.message >= ? AND p.message < ? AND {where}",
        (first, last, *bindings),
    )
    return list(dict.fromkeys([*proposed, *waiting]))


def decide(
    connection: apsw.Connection, contents: SegmentReader, asked: TextCriterion, candidates: list[tuple[int, int]]
) -> Iterator[list[int]]:
    """Those candidates that do match, in slices; a slice may be empty."""
    needle, prefix = fold(asked.text), ""
    if isinstance(asked, HeaderHas):
        prefix, needle = f"{fold(asked.name)}:", needle.strip()
    needs_body = not isinstance(asked, HeaderHas)
    matching: list[int] = []
    until_s = clock.monotonic_s() + SLICE_S
    for start in range(0, len(candidates), SLICE_TEXTS):
        for message, texts in read_texts(connection, contents, candidates[start : start + SLICE_TEXTS], needs_body):
            if _has(texts, asked, prefix, needle):
                matching.append(message)
            if clock.monotonic_s() > until_s:
                yield matching
                matching = []
                until_s = clock.monotonic_s() + SLICE_S
    yield matching


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
        texts = [fold(asked.name) + ":", texts[0].strip()]
    found = dict.fromkeys(text[at : at + 3] for text in texts for at in range(len(text) - 2))
    return list(found)[:TRIGRAMS]
