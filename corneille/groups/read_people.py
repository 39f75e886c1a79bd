"""Reads who a file names: a line for each, by mail address or identifier. Pure."""

from dataclasses import dataclass

from corneille.wire.table.read import Table, fold

ADDRESS = frozenset({
    "courriel", "mail", "mel", "email", "e mail", "adresse", "adresse mail", "adresse electronique", "adresse de courriel",
    "mail address",
})  # fmt: skip
IDENTIFIER = frozenset({"identifiant", "identifier", "login"})


class NoColumn(ValueError):
    """No title says where people are named."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a line of the file names them."""

    line: int
    typed: str


def read_people(table: Table) -> list[Named]:
    """Everybody; of a column of addresses and one of identifiers the first is read. Raises NoColumn.

    A table of one column needs no title: its first line may be a person already.
    """
    titles = [fold(each) for each in table.titles]
    column = next((number for number, title in enumerate(titles) if title in ADDRESS | IDENTIFIER), None)
    lines = table.lines
    if column is None:
        if len(titles) > 1 or any(len(cells) > 1 for _number, cells in lines):
            raise NoColumn(", ".join(each for each in table.titles if each)[:200])
        column, lines = 0, [(1, table.titles), *lines]
    found = [(number, cells[column]) for number, cells in lines if len(cells) > column and cells[column]]
    return [Named(number, text.rpartition("<")[2].rstrip("> ").removeprefix("mailto:")) for number, text in found]
