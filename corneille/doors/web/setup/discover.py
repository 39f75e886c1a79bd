"""What mail programs fetch to set themselves up. No word of it depends on whether an address exists, nor on who asks."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from corneille.access.offer import read_offer
from corneille.kernel.settings import portal_address
from corneille.wire.autoconfig.autodiscover import format_settings, format_way, parse_asked
from corneille.wire.autoconfig.mozilla import format_config

ASKED_BYTES = 16 * 1024
KEPT_S = 3600

kept = cache_control(public=True, max_age=KEPT_S)


@require_safe
@kept
def mozilla(_request: HttpRequest) -> HttpResponseBase:
    """Thunderbird and its kin."""
    return HttpResponse(format_config(read_offer()), content_type="application/xml")


@csrf_exempt  # it changes nothing, and no browser sends it
@require_http_methods(["GET", "HEAD", "POST"])
def microsoft(request: HttpRequest) -> HttpResponseBase:
    """Outlook; what it asks in other words than ours, and what is too long, is answered in its own « no »."""
    is_short = int(request.headers.get("Content-Length") or 0) <= ASKED_BYTES
    asked = parse_asked(request.body) if is_short else None
    return HttpResponse(format_settings(read_offer(), asked), content_type="application/xml")


@require_safe
@kept
def microsoft_way(request: HttpRequest, address: str = "") -> HttpResponseBase:
    """Newer Outlooks ask this first."""
    url = portal_address() + reverse("setup:microsoft")
    status, told = format_way(url, request.GET.get("protocol", request.GET.get("Protocol", "")))
    return JsonResponse(told, status=status)
