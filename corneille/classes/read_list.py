"""Reads a school's list of pupils and of those responsible for them: CSV, as spreadsheets and school tools write it.

Line by line: what is wrong is left out and told, the rest is read. Lines of one pupil are one pupil. Pure.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from corneille.classes.columns import PUPIL, Column, Holds, read_title
from corneille.classes.pupil import GUARDIANS, NAME_CHARS, ROLE_CHARS, GuardianSaid, PupilSaid
from corneille.kernel.refusal import Refusal
from corneille.transport.compose import is_address
from corneille.wire.table.read import Unreadable, decode_table, fold, read_table


class ListRefused(Refusal):
    """Nothing can be read of the file; data["reason"]: empty, spreadsheet, too-big, too-long, malformed, no-names."""

    code = "class-list-refused"


class Wrong(StrEnum):
    """What is wrong in a line, and so was left out."""

    NO_NAME = "no-name"  # of the pupil: the line
    EXTRA_CELLS = "extra-cells"  # than there are titles: the line
    BAD_ADDRESS = "bad-address"  # of the pupil: the address
    BAD_GUARDIAN_ADDRESS = "bad-guardian-address"  # the guardian
    NO_GUARDIAN_ADDRESS = "no-guardian-address"  # the guardian
    OTHER_ADDRESS = "other-address"  # than a line before says of this pupil: the later one
    MANY_GUARDIANS = "many-guardians"  # those beyond
    LONG_NAME = "long-name"  # its end


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the file (its first is 1): `about`: whose line; `shown`: the words at fault."""

    line: int
    wrong: Wrong
    about: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class ListRead:
    """What a file says.

    classes   those that its lines name, in their order; empty where there is no such column
    left_out  titles of columns that are not read
    """

    pupils: tuple[PupilSaid, ...]
    faults: tuple[Fault, ...]
    classes: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    lines_count: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: dict[Column, str]

    def get(self, holds: Holds, whose: int = PUPIL) -> str:
        return next((text for column, text in self.cells.items() if (column.holds, column.whose) == (holds, whose)), "")


def decode_list(content: bytes) -> str:
    """The text of a file. Raises ListRefused."""
    with _refusing():
        return decode_table(content)


def read_list(text: str, only: str = "") -> ListRead:
    """Reads a list; `only`: the lines of this class, where the file names classes; "" for all. Raises ListRefused."""
    with _refusing():
        table = read_table(text)
    titles, lines = table.titles, table.lines
    columns = _choose_columns(titles)
    left_out = tuple(title for title, column in zip(titles, columns, strict=True) if column is None and title)
    if not any(each is not None and each.whose == PUPIL and each.holds in _NAMES for each in columns):
        raise ListRefused(reason="no-names", titles=", ".join(each for each in titles if each)[:200])
    faults: list[Fault] = []
    rows = list(_read_rows(columns, lines, faults))
    classes = tuple(dict.fromkeys(name for each in rows if (name := each.get(Holds.CLASS))))
    kept = [each for each in rows if not only or not classes or fold(each.get(Holds.CLASS)) == fold(only)]
    chosen = {each.line for each in kept}
    told = [each for each in faults if each.wrong is Wrong.EXTRA_CELLS or each.line in chosen]
    pupils = _merge(kept, told)
    return ListRead(tuple(pupils), tuple(sorted(told, key=lambda each: each.line)), classes, left_out, len(kept))


_NAMES = {Holds.NAME, Holds.FAMILY}


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Unreadable as unreadable:
        raise ListRefused(reason=unreadable.reason, **unreadable.data) from None


def _choose_columns(titles: Sequence[str]) -> list[Column | None]:
    """What each column holds; of two that hold the same, the first."""
    chosen: list[Column | None] = []
    taken: set[tuple[Holds, int]] = set()
    for title in titles:
        column = read_title(title)
        if column is not None and (column.holds, column.whose) in taken:
            column = None
        if column is not None:
            taken.add((column.holds, column.whose))
        chosen.append(column)
    return chosen


def _read_rows(
    columns: Sequence[Column | None], lines: Sequence[tuple[int, list[str]]], faults: list[Fault]
) -> Iterator[_Row]:
    for number, cells in lines:
        if any(cells[len(columns) :]):
            faults.append(Fault(number, Wrong.EXTRA_CELLS, shown=cells[0][:NAME_CHARS]))
            continue
        told = {column: cell for column, cell in zip(columns, cells, strict=False) if column is not None and cell}
        yield _Row(number, told)


def _merge(rows: Sequence[_Row], faults: list[Fault]) -> list[PupilSaid]:
    """One pupil for all the lines that have their name: schools write a line for each guardian, or one for all."""
    found: dict[str, PupilSaid] = {}
    for row in rows:
        pupil = _read_pupil(row, faults)
        if pupil is None:
            continue
        key = fold(f"{pupil.family_name} {pupil.given_name}")
        former = found.get(key)
        found[key] = _bound(pupil if former is None else _join(former, pupil, row.line, faults), row.line, faults)
    return list(found.values())


def _read_pupil(row: _Row, faults: list[Fault]) -> PupilSaid | None:
    family, given = _read_name(row, PUPIL)
    if not fold(family + given):
        faults.append(Fault(row.line, Wrong.NO_NAME))
        return None
    name = f"{given} {family}".strip()
    if max(len(family), len(given)) > NAME_CHARS:
        faults.append(Fault(row.line, Wrong.LONG_NAME, name[:NAME_CHARS]))
        family, given = family[:NAME_CHARS], given[:NAME_CHARS]
    raw = row.get(Holds.ADDRESS)
    address = parse_address(raw)
    if raw and not address:
        faults.append(Fault(row.line, Wrong.BAD_ADDRESS, name, raw[:NAME_CHARS]))
    return PupilSaid(family, given, address, _read_guardians(row, name, faults))


def _read_guardians(row: _Row, name: str, faults: list[Fault]) -> tuple[GuardianSaid, ...]:
    found: dict[str, GuardianSaid] = {}
    for whose in sorted({column.whose for column in row.cells} - {PUPIL}):
        family, given = _read_name(row, whose)
        raw = row.get(Holds.ADDRESS, whose)
        address = parse_address(raw)
        if address:
            titled = next((each.role for each in row.cells if each.whose == whose and each.role), "")
            role = row.get(Holds.ROLE, whose) or titled
            said = GuardianSaid(family[:NAME_CHARS], given[:NAME_CHARS], address, role[:ROLE_CHARS])
            found.setdefault(said.address + fold(said.name), said)
        elif raw:
            faults.append(Fault(row.line, Wrong.BAD_GUARDIAN_ADDRESS, name, raw[:NAME_CHARS]))
        elif family or given:
            faults.append(Fault(row.line, Wrong.NO_GUARDIAN_ADDRESS, name, f"{given} {family}".strip()[:NAME_CHARS]))
    return tuple(found.values())


def _read_name(row: _Row, whose: int) -> tuple[str, str]:
    """Family name and given name; a name that is whole stands where family names do, so that it sorts."""
    return row.get(Holds.FAMILY, whose) or row.get(Holds.NAME, whose), row.get(Holds.GIVEN, whose)


def _join(former: PupilSaid, pupil: PupilSaid, line: int, faults: list[Fault]) -> PupilSaid:
    if former.address and pupil.address and former.address != pupil.address:
        faults.append(Fault(line, Wrong.OTHER_ADDRESS, pupil.name, pupil.address))
    known = {each.address + fold(each.name) for each in former.guardians}
    guardians = (*former.guardians, *(each for each in pupil.guardians if each.address + fold(each.name) not in known))
    return replace(former, address=former.address or pupil.address, guardians=guardians)


def _bound(pupil: PupilSaid, line: int, faults: list[Fault]) -> PupilSaid:
    if len(pupil.guardians) > GUARDIANS:
        faults.append(Fault(line, Wrong.MANY_GUARDIANS, pupil.name))
    return replace(pupil, guardians=pupil.guardians[:GUARDIANS])


def parse_address(text: str) -> str:
    """The address that a cell says, in small letters; "" where it is none that every server takes."""
    address = text.rpartition("<")[2].rstrip("> ").removeprefix("mailto:").strip().lower()
    return address if address.isascii() and is_address(address) else ""
