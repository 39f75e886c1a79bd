"""« Ce n'était pas moi »: the page of the link in a notice. It shows on GET and acts on POST, signed in or not."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corneille.access.not_me import disown, read_link
from corneille.kernel import clock
from corneille.kernel.refusal import Gone


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def not_me(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """What it will do; then that it is done."""
    now, is_done = clock.now(), request.method == "POST"
    try:
        link = disown(ticket, now) if is_done else read_link(ticket, now)
    except Gone:
        link, is_done = None, False
    return render(request, "portal/not_me.html", {"is_done": is_done, "link": link})
