"""Commands that are a word alone."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor

WORDS = ("CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "NAMESPACE", "CHECK", "CLOSE", "UNSELECT", "IDLE")


@dataclass(frozen=True, slots=True)
class Bare:
    """Nothing but the word."""


BARE = Bare()


def parse(cursor: Cursor) -> Bare:
    return BARE
