"""Finding messages."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from corneille.kernel.ids import MailboxId, Uid
from corneille.mail import store
from corneille.mail.criteria import And, Criterion
from corneille.mail.cursor import parse_cursor
from corneille.mail.fetch import make_page
from corneille.mail.query import parse_query
from corneille.mail.slices import Slice, Work
from corneille.mail.store import listing, search_text
from corneille.mail.store import search_words as words_table
from corneille.mail.store.mailbox import check_mailbox
from corneille.mail.store.search_sql import (
    Compiler,
    Matching,
    TextCriterion,
    list_among,
    list_sure,
    list_text_criteria,
)
from corneille.mail.values import MailAccount, Page


def search(
    account: MailAccount, mailbox: MailboxId, criterion: Criterion, *, among: Sequence[Uid] | None = None
) -> Work[list[Uid]]:
    """The UIDs that match, ascending; substring semantics, always right (words still to be indexed are scanned).

    among   only these are asked about, at a cost that does not grow with the mailbox
    raises  MailboxGone, in the first slice
    """
    shard = store.current().shard(account.shard)
    connection = shard.reader()
    with shard.snapshot():
        uids: Sequence[int] = shard.views.view(connection, account.id, mailbox).uids
    if among is not None:
        uids = sorted(among)
    sure, decided, slice = list_sure(criterion), dict[TextCriterion, set[int]](), Slice()
    for asked in list_text_criteria(criterion):
        facts = Compiler(uids, {}).compile(And(tuple(part for part in sure if not list_text_criteria(part))))
        near = [decided[part] for part in sure if isinstance(part, TextCriterion) and part in decided]
        found: set[int] = set()
        if among is None:
            proposed = search_text.find_candidates(connection, account.id, mailbox, asked, facts, account.reader)
        else:
            proposed = iter([search_text.list_candidates(connection, mailbox, facts, uids, account.reader)])
        for candidates in proposed:
            yield from slice.pause()
            some = [each for each in candidates if all(each[0] in messages for messages in near)]
            found.update((yield from search_text.decide(connection, shard.contents, asked, some, slice)))
        decided[asked] = found
    yield from slice.pause()
    if among is not None:
        return list_among(connection, mailbox, Compiler(uids, decided).compile(criterion), uids, account.reader)
    return (yield from Matching(connection, mailbox, criterion, decided, account.reader).list_uids(uids, slice))


def search_words(
    account: MailAccount,
    text: str,
    *,
    mailbox: MailboxId | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """What a person types (`query`): words, phrases and operators, accents and case ignored, all must match; newest
    first, Junk and Trash left out unless asked for. A text that asks nothing finds nothing.

    raises  QueryRefused, MailboxGone
    """
    shard = store.current().shard(account.shard)
    query = parse_query(text)
    if query.is_empty:
        return Page((), 0, 0, None, None)
    at = parse_cursor(cursor)
    with shard.snapshot() as connection:
        if mailbox is not None:
            check_mailbox(connection, account.id, mailbox)
        found = words_table.find_messages(connection, shard.contents, account.id, query, mailbox)
        edge = (-at.edge[0], -at.edge[1]) if at.edge else None  # `found` has the newest first: keys are negated
        if edge is None:
            start = 0
        elif at.is_back:
            start = max(bisect_left(found, edge) - limit - 1, 0)
        else:
            start = bisect_right(found, edge)
        stop = bisect_left(found, edge) if edge and at.is_back else start + limit + 1
        summaries = listing.list_summaries(connection, [-number for _, number in found[start:stop]], account.reader)
    return make_page(summaries, at, limit, len(found))
