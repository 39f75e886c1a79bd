"""The octets of a message as they came, to look at or to save."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from corneille.doors.web.mail.attachment import format_disposition
from corneille.doors.web.mail.gate import open_mail_of_message
from corneille.doors.web.mail.opened import open_message
from corneille.doors.web.person import signed_in
from corneille.kernel.ids import MessageId

SHOWN_BYTES = 1024 * 1024
"""More than this is for saving, not for looking at."""


@require_safe
@signed_in
def source(request: HttpRequest, message_id: int) -> HttpResponseBase:
    """As text, the beginning of it; or whole, as an .eml file."""
    account = open_mail_of_message(request, message_id)
    opened = open_message(account, MessageId(message_id), request.GET.get("dans", ""))
    if request.GET.get("enregistrer") == "1":
        response = HttpResponse(opened.content, content_type="message/rfc822")
        response.headers["Content-Disposition"] = format_disposition(f"message-{message_id}.eml")
    else:
        text = opened.content[:SHOWN_BYTES].decode("utf-8", "replace").replace("\x00", "\N{SYMBOL FOR NULL}")
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
