"""Views of mailboxes: the UIDs, kept in memory and stamped with the modseq they were read at.

A stamp that no longer equals the mailbox's modseq, whoever moved it, brings the list up to date from the changes.
"""

import threading
from array import array
from collections import OrderedDict
from dataclasses import dataclass

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId, ModSeq, Uid
from corneille.mail.store.expunged import list_vanished
from corneille.mail.store.mailbox import get_mailbox
from corneille.mail.store.sql import find_value, list_rows
from corneille.mail.values import View

REBUILD_SHARE = 4
"""More changes than a quarter of the list: reading it anew is cheaper than patching."""


@dataclass(frozen=True, slots=True)
class _Kept:
    modseq: ModSeq
    uid_validity: int
    uids: "array[int]"


class ViewCache:
    """The lists of UIDs that this process read last."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[MailboxId, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def view(self, connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId) -> View:
        """The mailbox as this snapshot sees it. Raises MailboxGone."""
        told = get_mailbox(connection, account, mailbox)
        kept = self._kept.get(mailbox)
        if kept is None or kept.uid_validity != told.uid_validity or kept.modseq > told.highest_modseq:
            uids = _read_uids(connection, mailbox)
        elif kept.modseq < told.highest_modseq:
            uids = _patch(connection, mailbox, kept, told.highest_modseq)
        else:
            uids = kept.uids
        if kept is None or kept.uids is not uids or kept.modseq != told.highest_modseq:
            self._keep(mailbox, _Kept(told.highest_modseq, told.uid_validity, uids))
        first_unseen: Uid | None = None
        if told.unseen_count:
            first_unseen = find_value(connection, "SELECT min(uid) FROM message WHERE mailbox = ? AND is_unseen", (mailbox,))
        keywords: str = find_value(connection, "SELECT keywords FROM mailbox WHERE id = ?", (mailbox,))
        return View(told, uids, first_unseen, tuple(keywords.split()))

    def _keep(self, mailbox: MailboxId, kept: _Kept) -> None:
        with self._lock:
            present = self._kept.get(mailbox)
            if present is None or present.modseq <= kept.modseq or present.uid_validity != kept.uid_validity:
                self._kept[mailbox] = kept
            self._kept.move_to_end(mailbox)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)


def _read_uids(connection: apsw.Connection, mailbox: MailboxId) -> "array[int]":
    rows = list_rows(connection, "SELECT uid FROM message WHERE mailbox = ? ORDER BY uid", (mailbox,))
    return array("I", [uid for (uid,) in rows])


def _patch(connection: apsw.Connection, mailbox: MailboxId, kept: _Kept, modseq: ModSeq) -> "array[int]":
    vanished = list_vanished(connection, mailbox, kept.modseq)
    if vanished is None or len(vanished) > len(kept.uids) // REBUILD_SHARE:
        return _read_uids(connection, mailbox)
    added = list_rows(
        connection,
        "SELECT uid FROM message WHERE mailbox = ?1 AND modseq > ?2 AND added_modseq > ?2 ORDER BY uid",
        (mailbox, kept.modseq),
    )
    if not vanished and not added:
        return kept.uids
    gone = frozenset(vanished)
    uids = array("I", [uid for uid in kept.uids if uid not in gone]) if gone else array("I", kept.uids)
    uids.extend(uid for (uid,) in added)
    return uids
