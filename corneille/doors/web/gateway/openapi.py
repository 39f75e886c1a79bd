"""`GET /api/openapi.json`: the gateway for the programs of services (OpenAPI 3.1), made from the code's own limits."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from corneille.kernel.settings import of
from corneille.notices.gateway_settings import Gateway
from corneille.notices.posting import (
    GROUPS,
    KEY_LENGTH,
    SEVERITIES,
    TEXT_LENGTH,
    TITLE_LENGTH,
    URL_LENGTH,
    VALID_YEARS_COUNT,
)
from corneille.people.population import TYPES


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The document."""
    return JsonResponse(describe())


def describe() -> dict[str, object]:
    """The document as a value."""
    answers = {
        "200": "Kept: changed, or the same as before.",
        "201": "Kept: new.",
        "401": "The credential is nobody's.",
        "403": "The service was closed.",
        "404": "Nobody has this identifier or address.",
        "413": f"Larger than {of(Gateway).body_bytes} bytes.",
        "422": "Not as described here: `field` and `wanted` say what would be right.",
        "429": (
            f"More than {of(Gateway).posts_per_minute_count} new or changed notices, or replays for a population,"
            " in a minute: nothing was kept. `Retry-After` says when to post the same again."
        ),
    }
    post = {
        "summary": "Posts a notice, or changes the one that has the same key.",
        "security": [{"service": []}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": _describe_posting()}}},
        "responses": {status: {"description": told} for status, told in answers.items()},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Corneille: notices", "version": "1"},
        "paths": {"/api/v1/notices": {"post": post}},
        "components": {"securitySchemes": {"service": {"type": "http", "scheme": "bearer"}}},
    }


def _describe_posting() -> dict[str, object]:
    names = {"type": "array", "items": {"type": "string"}}
    types = {"type": "array", "items": {"enum": [each.value for each in TYPES]}}
    population = {
        "type": "object",
        "description": (
            "Everybody who has one of the types, at one of the establishments (UAI), with one of the functions; a name that"
            " is none is refused with those that are. The notice follows the population: who joins it later gets it within"
            " the hour or so, who leaves it loses it."
        ),
        "properties": {name: types if name == "types" else names for name in GROUPS},
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["key", "title", "text"],
        "oneOf": [{"required": ["person"]}, {"required": ["population"]}],
        "additionalProperties": False,
        "properties": {
            "key": {"type": "string", "maxLength": KEY_LENGTH, "description": "The service's own name of the notice."},
            "person": {"type": "string", "description": "An identifier or an address."},
            "population": population,
            "title": _describe_both(TITLE_LENGTH),
            "text": _describe_both(TEXT_LENGTH),
            "url": {"type": "string", "format": "uri", "pattern": "^https://", "maxLength": URL_LENGTH},
            "severity": {"enum": list(SEVERITIES), "default": "info"},
            "valid_until": {
                "type": "string",
                "format": "date-time",
                "description": (
                    f"Shown until then, {VALID_YEARS_COUNT} years from now at most; without it, until it is changed or put"
                    " away. One that is over ends a notice posted before: its message goes too."
                ),
            },
        },
    }


def _describe_both(length: int) -> dict[str, object]:
    text = {"type": "string", "minLength": 1, "maxLength": length}
    both = {"fr": text, "en": text}
    return {"type": "object", "required": list(both), "properties": both, "additionalProperties": False}
