"""Changing flags in the table `message`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corneille.kernel.ids import AccountId, MailAccountId, MailboxId, ModSeq, Uid
from corneille.mail.flags import is_deleted, is_unseen, parse_flags, render_flags
from corneille.mail.store.mailbox import Counted, check_mailbox, count, get_mailbox, learn_keywords
from corneille.mail.store.seen import choose_source, mark
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.store.transaction import Transaction
from corneille.mail.values import SEEN, Flagged

Alter = Callable[[frozenset[str]], frozenset[str]]


@dataclass(slots=True)
class _Sorted:
    """What each asked-for message turns out to be."""

    changed: list[tuple[Uid, int, int, str, int, int]] = field(default_factory=list)
    before: list[ModSeq] = field(default_factory=list)
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
    reader: AccountId | None = None,
) -> Flagged:
    """Alters the flags of the messages that are there; all that change take one modseq. Raises MailboxGone.

    reader  whose \\Seen is theirs alone, where there are several
    """  # fmt: skip
    check_mailbox(turn.connection, account, mailbox)
    spelled = learn_keywords(turn, mailbox, flags)
    given = frozenset(spelled.get(flag, flag) for flag in flags)
    found = _sort(turn, mailbox, uids, lambda had: alter(had, given), unchanged_since, reader)
    if not found.changed:
        highest = get_mailbox(turn.connection, account, mailbox, reader).highest_modseq
        return Flagged((), tuple(found.unchanged), tuple(found.modified), highest)
    modseq = turn.next_modseq(account)
    if reader is None:
        _write(turn, mailbox, found, modseq)
    else:
        _write_of_reader(turn, mailbox, found, modseq, reader)
    changed = tuple((uid, modseq, rendered) for uid, _, _, rendered, _, _ in found.changed)
    return Flagged(changed, tuple(found.unchanged), tuple(found.modified), modseq, tuple(found.before))


def _write(turn: Transaction, mailbox: MailboxId, found: _Sorted, modseq: ModSeq) -> None:
    counted = Counted()
    rows = []
    for _, id_, had_bits, rendered, unseen, deleted in found.changed:
        counted.unseen += unseen - (had_bits & 1)
        counted.deleted += deleted - (had_bits >> 1)
        rows.append((rendered, unseen, deleted, modseq, id_))
    turn.connection.executemany("UPDATE message SET flags = ?, is_unseen = ?, is_deleted = ?, modseq = ? WHERE id = ?", rows)
    count(turn, mailbox, counted, modseq)


def _write_of_reader(turn: Transaction, mailbox: MailboxId, found: _Sorted, modseq: ModSeq, reader: AccountId) -> None:
    """\\Seen beside the messages, all else in them; who only reads changes no row that others are told of."""
    shared: dict[int, str] = dict(
        list_rows(
            turn.connection,
            "SELECT id, flags FROM message WHERE id IN (SELECT value FROM carray(?))",
            (number_list(id_ for _, id_, *_ in found.changed),),
        )
    )
    counted, rows, marks = Counted(), [], []
    for _, id_, had_bits, rendered, unseen, deleted in found.changed:
        fresh = render_flags((parse_flags(rendered) - {SEEN}) | (parse_flags(shared[id_]) & {SEEN}))
        if fresh != shared[id_]:
            counted.deleted += deleted - (had_bits >> 1)
            rows.append((fresh, deleted, modseq, id_))
        if unseen != had_bits & 1:
            marks.append((id_, not unseen))
    if rows:
        turn.connection.executemany("UPDATE message SET flags = ?, is_deleted = ?, modseq = ? WHERE id = ?", rows)
        count(turn, mailbox, counted, modseq)
    mark(turn, reader, mailbox, marks, modseq)


def _sort(
    turn: Transaction, mailbox: MailboxId, uids: Sequence[Uid], alter: Alter, unchanged_since: ModSeq | None,
    reader: AccountId | None,
) -> _Sorted:  # fmt: skip
    sorted_ = _Sorted()
    memo: dict[str, tuple[str, int, int]] = {}  # most messages have one of few sets of flags
    rows = list_rows(
        turn.connection,
        f"SELECT m.uid, m.id, m.modseq, m.flags, m.is_unseen + 2 * m.is_deleted FROM {choose_source(reader)} m"
        " WHERE m.mailbox = ? AND m.uid IN (SELECT value FROM carray(?)) ORDER BY m.uid",
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
            sorted_.before.append(modseq)
    return sorted_
