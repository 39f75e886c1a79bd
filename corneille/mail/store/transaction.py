"""What a change sees while it is applied: the shard's connection inside the group's transaction."""

from dataclasses import dataclass, field

import apsw

from corneille.kernel.ids import MailAccountId, ModSeq
from corneille.kernel.refusal import Gone
from corneille.mail.store.sql import find_value


@dataclass(slots=True)
class Transaction:
    """One change's turn. What it touches is told to watchers after the commit, if the change itself was not undone."""

    connection: apsw.Connection
    now_s: int
    touched: set[MailAccountId] = field(default_factory=set)

    def next_modseq(self, account: MailAccountId) -> ModSeq:
        """Takes the mail account's next modification sequence. Raises Gone."""
        modseq = find_value(
            self.connection, "UPDATE mail_account SET modseq = modseq + 1 WHERE id = ? RETURNING modseq", (account,)
        )
        if modseq is None:
            raise Gone(account=account)
        self.touched.add(account)
        return ModSeq(modseq)
