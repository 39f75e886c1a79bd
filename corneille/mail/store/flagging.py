"""Changing flags in the table `message`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corneille.kernel.ids import MailAccountId, MailboxId, ModSeq, Uid
from corneille.mail.flags import is_deleted, is_unseen, parse_flags, render_flags
from corneille.mail.store.mailbox import Counted, check_mailbox, count, get_mailbox, learn_keywords
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import Flagged

Alter = Callable[[frozenset[str]], frozenset[str]]


@dataclass(slots=True)
class _Sorted:
    """What each asked-for message turns out to be."""

    changed: list[tuple[Uid, int, int, str, int, int]] = field(default_factory=list)
    unchanged: list[tuple[Uid, ModSeq, str]] = field(default_factory=list)
    modified: list[Uid] = field(default_factory=list)


def change_flags(
    turn: Transaction,
    account: MailAccountId,
    mailbox: MailboxId,
    uids: Sequence[Uid],
    flags: frozenset[str],
    alter: Callable[[frozenset[str], frozenset[str]], frozenset[str]],
    unchanged_since: ModSeq | None,
) -> Flagged:
    """Alters the flags of the messages that are there; all that change take one modseq. Raises MailboxGone."""  # fmt: skip
    check_mailbox(turn.connection, account, mailbox)
    spelled = learn_keywords(turn, mailbox, flags)
    given = frozenset(spelled.get(flag, flag) for flag in flags)
    found = _sort(turn, mailbox, uids, lambda had: alter(had, given), unchanged_since)
    if not found.changed:
        highest = get_mailbox(turn.connection, account, mailbox).highest_modseq
        return Flagged((), tuple(found.unchanged), tuple(found.modified), highest)
    modseq = turn.next_modseq(account)
    counted = Counted()
    rows = []
    for _, id_, had_bits, rendered, unseen, deleted in found.changed:
        counted.unseen += unseen - (had_bits & 1)
        counted.deleted += deleted - (had_bits >> 1)
        rows.append((rendered, unseen, deleted, modseq, id_))
    turn.connection.executemany("UPDATE message SET flags = ?, is_unseen = ?, is_deleted = ?, modseq = ? WHERE id = ?", rows)
    count(turn, mailbox, counted, modseq)
    changed = tuple((uid, modseq, rendered) for uid, _, _, rendered, _, _ in found.changed)
    return Flagged(changed, tuple(found.unchanged), tuple(found.modified), modseq)


def _sort(
    turn: Transaction, mailbox: MailboxId, uids: Sequence[Uid], alter: Alter, unchanged_since: ModSeq | None
) -> _Sorted:
    sorted_ = _Sorted()
    memo: dict[str, tuple[str, int, int]] = {}  # most messages have one of few sets of flags
    rows = list_rows(
        turn.connection,
        "SELECT uid, id, modseq, flags, is_unseen + 2 * is_deleted FROM message"
        " WHERE mailbox = ? AND uid IN (SELECT value FROM carray(?)) ORDER BY uid",
        (mailbox, number_list(uids)),
    )
    for uid, id_, modseq, rendered, bits in rows:
        if unchanged_since is not None and modseq > unchanged_since:
            sorted_.modified.append(uid)
            continue
        if rendered not in memo:
            flags = alter(parse_flags(rendered))
            memo[rendered] = (render_flags(flags), is_unseen(flags), is_deleted(flags))
        fresh, unseen, deleted = memo[rendered]
        if fresh == rendered:
            sorted_.unchanged.append((uid, modseq, rendered))
        else:
            sorted_.changed.append((uid, id_, bits, fresh, unseen, deleted))
    return sorted_
