"""Views of mailboxes, kept in memory and stamped with the modseq they were read at.

A stamp that no longer equals the mailbox's modseq, whoever moved it, brings the list of UIDs up to date from the changes.
"""

import threading
from array import array
from collections import OrderedDict
from dataclasses import replace

import apsw

from corneille.kernel.ids import MailAccountId, MailboxId, Uid
from corneille.mail.store.expunged import list_vanished
from corneille.mail.store.mailbox import get_mailbox
from corneille.mail.store.sql import find_value, list_rows
from corneille.mail.values import View

REBUILD_SHARE = 4
"""More changes than a quarter of the list: reading it anew is cheaper than patching."""


class ViewCache:
    """The views that this process read last."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[MailboxId, View] = OrderedDict()
        self._lock = threading.Lock()

    def view(self, connection: apsw.Connection, account: MailAccountId, mailbox: MailboxId) -> View:
        """The mailbox as this snapshot sees it. Raises MailboxGone."""
        told = get_mailbox(connection, account, mailbox)
        kept = self._kept.get(mailbox)
        if kept is None or kept.mailbox.uid_validity != told.uid_validity:
            uids = _read_uids(connection, mailbox)
        elif kept.mailbox.highest_modseq == told.highest_modseq:
            return replace(kept, mailbox=told)
        elif kept.mailbox.highest_modseq < told.highest_modseq:
            uids = _patch(connection, kept)
        else:
            uids = _read_uids(connection, mailbox)
        first_unseen: Uid | None = None
        if told.unseen_count:
            first_unseen = find_value(connection, "SELECT min(uid) FROM message WHERE mailbox = ? AND is_unseen", (mailbox,))
        keywords: str = find_value(connection, "SELECT keywords FROM mailbox WHERE id = ?", (mailbox,))
        view = View(told, uids, first_unseen, tuple(keywords.split()))
        self._keep(view)
        return view

    def _keep(self, view: View) -> None:
        told = view.mailbox
        with self._lock:
            present = self._kept.get(told.id)
            if (
                present is None
                or present.mailbox.highest_modseq <= told.highest_modseq
                or present.mailbox.uid_validity != told.uid_validity
            ):
                self._kept[told.id] = view
            self._kept.move_to_end(told.id)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)


def _read_uids(connection: apsw.Connection, mailbox: MailboxId) -> "array[int]":
    rows = list_rows(connection, "SELECT uid FROM message WHERE mailbox = ? ORDER BY uid", (mailbox,))
    return array("I", [uid for (uid,) in rows])


def _patch(connection: apsw.Connection, kept: View) -> "array[int]":
    mailbox, since = kept.mailbox.id, kept.mailbox.highest_modseq
    vanished = list_vanished(connection, mailbox, since)
    if vanished is None or len(vanished) > len(kept.uids) // REBUILD_SHARE:
        return _read_uids(connection, mailbox)
    added = list_rows(
        connection,
        "SELECT uid FROM message WHERE mailbox = ? AND uid >= ? ORDER BY uid",
        (mailbox, kept.mailbox.uid_next),
    )
    if not vanished and not added:
        return kept.uids
    gone = frozenset(vanished)
    uids = array("I", [uid for uid in kept.uids if uid not in gone]) if gone else array("I", kept.uids)
    uids.extend(uid for (uid,) in added)
    return uids
