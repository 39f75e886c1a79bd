"""Where two servers' answers differ, and the rows that accept it: no difference without a row, no row without use."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

SHOWN_CHARACTERS = 400

RecordProperty: TypeAlias = Callable[[str, object], None]
"""pytest's `record_property`: what stands there under "counted" is shown at the end."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer to one question about one message (or one step of a conversation)."""

    asked: str
    about: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.asked} of {self.about}:\n  ours:   {_shorten(self.ours)}\n  theirs: {_shorten(self.theirs)}"


@dataclass(frozen=True, slots=True)
class Row:
    """Differences that are right as they are.

    asked    a regular expression that matches the whole question
    about    the messages (or steps), each by its name, separated by spaces; "*" for any
    section  where it is written
    why      a sentence for the page
    when     of our answer and theirs: true where the reason holds
    """

    asked: str
    about: str
    section: str
    why: str
    when: Callable[[Any, Any], bool] | None = None

    def accepts(self, difference: Difference) -> bool:
        return (
            (self.about == "*" or difference.about in self.about.split())
            and re.fullmatch(self.asked, difference.asked) is not None
            and (self.when is None or self.when(difference.ours, difference.theirs))
        )


def settle(differences: Iterable[Difference], rows: Sequence[Row], *, must_use: bool = True) -> str:
    """Raises AssertionError for a difference that no row accepts, and for a row, or a name in one, that met none.

    must_use  False: for messages that are not always there
    returns   a line that counts
    """
    found = list(differences)
    unexplained = [each for each in found if not any(row.accepts(each) for row in rows)]
    assert not unexplained, f"{len(unexplained)} differences without a row:\n" + "\n".join(map(str, unexplained[:20]))
    if must_use:
        idle = [
            f"{row.asked}: {name}"
            for row in rows
            for name in row.about.split()
            if not any(name in {"*", each.about} and row.accepts(each) for each in found)
        ]
        assert not idle, f"rows that no difference uses: {idle}"
    return f"{len(found)} differences, each accepted by one of {len(rows)} rows"


def _shorten(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= SHOWN_CHARACTERS else shown[:SHOWN_CHARACTERS] + "…"
