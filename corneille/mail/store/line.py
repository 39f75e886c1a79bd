"""Messages as lines of text that SQLite itself puts together: many rows in one step of a statement.

A row that is read by itself gives the interpreter's lock away and asks for it back. Beside a thread that computes, each
asking may wait for as long as that thread may keep it, and a slice of a hundred rows asked a hundred times. And what C puts
together costs less than the objects that Python would make of it.
"""

from collections.abc import Callable, Sequence

import apsw

from corneille.kernel.ids import AccountId, MailboxId, ModSeq
from corneille.mail.store.seen import choose_source
from corneille.mail.store.sql import find_row, find_value, number_list
from corneille.mail.values import Fact

RECENT = 1 << 62
_FLAGS = f"concat(iif(a.value >= {RECENT}, iif(m.flags = '', '\\Recent', '\\Recent '), ''), m.flags)"
_COLUMNS = {
    Fact.NUMBER: "a.value >> 32 & 1073741823", Fact.UID: "m.uid", Fact.MODSEQ: "m.modseq", Fact.FLAGS: _FLAGS,
    Fact.SIZE: "m.size_bytes", Fact.CONTENT: "m.content", Fact.THREAD: "m.thread", Fact.RECEIVED: "m.received_at",
    Fact.SAVED: "m.saved_at", Fact.ENVELOPE: "c.envelope", Fact.BODY: "c.body", Fact.BODYSTRUCTURE: "c.bodystructure",
}  # fmt: skip
_INSTANTS = frozenset({Fact.RECEIVED, Fact.SAVED})
_THESE = "m.mailbox = ?2 AND m.uid = a.value & 4294967295"


def join_lines(
    connection: apsw.Connection,
    mailbox: MailboxId,
    numbered: Sequence[int],
    pattern: Sequence[str | Fact],
    since: ModSeq,
    write_instant: Callable[[int], bytes],
    reader: AccountId | None = None,
) -> tuple[int, bytes]:
    """How many of these messages are there and changed after `since`, and a line for each, in the order given.

    numbered       number << 32 | UID, so that one list says both; | RECENT, where \\Recent stands among the flags
    write_instant  seconds since 1970 as text, of one width
    """
    source, bindings = choose_source(reader), [number_list(numbered), mailbox, since]
    pieces = []
    for piece in pattern:
        if not isinstance(piece, Fact):
            pieces.append("'" + piece.replace("'", "''") + "'")
        elif piece not in _INSTANTS:
            pieces.append(_COLUMNS[piece])
        else:
            written = _write_instants(connection, source, _COLUMNS[piece], bindings[:2], write_instant)
            width = len(written) // len(numbered)
            bindings.append(written)
            pieces.append(f"substr(?{len(bindings)}, a.rowid * {width} - {width - 1}, {width})")
    content = "CROSS JOIN content c ON c.id = m.content" if any(piece.startswith("c.") for piece in pieces) else ""
    row = find_row(
        connection,
        f"SELECT count(*), CAST(group_concat(concat({', '.join(pieces)}), '') AS BLOB) FROM carray(?1) a"
        f" CROSS JOIN {source} m {content} WHERE {_THESE} AND m.modseq > ?3",
        bindings,
    )
    assert row is not None, "a count always has a row"
    return row[0], row[1] or b""


def _write_instants(
    connection: apsw.Connection, source: str, column: str, bindings: Sequence[object], write: Callable[[int], bytes]
) -> bytes:
    """An instant of each of these messages, one behind the other; of those that are there no more, any."""
    told: str = find_value(
        connection,
        f"SELECT group_concat(ifnull({column}, 0), ' ') FROM carray(?1) a LEFT JOIN {source} m ON {_THESE}",
        bindings,
    )
    return b"".join(map(write, map(int, told.split())))
