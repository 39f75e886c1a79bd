"""The HTML of a message, in a document of its own that runs nothing, fetches nothing and is framed by us alone."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.gate import open_mail_of_message
from corneille.doors.web.mail.images import are_images_shown, choose_image
from corneille.doors.web.mail.message import address_of
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.side import read_side
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MessageId
from corneille.wire.html.sanitise import sanitise
from corneille.wire.mime.attachments import choose_bodies
from corneille.wire.mime.scan import walk
from corneille.wire.mime.text import decode_text

FRAME_POLICY = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Never allow-scripts: with allow-same-origin it would be no wall at all. Tried with hostile HTML in Chromium."""
PICTURES_POLICY = FRAME_POLICY.replace("img-src 'self' data:", "img-src 'self' data: https:") + "; upgrade-insecure-requests"
"""For a message whose pictures its reader asked for (see `images`)."""


@require_safe
@signed_in
def body(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """The document that the message page frames."""
    account = open_mail_of_message(request, message_id)
    opened = open_message(account, MessageId(message_id), request.GET.get("dans", ""))
    shows_images = are_images_shown(request, account, opened, read_side(request, account))
    part = choose_bodies(opened.content, opened.root).html
    text = decode_text(opened.content, part) if part is not None else ""
    pictures = _list_pictures(opened)
    shown = sanitise(
        text, cid_url=pictures.get, fold_label=_now("Show the quoted message"),
        remote_url=choose_image if shows_images else _leave_out,
    )  # fmt: skip
    # The sanitiser's result is the one text of a stranger that goes into a page unescaped.
    context = {"body": mark_safe(shown.html), "is_truncated": shown.is_truncated}  # noqa: S308
    response = HttpResponse(render_to_string("mail/body.html", context))
    response.headers["Content-Security-Policy"] = PICTURES_POLICY if shows_images else FRAME_POLICY
    # Pictures of other sites are asked for without cookies: nobody is recognised by the account they have there.
    response.headers["Cross-Origin-Embedder-Policy"] = "credentialless"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _leave_out(_url: str) -> None:
    return None


def _list_pictures(opened: Opened) -> dict[str, str]:
    """Where the pictures that the message carries are fetched, by Content-ID."""
    pictures: dict[str, str] = {}
    for path, part in walk(opened.root):
        content_id = (part.content_id or "").strip("<>")
        if content_id and part.type == "image":
            pictures.setdefault(content_id, address_of(opened, "mail:picture", partie=path))
    return pictures
