"""`POST /api/v1/notices`: a service of the académie posts a notice for a person or a population."""

import logging

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from corneille.kernel import clock
from corneille.kernel.settings import of
from corneille.notices.gateway_settings import Gateway
from corneille.notices.post import post_notice
from corneille.notices.posting import PostRefused, parse_posting
from corneille.notices.service import find_service
from corneille.notices.write_limit import TooManyPosts

logger = logging.getLogger("corneille.gateway")

STATUS = {"created": 201, "changed": 200, "unchanged": 200}


@csrf_exempt  # no cookie opens this: the credential of the service stands in a header that no browser sends by itself
@require_POST
def post(request: HttpRequest) -> HttpResponseBase:
    """Durable before the answer; the same key posted again changes the same notice."""
    scheme, _space, credential = request.headers.get("Authorization", "").partition(" ")
    service = find_service(credential.strip()) if scheme.lower() == "bearer" else None
    if service is None:
        answer = _refuse(401, "unknown-credential", "", "Authorization: Bearer and the credential of a registered service")
        answer.headers["WWW-Authenticate"] = 'Bearer realm="notices"'
        return answer
    if service.closed_at is not None:
        return _refuse(403, "closed", "", "this service was closed by the administration")
    limit = of(Gateway).body_bytes
    if int(request.headers.get("Content-Length") or 0) > limit:
        return _refuse(413, "too-large", "", f"at most {limit} bytes")
    try:
        posted = post_notice(service, parse_posting(request.body), clock.now())
    except PostRefused as refused:
        return _refuse(404 if refused.reason == "unknown-person" else 422, refused.reason, refused.field, refused.told)
    except TooManyPosts as refused:
        wanted = f"the same post again in {refused.wait_s} seconds: nothing of this one was kept"
        answer = _refuse(429, "too-many-posts", "", wanted)
        answer.headers["Retry-After"] = str(refused.wait_s)
        return answer
    logger.info("notice", extra={"service": service.slug, "outcome": posted.outcome, "people": posted.people_count})
    told = {"key": posted.key, "outcome": posted.outcome, "people": posted.people_count}
    return JsonResponse(told, status=STATUS[posted.outcome])


def _refuse(status: int, error: str, field: str, wanted: str) -> JsonResponse:
    return JsonResponse({"error": error, "field": field, "wanted": wanted}, status=status)
