"""A conversation with what programs read in it: whom each message answers, whether a program wrote it, its files."""

import re
from dataclasses import dataclass

from corneille.mail import store
from corneille.mail.searchable import fold
from corneille.mail.store import listing
from corneille.mail.store.message import find_contents
from corneille.mail.store.search_text import read_texts
from corneille.mail.store.thread import find_thread
from corneille.mail.values import MailAccount, Summary
from corneille.wire.mime.automatic import is_automatic, is_report
from corneille.wire.mime.header import Headers
from corneille.wire.mime.message_id import parse_message_ids

_PART_FIELD = re.compile(r"(?m)^([0-9][0-9.]*) (content-(?:disposition|type|id)): (.*)$")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message of a conversation.

    message_id, refers_to  folded: no two identifiers differ in case but by malice
    """

    summary: Summary
    message_id: str
    refers_to: frozenset[str]
    is_automatic: bool
    is_report: bool
    attachments_count: int


def read_conversation(account: MailAccount, message_id: str) -> list[Spoken]:
    """Every message of the conversation in which a Message-ID stands, outside Trash and Junk, oldest first.

    No content is read where the search index has been there: thirty answers with photographs cost what thirty lines do.
    """
    shard = store.current().shard(account.shard)
    with shard.snapshot() as connection:
        thread = find_thread(connection, account.id, message_id)
        found = [] if thread is None else listing.list_thread(connection, account.id, thread, account.reader)
        contents = find_contents(connection, account.id, [each.id for each in found])
        texts = read_texts(connection, shard.contents, list(contents.items()), needs_body=False)
        headers = {message: told.header for message, told in texts}
    return [_read(each, headers[each.id]) for each in found]


def _read(summary: Summary, header: str) -> Spoken:
    headers = Headers(header.encode())
    own = parse_message_ids(headers.get("message-id") or b"")
    referred = [each for name in ("in-reply-to", "references") for each in parse_message_ids(headers.get(name) or b"")]
    return Spoken(
        summary, fold_id(own[0]) if own else "", frozenset(map(fold_id, referred)),
        is_automatic(headers), is_report(headers),
        max(_count_files(header), 1) if summary.has_attachment and not is_report(headers) else 0,
    )  # fmt: skip


def fold_id(message_id: str) -> str:
    """A Message-ID as conversations compare it."""
    return fold(message_id)


def _count_files(header: str) -> int:
    """Parts that are files: said to be attached, or named and not a picture that the text shows by its Content-ID."""
    parts: dict[str, dict[str, str]] = {}
    for path, name, value in _PART_FIELD.findall(header):
        parts.setdefault(path, {})[name] = value
    return sum(map(_is_file, parts.values()))


def _is_file(fields: dict[str, str]) -> bool:
    said, kind = fields.get("content-disposition", ""), fields.get("content-type", "")
    is_named = "name=" in kind or "name*" in kind or "name" in said
    return said.startswith("attachment") or kind.startswith("message/rfc822") or (is_named and "content-id" not in fields)
