"""Pages of a result (RFC 9394): `1:100` from its beginning, `-1:-100` from its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Partial:
    """Places from 1, `first` not after `last`; counted from the end when `is_back`."""

    first: int
    last: int
    is_back: bool = False

    def cut(self, items: Sequence[Item]) -> Sequence[Item]:
        """The items of this page, in their order."""
        if not self.is_back:
            return items[self.first - 1 : self.last]
        count = len(items)
        return items[max(count - self.last, 0) : max(count - self.first + 1, 0)]

    def __bytes__(self) -> bytes:
        return (b"-%d:-%d" if self.is_back else b"%d:%d") % (self.first, self.last)


def parse_partial(cursor: Cursor) -> Partial:
    """A range, either way round. Both ends count from the same side."""
    is_back = cursor.take(b"-")
    one = cursor.number()
    cursor.expect(b":")
    if cursor.take(b"-") is not is_back:
        raise SyntaxRefused("PARTIAL counts from one side")
    other = cursor.number()
    if one == 0 or other == 0:
        raise SyntaxRefused("PARTIAL counts from 1")
    return Partial(min(one, other), max(one, other), is_back)
