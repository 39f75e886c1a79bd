"""The table `message`: contents in their places, with UIDs, flags and modification sequences."""

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId, MessageId, ModSeq, ThreadId, Uid
from corneille.mail.flags import is_deleted, is_unseen, render_flags
from corneille.mail.store.content import Parcel, add_content, count_places
from corneille.mail.store.deleted import note_deleted
from corneille.mail.store.expunged import remember
from corneille.mail.store.mail_account import add_usage, drop_usage, take_for_message, take_numbers
from corneille.mail.store.mailbox import Counted, count, learn_keywords, take_uids
from corneille.mail.store.seen import copy_marks, drop_marks, move_marks
from corneille.mail.store.sql import list_rows, number_list
from corneille.mail.store.thread import choose_thread
from corneille.mail.store.transaction import Transaction
from corneille.mail.store.words import note_arrived, note_gone
from corneille.mail.values import Filed

_ADD = """
INSERT INTO message (id, mailbox, uid, modseq, added_modseq, flags, is_unseen, is_deleted, received_at, saved_at,
  size_bytes, thread, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A message's row, as far as moving and removing need it."""

    id: MessageId
    uid: Uid
    flags: str
    is_unseen: int
    is_deleted: int
    received_at: int
    size_bytes: int
    thread: ThreadId
    content: int


_PLACED = "id, uid, flags, is_unseen, is_deleted, received_at, size_bytes, thread, content"


def place_content(
    turn: Transaction,
    account: MailAccountId,
    mailbox: MailboxId,
    parcel: Parcel,
    flags: frozenset[str],
    content: int | None = None,
    *,
    is_ours: bool = False,
) -> tuple[Filed, int]:
    """Puts one content in one mailbox; its row is made when `content` is None. Returns the place and the content.

    is_ours  it may go beyond the quota
    raises   MailboxGone, OverQuota, KeywordRefused
    """  # fmt: skip
    facts = parcel.description
    assert facts is not None, "a parcel is described before its transaction"
    uid, uid_validity = take_uids(turn, account, mailbox, 1)
    modseq, taken = take_for_message(turn, account, parcel.size_bytes, is_ours=is_ours)
    number = account << 32 | taken
    if content is None:
        content = add_content(turn, parcel)
    else:
        count_places(turn, {content: 1})
    spelled = learn_keywords(turn, mailbox, flags)
    kept = frozenset(spelled.get(flag, flag) for flag in flags)
    unseen, deleted = is_unseen(kept), is_deleted(kept)
    thread = choose_thread(turn, account, facts, number)
    turn.connection.execute(
        _ADD,
        (
            number, mailbox, uid, modseq, modseq, render_flags(kept), unseen, deleted, parcel.received_at, turn.now_s,
            parcel.size_bytes, thread, content,
        ),
    )  # fmt: skip
    count(turn, mailbox, Counted(1, unseen, deleted, parcel.size_bytes), modseq)
    note_arrived(turn, [number])
    return Filed(MessageId(number), mailbox, uid_validity, uid, modseq), content


def list_placed(connection: apsw.Connection, mailbox: MailboxId, uids: Sequence[Uid]) -> list[Placed]:
    """The messages with these UIDs that are still there, ascending."""
    rows = connection.execute(
        f"SELECT {_PLACED} FROM message WHERE mailbox = ? AND uid IN (SELECT value FROM carray(?)) ORDER BY uid",
        (mailbox, number_list(uids)),
    )
    return [Placed(*row) for row in rows]


def find_contents(
    connection: apsw.Connection, account: MailAccountId, messages: Sequence[MessageId]
) -> dict[MessageId, int]:
    """The content of each of these messages that are this mail account's."""
    own = [message for message in messages if message >> 32 == account]
    wanted = (number_list(own),)
    return dict(list_rows(connection, "SELECT id, content FROM message WHERE id IN (SELECT value FROM carray(?))", wanted))


def list_all_placed(connection: apsw.Connection, mailbox: MailboxId) -> list[Placed]:
    """Every message of a mailbox, ascending."""
    rows = connection.execute(f"SELECT {_PLACED} FROM message WHERE mailbox = ? ORDER BY uid", (mailbox,))
    return [Placed(*row) for row in rows]


def list_deleted(connection: apsw.Connection, mailbox: MailboxId, uids: Sequence[Uid] | None) -> list[Placed]:
    """The messages marked \\Deleted, among `uids` if given."""
    marked = connection.execute(f"SELECT {_PLACED} FROM message WHERE mailbox = ? AND is_deleted ORDER BY uid", (mailbox,))
    among = None if uids is None else frozenset(uids)
    return [each for each in (Placed(*row) for row in marked) if among is None or each.uid in among]


def copy_messages(
    turn: Transaction, account: MailAccountId, messages: Sequence[Placed], target: MailboxId, modseq: ModSeq
) -> tuple[int, list[Uid]]:
    """New places for the same contents, flags and dates kept. Returns UIDVALIDITY and the UIDs. Raises OverQuota."""
    first, uid_validity = take_uids(turn, account, target, len(messages))
    add_usage(turn, account, sum(each.size_bytes for each in messages), len(messages))
    number = account << 32 | take_numbers(turn, account, len(messages))
    rows, counted, places = [], Counted(), dict[int, int]()
    respell = _Speller(turn, target)
    for step, each in enumerate(messages):
        rows.append((
            number + step, target, first + step, modseq, modseq, respell(each.flags), each.is_unseen, each.is_deleted,
            each.received_at, turn.now_s, each.size_bytes, each.thread, each.content,
        ))  # fmt: skip
        counted.add(each.size_bytes, each.is_unseen, each.is_deleted)
        places[each.content] = places.get(each.content, 0) + 1
    turn.connection.executemany(_ADD, rows)
    count(turn, target, counted, modseq)
    count_places(turn, places)
    note_arrived(turn, [row[0] for row in rows])
    copy_marks(turn, {each.id: number + step for step, each in enumerate(messages)}, target, modseq)
    return uid_validity, [Uid(first + step) for step in range(len(messages))]


def move_messages(
    turn: Transaction,
    account: MailAccountId,
    source: MailboxId,
    messages: Sequence[Placed],
    target: MailboxId,
    modseq: ModSeq,
) -> tuple[int, list[Uid]]:
    """The same messages, with their ids, in another mailbox. Returns UIDVALIDITY and the UIDs."""  # fmt: skip
    first, uid_validity = take_uids(turn, account, target, len(messages))
    respell = _Speller(turn, target)
    went, came = Counted(), Counted()
    rows = []
    for step, each in enumerate(messages):
        rows.append((target, first + step, modseq, modseq, respell(each.flags), turn.now_s, each.id))
        went.add(each.size_bytes, each.is_unseen, each.is_deleted, sign=-1)
        came.add(each.size_bytes, each.is_unseen, each.is_deleted)
    turn.connection.executemany(
        "UPDATE message SET mailbox = ?, uid = ?, modseq = ?, added_modseq = ?, flags = ?, saved_at = ? WHERE id = ?",
        rows,
    )
    move_marks(turn, [each.id for each in messages], target)
    count(turn, source, went, modseq)
    count(turn, target, came, modseq)
    remember(turn, source, modseq, [each.uid for each in messages])
    return uid_validity, [Uid(first + step) for step in range(len(messages))]


def remove_messages(
    turn: Transaction,
    account: MailAccountId,
    mailbox: MailboxId,
    messages: Sequence[Placed],
    modseq: ModSeq,
    *,
    for_good: bool = False,
) -> None:
    """Takes messages away and remembers their UIDs; for some days they can be put back, unless it is `for_good`."""
    if not for_good:
        note_deleted(turn, account, [each.id for each in messages])
    counted, places = Counted(), dict[int, int]()
    for each in messages:
        counted.add(each.size_bytes, each.is_unseen, each.is_deleted, sign=-1)
        places[each.content] = places.get(each.content, 0) - 1
    turn.connection.executemany("DELETE FROM message WHERE id = ?", [(each.id,) for each in messages])
    count(turn, mailbox, counted, modseq)
    drop_usage(turn, account, -counted.size_bytes, len(messages))
    count_places(turn, places)
    remember(turn, mailbox, modseq, [each.uid for each in messages])
    note_gone(turn, [each.id for each in messages])
    drop_marks(turn, [each.id for each in messages])


class _Speller:
    """Renders flags with the keywords' spelling in the mailbox they come to."""

    def __init__(self, turn: Transaction, mailbox: MailboxId) -> None:
        self._turn = turn
        self._mailbox = mailbox
        self._known: dict[str, str] = {}

    def __call__(self, rendered: str) -> str:
        if rendered not in self._known:
            flags = rendered.split()
            spelled = learn_keywords(self._turn, self._mailbox, flags)
            self._known[rendered] = render_flags({spelled.get(flag, flag) for flag in flags})
        return self._known[rendered]
