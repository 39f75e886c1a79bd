"""Opens an index, and refuses one that does not know what its segments hold.

Where no segment holds a message it is a first start, and a new index is made. Everywhere else a new one would make mail
vanish, and everything after it would take that for the truth.
"""

import time
from collections.abc import Callable
from pathlib import Path

import apsw

from corneille.kernel.settings import of
from corneille.mail.settings import MailSettings
from corneille.mail.store.record import Damaged, Kind
from corneille.mail.store.schema import bring_up_to_date
from corneille.mail.store.seen import add_function
from corneille.mail.store.segment import list_segments, segment_path
from corneille.mail.store.sql import find_value
from corneille.mail.store.tail import settle_on_opening
from corneille.mail.store.walk_whole import walk_whole
from corneille.mail.values import IndexLost

RETRY_S = 0.0005


def open_index(path: Path, segments: Path) -> tuple[apsw.Connection, set[int]]:
    """The connection that writes, to an index of today's schema in which every record has its row.

    returns  also the segments in which some have none yet: nothing is to be appended there
    raises   IndexLost
    """
    if not path.exists() or not path.stat().st_size:
        _refuse_lost(path, segments, "missing")
    try:
        connection = connect(path, for_writing=True)
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise IndexLost(why="corrupt", folder=str(path.parent)) from error
    try:
        bring_up_to_date(connection)
        if find_value(connection, "SELECT 1 FROM mail_account LIMIT 1") is None:
            _refuse_lost(path, segments, "empty")  # no message is filed before its mail account is there
        unsettled = settle_on_opening(connection, segments)
    except (apsw.NotADBError, apsw.CorruptError) as error:
        connection.close()
        raise IndexLost(why="corrupt", folder=str(path.parent)) from error
    except BaseException:
        connection.close()
        raise
    return connection, unsettled


def _refuse_lost(path: Path, segments: Path, why: str) -> None:
    for number in list_segments(segments):
        for found in walk_whole(segment_path(segments, number)):
            if not isinstance(found, Damaged) and found.header.kind is Kind.MESSAGE:
                raise IndexLost(why=why, folder=str(path.parent))


def connect(path: Path, *, for_writing: bool) -> apsw.Connection:
    """Opens the index as this program always does: WAL, and durable at every commit. A reader makes no new one."""
    made = apsw.SQLITE_OPEN_CREATE if for_writing else 0
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE | made)
    connection.set_busy_handler(_make_patience(of(MailSettings).lock_wait_s))
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "temp_store = MEMORY"):  # each: apsw stops at the first row
        connection.execute(f"PRAGMA {pragma}").fetchall()
    # Else a statement is planned anew each time that a value is bound which statistics could weigh, and there are none: most
    # of what a short one costs (13 µs for the row of a UID, 6 so; 40 for lines, 10 so).
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    # No mmap: it gains nothing measurable here, and a disk error would then kill the process instead of being told.
    add_function(connection)
    connection.execute(f"PRAGMA cache_size = {-32_000 if for_writing else -8_000}")
    if for_writing:
        connection.wal_autocheckpoint(2000)
        connection.execute("PRAGMA secure_delete = ON")  # what was erased is not left in pages that are free again
    else:
        connection.execute("PRAGMA query_only = ON")
    return connection


def _make_patience(wait_s: float) -> Callable[[int], bool]:
    """Looks again every half millisecond: SQLite's own handler soon sleeps for a tenth of a second, in which another
    process commits thirty groups.
    """
    tries = int(wait_s / RETRY_S)

    def look_again(tried: int) -> bool:
        time.sleep(RETRY_S)
        return tried < tries

    return look_again
