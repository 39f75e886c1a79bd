"""One frame, one command."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corneille.wire.imap.commands import (
    acl,
    append,
    authenticate,
    bare,
    cancel_update,
    compress,
    copy,
    create,
    delete,
    enable,
    expunge,
    fetch,
    identify,
    list,
    login,
    metadata,
    notify,
    quota,
    rename,
    replace,
    search,
    select,
    sort,
    status,
    store,
    subscribe,
    thread,
)
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.splitter import Frame
from corneille.wire.imap.syntax import SyntaxRefused

_PARSERS: dict[str, Callable[[Cursor], Any]] = {
    **dict.fromkeys(bare.WORDS, bare.parse),
    "LOGIN": login.parse,
    "AUTHENTICATE": authenticate.parse,
    "COMPRESS": compress.parse,
    "ENABLE": enable.parse,
    "ID": identify.parse,
    "SELECT": select.parse,
    "EXAMINE": select.parse,
    "CREATE": create.parse,
    "DELETE": delete.parse,
    "RENAME": rename.parse,
    "SUBSCRIBE": subscribe.parse,
    "UNSUBSCRIBE": subscribe.parse,
    "NOTIFY": notify.parse,
    "LIST": list.parse,
    "LSUB": list.parse_lsub,
    "STATUS": status.parse,
    "APPEND": append.parse,
    "EXPUNGE": expunge.parse,
    "SEARCH": search.parse,
    "SORT": sort.parse,
    "CANCELUPDATE": cancel_update.parse,
    "THREAD": thread.parse,
    "FETCH": fetch.parse,
    "STORE": store.parse,
    "REPLACE": replace.parse,
    "COPY": copy.parse,
    "MOVE": copy.parse,
    "MYRIGHTS": acl.parse_mailbox,
    "GETACL": acl.parse_mailbox,
    "LISTRIGHTS": acl.parse_identifier,
    "SETACL": acl.parse_rights,
    "DELETEACL": acl.parse_identifier,
    "GETQUOTA": quota.parse_root,
    "GETQUOTAROOT": quota.parse_mailbox,
    "SETQUOTA": quota.parse_set,
    "GETMETADATA": metadata.parse_get,
    "SETMETADATA": metadata.parse_set,
}
_UID_PARSERS: dict[str, Callable[[Cursor], Any]] = {
    "EXPUNGE": expunge.parse_uid,
    "SEARCH": search.parse,
    "SORT": sort.parse,
    "THREAD": thread.parse,
    "FETCH": fetch.parse,
    "STORE": store.parse,
    "REPLACE": replace.parse,
    "COPY": copy.parse,
    "MOVE": copy.parse,
}


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was written: `value` is the frozen value of `commands/<word>`."""

    tag: str
    word: str
    value: Any
    is_uid: bool = False


def parse_command(frame: Frame, *, utf8: bool = False) -> Command:
    """Reads one command. Raises SyntaxRefused, with the tag when there is one."""
    cursor = Cursor(frame, utf8=utf8)
    tag = cursor.tag()
    try:
        cursor.space()
        word = cursor.word()
        is_uid = word == "UID"
        if is_uid:
            cursor.space()
            word = cursor.word()
        parser = (_UID_PARSERS if is_uid else _PARSERS).get(word)
        if parser is None:
            raise SyntaxRefused("no such command")
        value = parser(cursor)
        cursor.end()
    except SyntaxRefused as refused:
        refused.tag = tag
        raise
    return Command(tag, word, value, is_uid)


def find_tag(head: bytes) -> str | None:
    """The tag of a command that could not be framed, if it begins with one."""
    try:
        return Cursor(Frame((head,)), utf8=False).tag()
    except SyntaxRefused:
        return None


def find_append_target(head: bytes, *, utf8: bool) -> str | None:
    """The mailbox of an APPEND that announces a literal; None for other commands, and where the literal is its name."""
    cursor = Cursor(Frame((head,)), utf8=utf8)
    try:
        cursor.tag()
        cursor.space()
        if cursor.word() != "APPEND":
            return None
        cursor.space()
        return cursor.mailbox()
    except SyntaxRefused:
        return None
