"""What a message carries: saved by the browser, never shown by it, but for the pictures of the message's own text."""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.gate import open_mail_of_message
from corneille.doors.web.mail.message import name_attachment
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MessageId
from corneille.kernel.refusal import Gone
from corneille.wire.mime.attachments import list_attachments
from corneille.wire.mime.section import decode_body

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
"""What browsers draw without running anything: no SVG."""

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")


@require_safe
@signed_in
def attachment(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Any attachment, to save."""
    opened = _open(request, message_id)
    path = request.GET.get("partie", "")
    for each in list_attachments(opened.content, opened.root):
        if each.path == path:
            response = _answer(opened, path, each.type)
            response.headers["Content-Disposition"] = format_disposition(name_attachment(each))
            return response
    raise Gone(path=path[:50])


@require_safe
@signed_in
def picture(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """A picture that the text of the message shows (RFC 2392)."""
    opened = _open(request, message_id)
    path = request.GET.get("partie", "")
    part = opened.find(path)
    kind = f"{part.type}/{part.subtype}"
    if kind not in PICTURES:
        raise Gone(path=path[:50])
    response = _answer(opened, path, kind)
    response.headers["Content-Disposition"] = "inline"
    return response


def format_disposition(filename: str) -> str:
    """Content-Disposition of a file to save, by RFC 6266: plain letters for old browsers, RFC 8187 for the true name."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def _open(request: HttpRequest, message_id: int) -> Opened:
    return open_message(open_mail_of_message(request, message_id), MessageId(message_id), request.GET.get("dans", ""))


def _answer(opened: Opened, path: str, kind: str) -> HttpResponse:
    safe = kind if _TYPE.fullmatch(kind) else "application/octet-stream"
    response = HttpResponse(decode_body(opened.content, opened.find(path)), content_type=safe)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response
