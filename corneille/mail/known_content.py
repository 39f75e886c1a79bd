"""Which contents a mailbox already holds: an import that is run again files nothing twice."""

from collections.abc import Sequence

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.store.mailbox import check_mailbox
from corneille.mail.store.sql import find_value
from corneille.mail.values import MailAccount


def list_known(account: MailAccount, mailbox: MailboxId, digests: Sequence[bytes]) -> set[bytes]:
    """Those of these SHA-256 digests (of the octets as appended) that have a place in the mailbox now.

    raises  MailboxGone
    """
    connection = store.current().shard(account.shard).reader()
    check_mailbox(connection, account.id, mailbox)
    known = set()
    for digest in digests:
        found = find_value(
            connection,
            # The digest first, whatever the planner thinks of the mailbox: one lookup, not a walk through 20,000 messages.
            "SELECT 1 FROM content c CROSS JOIN message m ON m.content = c.id WHERE c.digest = ? AND +m.mailbox = ?",
            (digest, mailbox),
        )
        if found is not None:
            known.add(digest)
    return known
