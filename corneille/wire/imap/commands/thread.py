"""THREAD and UID THREAD (RFC 5256 §3)."""

from dataclasses import dataclass

from corneille.wire.imap.commands.search import Search, parse_criteria
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused

ALGORITHMS = frozenset({"ORDEREDSUBJECT", "REFERENCES"})


@dataclass(frozen=True, slots=True)
class Thread:
    algorithm: str
    search: Search


def parse(cursor: Cursor) -> Thread:
    cursor.space()
    algorithm = cursor.word()
    if algorithm not in ALGORITHMS:
        raise SyntaxRefused("THREAD takes ORDEREDSUBJECT or REFERENCES")
    cursor.space()
    return Thread(algorithm, Search(parse_criteria(cursor)))
