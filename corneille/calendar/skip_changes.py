"""Passes over the changes of agendas that came after a backup, when that backup comes back (RFC 6578 §3.8)."""

import sqlite3


def skip_changes(main_database: sqlite3.Connection, count: int) -> None:
    """Passes over `count` changes: a program that asks from one of them is told to read all anew.

    On a database that no process has open, of whatever version.
    """
    main_database.execute(
        "UPDATE calendar_calendar SET sequence = sequence + ?1, forgotten = sequence + ?1", (count,)
    )
