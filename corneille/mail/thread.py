"""Messages as conversations (RFC 5256 §3)."""

from collections.abc import Sequence

from corneille.kernel.ids import MailboxId
from corneille.mail import store
from corneille.mail.collation import collate
from corneille.mail.slices import Slice, Work
from corneille.mail.store.ordering import Facts, read_facts, read_headers
from corneille.mail.threading import Node, Threaded, thread_by_references, thread_by_subject
from corneille.mail.values import MailAccount
from corneille.wire.mime.message_id import parse_message_ids
from corneille.wire.mime.subject import split_subject

REFERENCES = 100
"""Of a message; of more, the last ones."""


def thread(account: MailAccount, mailbox: MailboxId, uids: Sequence[int], *, by_references: bool) -> Work[list[Node]]:
    """Trees of these ascending UIDs."""
    shard = store.current().shard(account.shard)
    facts: list[Facts] = []
    slice = Slice()
    for some in read_facts(shard.reader(), mailbox, uids, with_envelope=False):
        facts += some
        yield from slice.pause()
    if not by_references:
        return (yield from thread_by_subject((_make(each) for each in facts), slice))
    messages: list[Threaded] = []
    for read in read_headers(shard.reader(), shard.contents, facts):
        messages += [_make(each, header) for each, header in read]
        yield from slice.pause()
    return (yield from thread_by_references(messages, slice))


def _make(facts: Facts, header: str = "") -> Threaded:
    subject, is_answer = split_subject(facts.subject)
    own = _find_ids(header, "message-id")
    references = _find_ids(header, "references")[-REFERENCES:] or _find_ids(header, "in-reply-to")[:1]
    return Threaded(facts.uid, facts.sent_s, collate(subject), is_answer, own[0] if own else None, references)


def _find_ids(header: str, name: str) -> list[str]:
    """A field's identifiers; folded, which no two of them differ in but by malice."""
    _, found, rest = f"\n{header}".partition(f"\n{name}: ")
    return parse_message_ids(rest.partition("\n")[0].encode()) if found else []
