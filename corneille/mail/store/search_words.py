"""Which messages of a mail account a person's query finds: the index of words proposes, texts decide what it cannot."""

from collections.abc import Iterable, Sequence

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId
from corneille.mail.criteria import Received
from corneille.mail.matching import has_terms
from corneille.mail.query import Place, Query, Term
from corneille.mail.store.attachment import with_attached
from corneille.mail.store.search_sql import Compiler
from corneille.mail.store.search_text import SLICE_TEXTS, read_texts
from corneille.mail.store.segment import SegmentReader
from corneille.mail.store.sql import list_rows
from corneille.mail.store.words import find_texts
from corneille.mail.values import SpecialUse

Candidate = tuple[int, int, int]
"""(received_at, message, content)"""


def find_messages(
    connection: apsw.Connection,
    contents: SegmentReader,
    account: MailAccountId,
    query: Query,
    mailbox: MailboxId | None,
) -> list[tuple[int, int]]:
    """(-received_at, -message) of each match, sorted, so newest first; Junk and Trash only when asked for."""
    first, last = account << 32, (account + 1) << 32
    where, bindings = _compile_facts(account, query, mailbox)
    open_terms = [term for term in query.terms if not _is_sure(term)]
    found = _list_proposed(connection, query, where, [first, last, *bindings])
    if open_terms:
        found = _decide(connection, contents, found, open_terms)
    waiting = list_rows(
        connection,
        "SELECT m.received_at, m.id, m.content FROM words_pending p CROSS JOIN message m ON m.id = p.message"
        f" WHERE p.message >= ? AND p.message < ? AND {where}",
        (first, last, *bindings),
    )
    for each in waiting:
        texts = with_attached(connection, each[2], find_texts(connection, contents, each[2]))
        if has_terms(texts, query.terms):
            found.append(each)
    return sorted({(-received_at, -message) for received_at, message, _ in found})


def _decide(
    connection: apsw.Connection, contents: SegmentReader, proposed: list[Candidate], terms: list[Term]
) -> list[Candidate]:
    """Those whose texts have the terms; some texts at a time, for there may be tens of thousands."""
    needs_body = any(term.place is Place.ANYWHERE for term in terms)
    found: list[Candidate] = []
    for start in range(0, len(proposed), SLICE_TEXTS):
        some = proposed[start : start + SLICE_TEXTS]
        texts = read_texts(connection, contents, [(message, content) for _, message, content in some], needs_body)
        for each, (_, told) in zip(some, texts, strict=True):
            if has_terms(with_attached(connection, each[2], told) if needs_body else told, terms):
                found.append(each)
    return found


def _is_sure(term: Term) -> bool:
    """Whether the index alone decides: one word, anywhere."""
    return term.place is Place.ANYWHERE and len(term.words) == 1


def _compile_facts(
    account: MailAccountId, query: Query, mailbox: MailboxId | None
) -> tuple[str, list[int | str | None]]:
    """What the rows of `message m` tell, as SQL and its bindings."""
    if mailbox is not None:
        where, bindings = ["m.mailbox = ?"], list[int | str | None]([mailbox])
    else:
        where = ["m.mailbox NOT IN (SELECT id FROM mailbox WHERE account = ? AND special_use IN (?, ?))"]
        bindings = [account, SpecialUse.JUNK, SpecialUse.TRASH]
    if query.since is not None or query.before is not None:
        days = Compiler((), {}).compile(Received(since=query.since, before=query.before))
        where.append(days.sql)
        bindings += days.bindings
    if query.has_attachment is not None:
        where.append("(SELECT c.has_attachment FROM content c WHERE c.id = m.content) = ?")
        bindings.append(int(query.has_attachment))
    return " AND ".join(where), bindings


def _list_proposed(
    connection: apsw.Connection, query: Query, where: str, bindings: Sequence[int | str | None]
) -> list[Candidate]:
    """Indexed messages that may match: every one that does is among them."""
    wanted = _match(term for term in query.terms if not term.is_without)
    source, first = "message m", list[int | str | None]()
    if wanted:
        source, first = "words w CROSS JOIN message m ON m.id = w.rowid", [wanted]
    sql = f"SELECT m.received_at, m.id, m.content FROM {source} WHERE {'w.words MATCH ? AND ' if wanted else ''}"
    sql += f"m.id >= ? AND m.id < ? AND {where} AND m.id NOT IN (SELECT message FROM words_pending WHERE NOT is_gone)"
    if wanted:
        sql = sql.replace("m.id >= ? AND m.id < ?", "w.rowid >= ? AND w.rowid < ?", 1)
    more = list[int | str | None]()
    for term in query.terms:
        if term.is_without and _is_sure(term):
            sql += " AND m.id NOT IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ?)"
            more += [_match([term]), bindings[0], bindings[1]]
    return list_rows(connection, sql, (*first, *bindings, *more))


def _match(terms: Iterable[Term]) -> str:
    """An expression of FTS5 that every one of these terms fulfils: its words, wherever they stand."""
    words = {
        f'"{word}"*' if term.is_open and at == len(term.words) - 1 else f'"{word}"'
        for term in terms for at, word in enumerate(term.words)
    }  # fmt: skip
    return " AND ".join(sorted(words))
