"""The page of a link: what the document is, and a button.

The button counts as an opening; the page, which programs that look through mail open too, does not.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corneille.documents.take import look, take
from corneille.doors.web.mail.attachment import format_disposition
from corneille.doors.web.portal.export import Download
from corneille.kernel import clock


@csrf_exempt  # no cookie opens this: the link alone does, and many mail programs open links without cookies
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, secret: str) -> HttpResponseBase:
    """For everybody who has the link; on POST the file."""
    now = clock.now()
    if request.method != "POST":
        offered = look(secret, now)
    else:
        offered, stream = take(secret, now)
        if stream is not None:
            response = Download(stream, content_type="application/octet-stream")
            response.headers["Content-Length"] = str(offered.size_bytes)
            response.headers["Content-Disposition"] = format_disposition(offered.filename)
            response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
            response.headers["X-Content-Type-Options"] = "nosniff"
            return _keep_private(response)
    status = 410 if offered.is_over else 200
    return _keep_private(render(request, "documents/shared.html", {"offered": offered}, status=status))


def _keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """The address is the key: it goes to no other site, to no search engine and into no cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
