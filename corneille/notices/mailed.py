"""Notices by mail: what a service sends to the gateway's address is the post of the API, with the credential within.

For programs that can send mail and nothing else. The first text of the message is one JSON object as the API wants it, and
"credential" beside. The answer goes to the sender of a message whose credential is good; all else is thrown away unanswered,
so that nobody is written to because of a forged sender.
"""

import itertools
import json
import logging
from datetime import datetime
from functools import partial

from django.db import OperationalError

from corneille.kernel.ids import MailboxId, Uid
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.mail.fetch import fetch, read_content
from corneille.mail.mailbox import find_mailbox
from corneille.mail.names import INBOX
from corneille.mail.remove import remove
from corneille.mail.robot import find_robot_address, open_robot, settle_each
from corneille.mail.values import MailAccount, Row
from corneille.notices.gateway_settings import Gateway
from corneille.notices.plain import Plain, format_plain
from corneille.notices.post import post_notice
from corneille.notices.posting import PostRefused, parse_posting
from corneille.notices.service import ServiceShown, find_service
from corneille.notices.write_limit import TooManyPosts
from corneille.transport.queue import enqueue
from corneille.transport.trace import draw_reference
from corneille.transport.values import Envelope
from corneille.wire.mime.address import parse_addresses
from corneille.wire.mime.header import Headers, parse_headers
from corneille.wire.mime.part import Part
from corneille.wire.mime.scan import scan, walk
from corneille.wire.mime.text import decode_text

logger = logging.getLogger(__name__)

AT_ONCE = 50
TASK = "mailed-notices"
FAULT = "failed: a fault of the server, whose operator is told: nothing of this post was kept"
LAST_UID = Uid(2**32 - 1)
TEXTS = frozenset({("text", "plain"), ("application", "json")})


def find_gateway_address() -> str:
    """The address to write to; "" where the gateway takes no mail."""
    return find_robot_address(of(Gateway).mail_local_part)


def read_mailed(now: datetime) -> int:
    """Posts what has come; gives how many messages were settled. What may come in a minute again stays."""
    mail = open_robot(of(Gateway).mail_local_part, "Avis des services", now)
    inbox = find_mailbox(mail, INBOX) if mail is not None else None
    if mail is None or inbox is None:
        return 0
    rows = itertools.chain.from_iterable(fetch(mail, inbox.id, [(Uid(1), LAST_UID)]))
    oldest = list(itertools.islice(rows, AT_ONCE))  # first: a later one changes what an earlier one said
    return settle_each(mail, inbox.id, oldest, partial(_settle, mail, inbox.id, now), TASK)


def _settle(mail: MailAccount, inbox: MailboxId, now: datetime, row: Row) -> bool:
    """Posts and answers; False where the service has posted too much for now."""
    content = read_content(mail, row.id)
    root = scan(content)
    told = _find_post(content, root)
    service = find_service(str(told.pop("credential", "")))
    if service is not None and service.closed_at is None:
        headers = parse_headers(content, root)
        try:
            said = _post(service, told, now)
        except TooManyPosts:
            return False
        except (OperationalError, OSError):
            raise  # it is tried again
        except Exception:
            _answer(headers, FAULT, now)
            raise
        _answer(headers, said, now)
    else:
        logger.warning("a mail without a good credential", extra={"uid": row.uid})
    remove(mail, inbox, [row.uid], for_good=True).result()
    return True


def _find_post(content: bytes, root: Part) -> dict[str, object]:
    """The object in the first text that is one; empty: there is none."""
    for _, part in walk(root):
        if (part.type, part.subtype) in TEXTS and part.message is None:
            try:
                told = json.loads(decode_text(content, part)[: of(Gateway).body_bytes])
            except (ValueError, RecursionError):
                continue
            if isinstance(told, dict):
                return told
    return {}


def _post(service: ServiceShown, told: dict[str, object], now: datetime) -> str:
    """What became of it, in the words of the API. Raises TooManyPosts."""
    try:
        posted = post_notice(service, parse_posting(json.dumps(told).encode()), now)
    except PostRefused as refused:
        return f"refused: {refused.field or 'body'}: {refused.reason}: {refused.told}"
    return f"{posted.outcome}: {posted.key}: {posted.people_count}"


def _answer(headers: Headers, said: str, now: datetime) -> None:
    """To who sent it, with the null reverse-path (RFC 3834): nothing answers an answer."""
    raw = headers.get("from")
    sender = next(iter(parse_addresses(raw) if raw else []), None)
    if sender is None or not sender.address:
        return
    reference = draw_reference()
    content = format_plain(Plain(sender.address, said[:150], said, now, reference, is_answer=True))
    try:
        enqueue(Envelope("", (sender.address,)), content, reference=reference, writer=None, now=now)
    except Refusal as refused:
        logger.warning("no answer to a mailed notice", extra={"why": refused.code})
