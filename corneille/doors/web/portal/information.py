"""Pages anyone may read, and what browsers and robots look for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (RGAA)."""
    return render(request, "portal/accessibility.html")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is for search engines."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the sign of a site whose page names none."""
    return redirect(static("kit/mark.svg"), permanent=True)
