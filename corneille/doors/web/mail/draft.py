"""Drafts: a message that is being written is kept in the folder of drafts, with its attachments, as any message.

A draft's Message-ID names the letter it is a state of: `<brouillon.TOKEN@…>`. So whoever saves or sends the letter
finds every state of it, whatever its page knows, and leaves one or none.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.side import Side
from corneille.kernel.ids import MessageId, Uid
from corneille.kernel.refusal import Gone
from corneille.mail.append import append
from corneille.mail.criteria import HeaderHas
from corneille.mail.fetch import fetch
from corneille.mail.remove import remove
from corneille.mail.search import search
from corneille.mail.slices import finish
from corneille.mail.values import DRAFT, SEEN, MailAccount, NewMessage, SpecialUse
from corneille.transport.compose import AttachedFile, clean_filename
from corneille.wire.mime.attachments import list_attachments
from corneille.wire.mime.section import decode_body

_TOKEN = re.compile(r"[0-9a-f]{32}")
_MESSAGE_ID = re.compile(r"<brouillon\.([0-9a-f]{32})@[^<>]*>")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the draft: what it is, how big, and its octets.

    key  names it on the page by what it is, not by its place: the draft may be written anew while the page is open
    """

    key: str
    filename: str
    type: str
    content: bytes

    @property
    def size_bytes(self) -> int:
        return len(self.content)


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


def find_draft_of(account: MailAccount, side: Side, token: str) -> Opened | None:
    """The last state of the letter with this token; None when it was never saved, was sent or thrown away."""
    drafts, uids = side.find(SpecialUse.DRAFTS), _list_states(account, side, token)
    if drafts is None or not uids:
        return None
    rows = [row for rows in fetch(account, drafts.id, [(uids[-1], uids[-1])]) for row in rows]
    return find_draft(account, side, rows[0].id) if rows else None


def list_files(opened: Opened) -> list[KeptFile]:
    """The files attached to a draft or to a message that is sent on."""
    return [
        _keep(each.filename or f"{each.path}.bin", each.type, decode_body(opened.content, opened.find(each.path)))
        for each in list_attachments(opened.content, opened.root)
    ]


def _keep(filename: str, kind: str, content: bytes) -> KeptFile:
    key = hashlib.sha256(clean_filename(filename).encode() + b"\0" + content).hexdigest()[:32]
    return KeptFile(key, filename, kind, content)


def read_file(kept: KeptFile) -> AttachedFile:
    """One of them, to go with the letter."""
    return AttachedFile(kept.filename, kept.type, kept.content)


def save_draft(
    account: MailAccount, side: Side, content: bytes, token: str, replaced: Opened | None, now: datetime
) -> MessageId:
    """Files the draft anew, then drops the one it replaces and every other state of its letter: at no moment there is none.

    refuses  OverQuota, MessageTooLarge, DiskFull: then the older draft stays
    """
    drafts = side.find(SpecialUse.DRAFTS)
    if drafts is None:
        raise Gone
    new = NewMessage(content, now, frozenset({DRAFT, SEEN}))
    filed = append(account, drafts.id, [new]).result()[0]
    drop_drafts(account, side, token, replaced, but=filed.uid)
    return filed.id


def drop_drafts(account: MailAccount, side: Side, token: str, draft: Opened | None, *, but: Uid | None = None) -> None:
    """Removes every state of a letter for good: it was sent, replaced or thrown away."""
    drafts = side.find(SpecialUse.DRAFTS)
    if drafts is None:
        return
    uids = {*_list_states(account, side, token), *([draft.summary.uid] if draft is not None else [])} - {but}
    gone = sorted(uid for uid in uids if uid is not None)
    if gone:
        remove(account, drafts.id, gone, for_good=True).result()


def _list_states(account: MailAccount, side: Side, token: str) -> list[Uid]:
    """The UIDs of what is saved of this letter, ascending."""
    drafts = side.find(SpecialUse.DRAFTS)
    if drafts is None or not is_token(token):
        return []
    return finish(search(account, drafts.id, HeaderHas("message-id", f"<brouillon.{token}@")))


def name_draft(letter_id: str) -> str:
    """The Message-ID of a draft of the letter that will leave as `<TOKEN@…>`."""
    return f"<brouillon.{letter_id[1:]}"


def find_token(draft: Opened | None) -> str:
    """The token of the letter that a draft belongs to; a new one for a draft made by another program, and for none."""
    found = _MESSAGE_ID.fullmatch(draft.headers.text("message-id").strip()) if draft is not None else None
    return found[1] if found else secrets.token_hex(16)


def is_token(text: str) -> bool:
    """Whether this is what `compose` gives each form so that one letter is sent once."""
    return _TOKEN.fullmatch(text) is not None
