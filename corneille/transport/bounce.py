"""Tells a writer that a message failed, or is late (RFC 3464, RFC 3461 §6): never about a message without a
writer."""

from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from corneille.kernel.settings import Ground, of
from corneille.transport.bounce_words import (
    FAILED_INTRODUCTION,
    FAILED_SUBJECT,
    LATE_INTRODUCTION,
    LATE_SUBJECT,
    SENDER_NAME,
    choose_cause,
)
from corneille.transport.deliver import deliver
from corneille.transport.header_block import list_fields
from corneille.transport.queue import enqueue
from corneille.transport.recipient import find_recipient, is_local
from corneille.transport.trace import draw_reference
from corneille.transport.values import Envelope, UnknownRecipient

RETURNED_HEADER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Unserved:
    """One recipient that was not reached: enhanced status code, and what the other server said (or how it
    was silent)."""

    address: str
    status: str
    said: str


@dataclass(frozen=True, slots=True)
class Bounced:
    """What a bounce is about; `is_late`: still being tried."""

    reverse_path: str
    reference: str
    content: bytes
    queued_at: datetime
    unserved: tuple[Unserved, ...]
    is_late: bool


def bounce(bounced: Bounced, now: datetime) -> None:
    """Delivers the notice to the writer's INBOX, or queues it for a writer elsewhere; blocks until durable.

    Nothing is sent for the null reverse-path, so no bounce ever answers a bounce (RFC 5321 §4.5.5, §6.1),
    and a writer who is no longer here gets none. Raises what deliver raises for a time (DiskFull, Busy …).
    """
    if not bounced.reverse_path:
        return
    reference = draw_reference()
    notice = format_bounce(bounced, reference, now)
    if is_local(bounced.reverse_path):
        try:
            writer = find_recipient(bounced.reverse_path)
        except UnknownRecipient:
            return
        deliver("", (writer,), notice, now).result()
    else:
        enqueue(Envelope("", (bounced.reverse_path,)), notice, reference=reference, writer=None, now=now)


def format_bounce(bounced: Bounced, reference: str, now: datetime) -> bytes:
    """The notice: words for people, fields for programs, and the header of what failed (RFC 3462, RFC
    3464)."""
    ground = of(Ground)
    boundary = f"corneille-{reference}"
    subject = LATE_SUBJECT if bounced.is_late else FAILED_SUBJECT
    lines = [
        f"From: {SENDER_NAME} <mailer-daemon@{ground.domain}>",
        f"To: <{_one_line(bounced.reverse_path)}>",
        f"Subject: {Header(subject, 'utf-8').encode(linesep=chr(13) + chr(10))}",
        f"Date: {format_datetime(now)}",
        f"Message-ID: <{reference}@{ground.domain}>",
        *_thread(bounced.content),
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary="{boundary}"',
        "",
        f"--{boundary}",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *_words(bounced),
        "",
        f"--{boundary}",
        "Content-Type: message/delivery-status",
        "",
        f"Reporting-MTA: dns; {ground.host_name}",
        f"X-Corneille-Reference: {bounced.reference}",
        f"Arrival-Date: {format_datetime(bounced.queued_at)}",
        *[line for each in bounced.unserved for line in _status(each, is_late=bounced.is_late)],
        "",
        f"--{boundary}",
        "Content-Type: text/rfc822-headers; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
    ]
    written = "\r\n".join(lines).encode() + b"\r\n" + _header_of(bounced.content, boundary.encode())
    return written + f"\r\n--{boundary}--\r\n".encode()


def _words(bounced: Bounced) -> list[str]:
    introduction = LATE_INTRODUCTION if bounced.is_late else FAILED_INTRODUCTION
    causes = [choose_cause(each.status) for each in bounced.unserved]
    return [
        introduction.french,
        "",
        *_list_unserved(bounced, [cause.french for cause in causes]),
        f"Référence à donner à l’assistance : {bounced.reference}",
        "",
        "* * *",
        "",
        introduction.english,
        "",
        *_list_unserved(bounced, [cause.english for cause in causes]),
        f"Reference to give to the help desk: {bounced.reference}",
    ]


def _list_unserved(bounced: Bounced, causes: list[str]) -> list[str]:
    lines = []
    for each, cause in zip(bounced.unserved, causes, strict=True):
        lines += [f"  {_one_line(each.address)}", f"  {cause}", f"  → {_one_line(each.said)}", ""]
    return lines


def _status(unserved: Unserved, *, is_late: bool) -> list[str]:
    kind = "rfc822" if unserved.address.isascii() else "utf-8"  # RFC 6533 §3
    return [
        "",
        f"Final-Recipient: {kind}; {_one_line(unserved.address)}",
        f"Action: {'delayed' if is_late else 'failed'}",
        f"Status: {unserved.status}",
        f"Diagnostic-Code: smtp; {_one_line(unserved.said)}",
    ]


def _thread(content: bytes) -> list[str]:
    """Puts the notice in the conversation of what failed."""
    for field in list_fields(content):
        if field.name == b"message-id":
            identifier = _one_line(field.value.decode("ascii", "replace")).strip()
            if identifier.startswith("<") and identifier.endswith(">") and " " not in identifier:
                return [f"In-Reply-To: {identifier}", f"References: {identifier}"]
            break
    return []


def _header_of(content: bytes, boundary: bytes) -> bytes:
    end = max((field.end for field in list_fields(content[:RETURNED_HEADER_BYTES])), default=0)
    return content[:end].replace(b"--" + boundary, b"-- " + boundary)


def _one_line(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text)[:400]
