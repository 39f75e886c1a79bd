"""The table `thread_key`: which conversation a message joins, by what it refers to or, failing that, its subject.

After the ideas of RFC 5256 (REFERENCES), decided once at delivery and never revised: a message keeps its thread.
"""

import hashlib
from collections.abc import Sequence

import apsw

from corneille.kernel.ids import MailAccountId, ThreadId
from corneille.mail.describe import Description
from corneille.mail.store.sql import find_value
from corneille.mail.store.transaction import Transaction

REFERENCES = 20
SUBJECT_DAYS = 60
"""A reply without references joins a conversation of the same subject that was alive within these days."""


def choose_thread(turn: Transaction, account: MailAccountId, facts: Description, fresh: int) -> ThreadId:
    """The conversation of a new message; `fresh` (its own id) names a new one."""
    keys = [_hash("id", text) for text in _list_ids(facts)]
    subject_key = _hash("subject", facts.base_subject) if facts.base_subject else None
    thread = _find_by_ids(turn, account, keys)
    if thread is None and facts.is_reply and subject_key is not None:
        thread = find_value(
            turn.connection,
            "SELECT thread FROM thread_key WHERE account = ? AND key = ? AND at > ?",
            (account, subject_key, turn.now_s - SUBJECT_DAYS * 86_400),
        )
    chosen = fresh if thread is None else thread
    turn.connection.executemany(
        "INSERT INTO thread_key VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(account, key, chosen, turn.now_s) for key in keys],
    )
    if subject_key is not None:
        turn.connection.execute(
            "INSERT INTO thread_key VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET thread = excluded.thread, at = excluded.at",
            (account, subject_key, chosen, turn.now_s),
        )
    return ThreadId(chosen)


def find_thread(connection: apsw.Connection, account: MailAccountId, message_id: str) -> ThreadId | None:
    """The conversation in which a Message-ID, without brackets, stands or is referred to."""
    thread: int | None = find_value(
        connection, "SELECT thread FROM thread_key WHERE account = ? AND key = ?", (account, _hash("id", message_id))
    )
    return None if thread is None else ThreadId(thread)


def _list_ids(facts: Description) -> list[str]:
    """The message's own id, then what it refers to, nearest first."""
    references = [*facts.in_reply_to, *reversed(facts.references)][:REFERENCES]
    own = [facts.message_id] if facts.message_id else []
    return list(dict.fromkeys([*own, *references]))


def _find_by_ids(turn: Transaction, account: MailAccountId, keys: Sequence[int]) -> int | None:
    for key in keys:
        thread: int | None = find_value(
            turn.connection, "SELECT thread FROM thread_key WHERE account = ? AND key = ?", (account, key)
        )
        if thread is not None:
            return thread
    return None


def _hash(kind: str, text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, person=kind.encode()).digest()
    return int.from_bytes(digest, "big", signed=True)
