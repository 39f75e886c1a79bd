"""Drafts: a message that is being written is kept in the folder of drafts, with its attachments, as any message."""

import re
from dataclasses import dataclass
from datetime import datetime

from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.side import Side
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone
from corneille.mail.append import append
from corneille.mail.flag import FlagChange, flag
from corneille.mail.move import expunge
from corneille.mail.values import DELETED, DRAFT, SEEN, MailAccount, NewMessage, SpecialUse
from corneille.transport.compose import AttachedFile
from corneille.wire.mime.attachments import list_attachments
from corneille.wire.mime.section import decode_body

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the draft: its place in the draft, what it is, how big."""

    path: str
    filename: str
    type: str
    size_bytes: int


def find_draft(account: MailAccount, side: Side, message: MessageId | None) -> Opened | None:
    """The draft with this id; None when it is gone, was sent, or is no draft."""
    drafts = side.find(SpecialUse.DRAFTS)
    if message is None or drafts is None:
        return None
    try:
        opened = open_message(account, message)
    except Gone:
        return None
    return opened if opened.summary.mailbox == drafts.id else None


def list_files(opened: Opened) -> list[KeptFile]:
    """The files attached to a draft or to a message that is sent on."""
    return [
        KeptFile(each.path, each.filename or f"{each.path}.bin", each.type, each.size_bytes)
        for each in list_attachments(opened.content, opened.root)
    ]


def read_file(opened: Opened, kept: KeptFile) -> AttachedFile:
    """The octets of one of them."""
    return AttachedFile(kept.filename, kept.type, decode_body(opened.content, opened.find(kept.path)))


def save_draft(account: MailAccount, side: Side, content: bytes, replaced: Opened | None, now: datetime) -> MessageId:
    """Files the draft anew, then drops the one it replaces: at no moment there is none.

    refuses  OverQuota, MessageTooLarge, DiskFull: then the older draft stays
    """
    drafts = side.find(SpecialUse.DRAFTS)
    if drafts is None:
        raise Gone
    new = NewMessage(content, now, frozenset({DRAFT, SEEN}))
    filed = append(account, drafts.id, [new]).result()[0]
    if replaced is not None:
        drop_draft(account, replaced)
    return filed.id


def drop_draft(account: MailAccount, draft: Opened) -> None:
    """Removes a draft for good: it was sent, replaced or thrown away."""
    summary = draft.summary
    flag(account, summary.mailbox, [summary.uid], FlagChange.ADD, frozenset({DELETED})).result()
    expunge(account, summary.mailbox, [summary.uid]).result()


def is_token(text: str) -> bool:
    """Whether this is what `compose` gives each form so that one letter is sent once."""
    return _TOKEN.fullmatch(text) is not None
