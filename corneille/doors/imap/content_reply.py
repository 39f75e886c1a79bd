"""FETCH's data items that take the message's octets, read and taken apart: of a large message away from the loop."""

from collections.abc import Sequence

from corneille.doors.imap.content_format import find_piece, format_contents, format_piece
from corneille.doors.imap.session import Shared
from corneille.mail import fetch as mail
from corneille.mail.values import MailAccount, Row
from corneille.wire.imap.commands.fetch import BinaryItem, BodyItem

LARGE_BYTES = 1024 * 1024
"""To read as much and take it apart holds the loop for some milliseconds; a message may be of fifty times that."""

Items = Sequence[BodyItem | BinaryItem]


async def read_contents(shared: Shared, account: MailAccount, row: Row, items: Items) -> list[bytes]:
    """The items of one message in pieces, a space before each item.

    raises  Gone, StorageFault, and No for an encoding that is nobody's
    """
    piece = find_piece(items)
    if (row.size_bytes if piece is None else min(row.size_bytes, piece[1])) < LARGE_BYTES:
        return _read(account, row, items)
    async with shared.large_contents:
        return await shared.bridge.run(_read, account, row, items)


def join_items(head: bytes, items: list[bytes]) -> list[bytes]:
    """A response's beginning and its items; the first item of all has no space before it."""
    if head.endswith(b"(") and items:
        return [head + items[0][1:], *items[1:]]
    return [head, *items]


def _read(account: MailAccount, row: Row, items: Items) -> list[bytes]:
    piece = find_piece(items)
    if piece is None:
        return format_contents(items, mail.read_content(account, row.id))
    return format_piece(items[0], piece[0], mail.read_content(account, row.id, piece))
