"""On to another site. A form of ours may lead to our pages only (`form-action`), and browsers hold its redirections to
that: where a form was on the way, a page leads on by itself."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render


def send_onward(request: HttpRequest, url: str, name: str) -> HttpResponseBase:
    """To an address that a service registered; `name`: the service's."""
    is_of_program = urlsplit(url).scheme not in {"http", "https"}  # Django sends nobody there by itself
    if is_of_program or request.headers.get("Sec-Fetch-Site") in {"same-origin", "same-site"}:
        return render(request, "sso/onward.html", {"url": url, "name": name})
    return HttpResponseRedirect(url)
