"""Where a form leads back to: only ever to a page of this site."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def back_from(request: HttpRequest, *, otherwise: str = "portal:home") -> str:
    """The `next` that was sent when it is a path of this site, else the address of `otherwise`.

    A path begins with one slash: `//host`, `/\\host`, `https:…` and control characters lead elsewhere in some
    browser, and are refused.
    """
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_path = asked.startswith("/") and not asked.startswith(("//", "/\\"))
    if is_path and asked.isprintable() and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return reverse(otherwise)
