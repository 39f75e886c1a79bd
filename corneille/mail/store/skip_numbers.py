"""Passes over the numbers that were given after a backup was made, when that backup comes back.

Programs kept them. Given again under the same UIDVALIDITY, to other messages, they would show one message's words for
another's (RFC 9051 §2.3.1.1); a new UIDVALIDITY would make every program read all its mail anew. So numbers go on far
above, and every program that asks what changed (RFC 7162) hears of all that is there and all that is not.
"""

from contextlib import closing
from pathlib import Path

import apsw

SKIPPED = 1_000_000
"""More than an index gives between two checkpoints, or while it is backed up."""
MODSEQS_A_UID = 1000
"""Changes are numbered too, and are many more than messages."""


def skip_numbers(index: Path, count: int) -> None:
    """Passes over `count` UIDs of each mailbox, and as many message ids, UIDVALIDITYs and mailbox ids.

    On an index that no process has open, of whatever schema.
    """
    with closing(apsw.Connection(str(index))) as connection, connection:
        skip_within(connection, count)


def skip_within(connection: apsw.Connection, count: int) -> None:
    """The same as a part of a transaction."""
    connection.execute(
        "UPDATE mail_account SET next_number = next_number + ?1, next_uid_validity = next_uid_validity + ?1,"
        " modseq = modseq + ?1 * ?2",
        (count, MODSEQS_A_UID),
    )
    connection.execute(
        "UPDATE mailbox SET uid_next = uid_next + ?, expunged_count = 0,"
        " (modseq, expunged_floor) = (SELECT modseq, modseq FROM mail_account a WHERE a.id = mailbox.account)",
        (count,),
    )
    connection.execute("UPDATE message SET modseq = (SELECT modseq FROM mailbox b WHERE b.id = message.mailbox)")
    connection.execute("DELETE FROM expunged")
    connection.execute("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'mailbox'", (count,))
