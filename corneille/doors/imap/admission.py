"""Whether a literal may come: judged on what is announced, before one octet of it is sent."""

from corneille.doors.frame.limits import TOGETHER
from corneille.doors.imap.place import find_place
from corneille.doors.imap.replies import Bad, No, reply_to
from corneille.doors.imap.session import Session
from corneille.doors.imap.shared_name import is_shared_name
from corneille.kernel.settings import of
from corneille.mail.changes import get_quota
from corneille.mail.settings import MailSettings
from corneille.mail.values import MailAccount, OverQuota
from corneille.people.position_right import PositionRight
from corneille.wire.imap.parse import find_append_target
from corneille.wire.imap.splitter import LiteralAsked

NON_SYNCHRONISING_BYTES = 4096
"""LITERAL- (RFC 7888 §5)."""

STRANGER_BYTES = 8192
"""All the literals of one command of somebody who has not signed in."""


async def judge_literal(asked: LiteralAsked, session: Session) -> No | Bad | None:
    """None when it may come, else what the client is told."""
    if session.mail is None:
        if asked.total_bytes > STRANGER_BYTES:
            return Bad("Sign in before sending so much", "TOOBIG")
    elif _is_append(asked.head):
        refused = await _judge_message(asked, session)
        if refused is not None:
            return refused
    elif asked.total_bytes > session.shared.limits.literal_bytes:
        return Bad(f"A literal that is no message has {session.shared.limits.literal_bytes} octets at most", "TOOBIG")
    if not asked.synchronising and asked.size_bytes > NON_SYNCHRONISING_BYTES:
        return Bad(f"A literal of more than {NON_SYNCHRONISING_BYTES} octets waits for leave (RFC 7888)", "TOOBIG")
    return None


async def _judge_message(asked: LiteralAsked, session: Session) -> No | None:
    limit = of(MailSettings).message_bytes
    if asked.size_bytes > limit:
        return No(f"A message has {limit} octets at most", "TOOBIG")
    if asked.total_bytes > TOGETHER * limit:
        return No(f"Messages sent together have {TOGETHER * limit} octets at most", "TOOBIG")
    account = await _find_charged(asked.head, session)
    if account is None:
        return None
    quota = get_quota(account)
    if quota.used_bytes + asked.total_bytes > quota.limit_bytes:
        return reply_to(OverQuota())
    return None


async def _find_charged(head: bytes, session: Session) -> MailAccount | None:
    """Whose quota a message counts against; None: that of nobody yet, or where it may not go, which is said when it has
    come.
    """
    if session.selected is not None and head.split(b" ", 2)[1].upper() != b"APPEND":
        return None  # what REPLACE takes away makes room: how much, its transaction knows
    name = find_append_target(head, utf8=session.is_utf8)
    if name is None or not is_shared_name(name):
        return None if name is None else session.opened
    place = await find_place(session, name)
    return place.account if place.position is not None and place.position.may(PositionRight.WRITE) else None


def _is_append(head: bytes) -> bool:
    words = [word.upper() for word in head.split(b" ", 3)[1:3]]
    return words[:1] in ([b"APPEND"], [b"REPLACE"]) or words == [b"UID", b"REPLACE"]
