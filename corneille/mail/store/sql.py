"""Rows as plain tuples: the statement says what they are, which no type checker reads."""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import apsw

Row = tuple[Any, ...]


def list_rows(connection: apsw.Connection, statement: str, bindings: Sequence[Any] = ()) -> list[Row]:
    """Every row of a statement, read at once: none stays open."""
    return connection.execute(statement, bindings).fetchall()


def number_list(numbers: Iterable[int]) -> object:
    """A binding for `SELECT value FROM carray(?)`; for none, a number that nothing has: an empty array has no address."""
    return apsw.carray(array("q", numbers) or array("q", [0]))


def find_row(connection: apsw.Connection, statement: str, bindings: Sequence[Any] = ()) -> Row | None:
    """The first row."""
    return connection.execute(statement, bindings).fetchone()


def find_value(connection: apsw.Connection, statement: str, bindings: Sequence[Any] = ()) -> Any:
    """The first column of the first row; None when there is no row."""
    row = connection.execute(statement, bindings).fetchone()
    return None if row is None else row[0]
