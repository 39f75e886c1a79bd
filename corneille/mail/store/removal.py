"""Files of segments that a compaction has emptied: their rows go first, so a crash may leave the file without them.

What it holds was to be erased. Taken for what a crash cut off, it would lie there as long as what is deleted now; so the
commit that drops the rows also owes the removal, and whoever opens the index next pays it.
"""

from contextlib import suppress
from pathlib import Path

import apsw

from corneille.kernel.folder import sync_folder
from corneille.kernel.refusal import Busy
from corneille.mail.store.segment import segment_path
from corneille.mail.store.segments_held import segments_held
from corneille.mail.store.sql import find_value, list_rows
from corneille.mail.store.transaction import Transaction

_NAME = "remove "
LIVES = "SELECT 1 FROM content WHERE segment = ? AND place_count > 0 LIMIT 1"


def owe_removal(turn: Transaction, segment: int) -> None:
    """As a part of the change that drops the segment's rows."""
    turn.connection.execute("INSERT OR REPLACE INTO chore VALUES (?, ?)", (f"{_NAME}{segment}", turn.now_s))


def remove_file(segments: Path, segment: int) -> None:
    """Durably; one that is not there is no fault."""
    segment_path(segments, segment).unlink(missing_ok=True)
    sync_folder(segments)


def forget_removal(connection: apsw.Connection, segment: int) -> None:
    """Once it is done."""
    connection.execute("DELETE FROM chore WHERE name = ?", (f"{_NAME}{segment}",))


def list_owed_removals(connection: apsw.Connection) -> set[int]:
    """Segments whose records have no rows any more, and that nobody is to append to or to look into."""
    names = list_rows(connection, f"SELECT name FROM chore WHERE name GLOB '{_NAME}*'")
    return {int(name.removeprefix(_NAME)) for (name,) in names}


def pay_removals(connection: apsw.Connection, segments: Path) -> None:
    """Does what is owed, unless a backup is copying the files: then it stays owed. Raises OSError, apsw.Error."""
    owed = list_owed_removals(connection)
    if not owed:
        return
    with suppress(Busy), segments_held(segments.parent, alone=True):
        for segment in owed:
            # Nothing is appended to such a segment; should anything be there all the same, it stays.
            if find_value(connection, LIVES, (segment,)) is None:
                remove_file(segments, segment)
            forget_removal(connection, segment)
