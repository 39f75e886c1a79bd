"""Writes and reads by plain SQL what each sign-in writes and reads: Django's ORM costs five times as much."""

import functools
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import Col

Row = TypeVar("Row", bound=Model)
Instant = TypeVar("Instant", datetime, datetime | None)


def insert(row: Model) -> None:
    """Adds one row and gives it its number, like `save(force_insert=True)` without signals or a savepoint."""
    fields = [field for field in row._meta.concrete_fields if field is not row._meta.auto_field]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(_format_insert(type(row)), values)
        row.pk = cursor.fetchone()[0]
    row._state.adding = False


def find_one(sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found


def find_all(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Every row that a query finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def find_rows(kind: type[Row], where: str, values: Sequence[Any]) -> list[Row]:
    """Rows of one table as the ORM gives them; `where`: all that follows the table's name."""
    select, names, converters = _format_select(kind)
    found = [list(row) for row in find_all(f"{select} {where}", values)]
    for row in found:
        for place, expression, convert in converters:
            row[place] = convert(row[place], expression, connection)
    return [kind.from_db(connection.alias, names, row) for row in found]


def execute(sql: str, values: Sequence[Any]) -> None:
    """Changes rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def to_instant(read: Instant) -> Instant:
    """A column's instant as the ORM gives it: SQLite keeps it in UTC, without saying so."""
    return read.replace(tzinfo=UTC) if read is not None and read.tzinfo is None else read


def from_instant(at: datetime) -> str:
    """An instant as a query's value."""
    return str(connection.ops.adapt_datetimefield_value(at))


def from_day(on: date) -> str:
    """A day as a query's value."""
    return str(connection.ops.adapt_datefield_value(on))


@functools.cache
def _format_select(kind: type[Model]) -> tuple[str, list[str], list[tuple[int, Col, Callable[..., Any]]]]:
    """The beginning of the query, the fields that it reads, and what the ORM makes of some of them."""
    meta, quote = kind._meta, connection.ops.quote_name
    converters = []
    for place, field in enumerate(meta.concrete_fields):
        column = field.get_col(meta.db_table)
        given = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
        converters += [(place, column, convert) for convert in given]
    columns = ", ".join(quote(str(field.column)) for field in meta.concrete_fields)
    names = [field.attname for field in meta.concrete_fields]
    return f"SELECT {columns} FROM {quote(meta.db_table)}", names, converters  # noqa: S608  # names of ours


@functools.cache
def _format_insert(kind: type[Model]) -> str:
    quote, meta = connection.ops.quote_name, kind._meta
    columns = [str(field.column) for field in meta.concrete_fields if field is not meta.auto_field]
    marks = ", ".join(["%s"] * len(columns))
    return (
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(map(quote, columns))}) VALUES ({marks}) "  # noqa: S608  # names of ours
        f"RETURNING {quote(str(meta.pk.column))}"
    )
