"""Pictures kept elsewhere: shown for one message or always for its sender, when the reader says so, never in Junk.

The reader's browser fetches them itself, from a frame whose policy alone allows it; no server of ours does. A proxy
would hide the reader's network address, but our servers would then fetch whatever a stranger writes, from inside the
académie's network, and a page's thread (there are eight) would wait for the stranger's slowest server. What the browser
gives away is held down instead: no referrer, no cookies (the frame asks for credentialless), https only, and no address
in the reader's own network (`wire/html/remote_image`). Trackers (2 pixels or less) are never fetched, agreed or not.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_http_methods, require_POST

from corneille.doors.web.mail.gate import open_mail, open_mail_of_message
from corneille.doors.web.mail.opened import Opened, open_message
from corneille.doors.web.mail.side import Side, read_side
from corneille.doors.web.person import signed_in
from corneille.kernel import clock
from corneille.kernel.ids import MessageId
from corneille.kernel.settings import Ground, of
from corneille.mail.image_consent import TooManySenders, allow_images, forget_images, list_image_senders, shows_images
from corneille.mail.values import MailAccount
from corneille.wire.html.remote_image import choose_remote_image

_ONCE = "mail-images"
MESSAGES = 100
"""Messages whose pictures were asked for are remembered until the session ends, the last of them."""


@require_POST
@signed_in
def show_images(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """Shows them, once or always for the sender, and goes back to the message."""
    account = open_mail_of_message(request, message_id)
    opened = open_message(account, MessageId(message_id), request.POST.get("dans", ""))
    if may_ask(opened, read_side(request, account)):
        # For a position it would be an agreement in the name of everybody who reads there.
        if request.POST.get("pour") == "expediteur" and not opened.inside and account.reader is None:
            _allow(request, account, opened)
        kept = [each for each in request.session.get(_ONCE, []) if each != message_id]
        request.session[_ONCE] = [*kept, message_id][-MESSAGES:]
    response = redirect("mail:message", message_id)
    if opened.inside:
        response.headers["Location"] += f"?dans={opened.inside}"
    return response


def _allow(request: HttpRequest, account: MailAccount, opened: Opened) -> None:
    sender = opened.summary.sender_address
    try:
        allow_images(account, sender, clock.now())
    except TooManySenders:
        messages.error(request, _now("There are too many senders in your list. Take some out first."))
        return
    told = _now("The pictures of %(address)s are shown from now on. You can change this in “Pictures”.")
    messages.success(request, told % {"address": sender})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def image_senders(request: HttpRequest) -> HttpResponseBase:
    """The list of senders whose pictures are shown; on POST takes one off."""
    account = open_mail(request)
    if request.method == "POST":
        sender = request.POST.get("expediteur", "")
        forget_images(account, sender)
        messages.success(request, _now("The pictures of %(address)s are shown no more.") % {"address": sender})
        return redirect("mail:images")
    context = {"side": read_side(request, account), "senders": list_image_senders(account), "page": "images"}
    return render(request, "mail/images.html", context)


def are_images_shown(request: HttpRequest, account: MailAccount, opened: Opened, side: Side) -> bool:
    """Whether the reader agreed, for this message or for its sender."""
    if not may_ask(opened, side):
        return False
    if opened.summary.id in request.session.get(_ONCE, []):
        return True
    return not opened.inside and shows_images(account, opened.summary.sender_address)


def may_ask(opened: Opened, side: Side) -> bool:
    """Whether showing them may be offered at all."""
    return not side.get(opened.summary.mailbox).is_junk


def choose_image(url: str) -> str | None:
    """The address that the reader's browser is given for a picture kept elsewhere, or None."""
    ground = of(Ground)
    return choose_remote_image(url, {ground.host_name.lower(), ground.domain.lower()})
