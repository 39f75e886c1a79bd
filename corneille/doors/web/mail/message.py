"""A message to read: who, when, what; its text here, its HTML in a frame of its own, its attachments, its conversation."""

from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_extension
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.answers import find_answers
from corneille.doors.web.mail.gate import open_mail_of_message
from corneille.doors.web.mail.images import are_images_shown, choose_image, may_ask
from corneille.doors.web.mail.invitation import find_invitation
from corneille.doors.web.mail.line import Line, show_line
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.side import Side, read_side
from corneille.doors.web.mail.warning import read_warning
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MessageId
from corneille.mail.fetch import list_thread
from corneille.mail.flag import FlagChange, flag
from corneille.mail.values import SEEN, MailAccount
from corneille.transport.compose import clean_filename
from corneille.wire.html.sanitise import sanitise
from corneille.wire.html.text_to_html import text_to_html
from corneille.wire.mime.address import Address, list_group_names, parse_addresses
from corneille.wire.mime.attachments import Attachment, Bodies, choose_bodies, list_attachments
from corneille.wire.mime.part import Part
from corneille.wire.mime.text import decode_text

SHOWN_ADDRESSES = 200
SHOWN_ATTACHMENTS = 200


@dataclass(frozen=True, slots=True)
class AttachmentShown:
    """One attachment and where it is fetched; `inside` is the address of a message within, to open as a page."""

    name: str
    type: str
    size_bytes: int
    url: str
    open_url: str
    sign: str


@dataclass(frozen=True, slots=True)
class Read:
    """What the template shows of a message, the message within another included."""

    subject: str
    sender: list[Address]
    to: list[Address]
    to_groups: list[str]
    cc: list[Address]
    bcc: list[Address]
    reply_to: list[Address]
    sent_at: datetime | None
    text: SafeString
    frame_url: str
    has_both: bool
    remote_image_count: int
    tracker_count: int
    is_simplified: bool
    attachments: list[AttachmentShown]


@require_safe
@signed_in
def message(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Shows a message and marks it as read."""
    account = open_mail_of_message(request, message_id)
    inside = request.GET.get("dans", "")
    opened = open_message(account, MessageId(message_id), inside)
    if SEEN not in opened.summary.flags:
        flag(account, opened.summary.mailbox, [opened.summary.uid], FlagChange.ADD, frozenset({SEEN})).result()
    side = read_side(request, account, opened.summary.mailbox)
    shows_images = are_images_shown(request, account, opened, side)
    wanted = request.GET.get("format", "")
    context = {
        "side": side, "current": side.get(opened.summary.mailbox), "summary": opened.summary, "inside": inside,
        "line": show_line(opened.summary), "read": read_message(opened, wanted, shows_images=shows_images),
        "shows_images": shows_images, "may_ask_images": may_ask(opened, side),
        "query": urlencode({"dans": inside}) if inside else "", "conversation": _list_conversation(account, opened, side),
        "format": wanted, "reminded": find_answers(request, account, opened),
        "invitation": None if side.position else find_invitation(request, opened),
        "warning": read_warning(account, opened, side.get(opened.summary.mailbox)),
    }  # fmt: skip
    return render(request, "mail/message.html", context)


def read_message(opened: Opened, wanted: str = "", *, shows_images: bool = False) -> Read:
    """Reads all that is shown; any bytes give something. `wanted` "texte": the text of an HTML message."""
    bodies = choose_bodies(opened.content, opened.root)
    shows_html = bodies.html is not None and (wanted != "texte" or bodies.plain is None)
    sanitised = None
    if shows_html and bodies.html is not None:
        # Sanitised here for its counts only; the frame's own address serves the result.
        text = decode_text(opened.content, bodies.html)
        sanitised = sanitise(text, cid_url=lambda _: None, remote_url=choose_image if shows_images else lambda _: None)
    return Read(
        subject=opened.headers.text("subject").strip() or _now("(no subject)"),
        sender=_addresses(opened, "from") or _addresses(opened, "sender"),
        to=_addresses(opened, "to"),
        to_groups=[name for raw in opened.headers.all("to") for name in list_group_names(raw)][:SHOWN_ADDRESSES],
        cc=_addresses(opened, "cc"),
        bcc=_addresses(opened, "bcc"),
        reply_to=_addresses(opened, "reply-to"),
        sent_at=_find_date(opened),
        text=_format_texts(opened, bodies, shows_html=shows_html),
        frame_url=address_of(opened, "mail:body") if shows_html else "",
        has_both=bodies.html is not None and bodies.plain is not None,
        remote_image_count=sanitised.remote_image_count if sanitised else 0,
        tracker_count=sanitised.tracker_count if sanitised else 0,
        is_simplified=bool(sanitised and sanitised.is_simplified),
        attachments=_list_attachments(opened),
    )


def address_of(opened: Opened, name: str, **query: str) -> str:
    """The address of something of this message, of the one within if that is what is open."""
    if opened.inside:
        query["dans"] = opened.inside
    url = reverse(name, args=[opened.summary.id])
    return f"{url}?{urlencode(query)}" if query else url


def _format_texts(opened: Opened, bodies: Bodies, *, shows_html: bool) -> SafeString:
    """The plain text and what follows it; text_to_html escapes all that it is given."""
    parts = [bodies.plain] if bodies.plain is not None and not shows_html else []
    texts = [_format_text(opened, part) for part in [*parts, *bodies.more] if part.subtype != "html"]
    return mark_safe('<hr class="between">'.join(each for each in texts if each))  # noqa: S308


def _format_text(opened: Opened, part: Part) -> str:
    flowed = part.parameters.get("format", "").lower() == "flowed"
    return text_to_html(
        decode_text(opened.content, part), is_flowed=flowed,
        delete_space=part.parameters.get("delsp", "").lower() == "yes", fold_label=_now("Show the quoted message"),
    )  # fmt: skip


def _addresses(opened: Opened, name: str) -> list[Address]:
    found: list[Address] = []
    for raw in opened.headers.all(name):
        found += parse_addresses(raw)
    return found[:SHOWN_ADDRESSES]


def _find_date(opened: Opened) -> datetime | None:
    sent_at = opened.headers.date()
    return sent_at if sent_at is not None and sent_at.year > 1 else None


def _list_attachments(opened: Opened) -> list[AttachmentShown]:
    found = list_attachments(opened.content, opened.root)
    return [_show_attachment(opened, each) for each in found if not each.is_inline][:SHOWN_ATTACHMENTS]


def _show_attachment(opened: Opened, attachment: Attachment) -> AttachmentShown:
    is_message = attachment.type in {"message/rfc822", "message/global"}
    open_url = ""
    if is_message:
        inside = f"{opened.inside}-{attachment.path}" if opened.inside else attachment.path
        url = reverse("mail:message", args=[opened.summary.id])
        open_url = f"{url}?{urlencode({'dans': inside})}"
    return AttachmentShown(
        name=name_attachment(attachment),
        type=attachment.type,
        size_bytes=attachment.size_bytes,
        url=address_of(opened, "mail:attachment", partie=attachment.path),
        open_url=open_url,
        sign="mail" if is_message else "image" if attachment.type.startswith("image/") else "file",
    )


def name_attachment(attachment: Attachment) -> str:
    """A name to show and to save under, whatever the sender wrote."""
    if attachment.filename:
        return clean_filename(attachment.filename)
    if attachment.type in {"message/rfc822", "message/global"}:
        return _now("message") + ".eml"
    if attachment.type == "text/calendar":
        return _now("invitation") + ".ics"
    suffix = guess_extension(attachment.type) or ".bin"
    return _now("attachment") + suffix


def _list_conversation(account: MailAccount, opened: Opened, side: Side) -> list[Line]:
    names = {each.id: each.name for each in side.folders}
    thread = list_thread(account, opened.summary.thread)[-100:]
    return [show_line(each, folder=names.get(each.mailbox, "")) for each in thread] if len(thread) > 1 else []
