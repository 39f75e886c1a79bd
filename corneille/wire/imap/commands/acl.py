"""MYRIGHTS, GETACL, LISTRIGHTS, SETACL, DELETEACL (RFC 4314 §3)."""

from dataclasses import dataclass

from corneille.wire.imap.cursor import Cursor


@dataclass(frozen=True, slots=True)
class Acl:
    """Whose rights to what; `identifier` and `rights` are "" where the command has none."""

    mailbox: str
    identifier: str = ""
    rights: str = ""


def parse_mailbox(cursor: Cursor) -> Acl:
    cursor.space()
    return Acl(cursor.mailbox())


def parse_identifier(cursor: Cursor) -> Acl:
    cursor.space()
    mailbox = cursor.mailbox()
    cursor.space()
    return Acl(mailbox, cursor.text())


def parse_rights(cursor: Cursor) -> Acl:
    named = parse_identifier(cursor)
    cursor.space()
    return Acl(named.mailbox, named.identifier, cursor.text())
