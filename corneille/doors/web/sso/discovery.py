"""What a service's program reads to set itself up (OpenID Connect Discovery 1.0 §3), and the keys that sign for us."""

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from corneille.kernel.settings import portal_address
from corneille.sso import signing_key
from corneille.sso.claims import CLAIMS
from corneille.sso.decide import ONE_FACTOR, TWO_FACTORS
from corneille.sso.sso_settings import SCOPES

MAX_AGE_S = 3600


@require_safe
@cache_control(public=True, max_age=MAX_AGE_S)
def discovery(request: HttpRequest) -> HttpResponseBase:
    """The document; for everybody."""
    issuer = portal_address()
    claims = [each for names in CLAIMS.values() for each in names]
    return _open_to_all({
        "issuer": issuer,
        "authorization_endpoint": issuer + reverse("sso:authorise"),
        "token_endpoint": issuer + reverse("sso:token"),
        "userinfo_endpoint": issuer + reverse("sso:userinfo"),
        "jwks_uri": issuer + reverse("sso:keys"),
        "end_session_endpoint": issuer + reverse("sso:leave"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": list(SCOPES),
        "claims_supported": [*claims, "auth_time", "acr", "amr"],
        "acr_values_supported": [ONE_FACTOR, TWO_FACTORS],
        "prompt_values_supported": ["none", "login"],
        "ui_locales_supported": ["fr", "en"],
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "claims_parameter_supported": False,
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    })  # fmt: skip


@require_safe
@cache_control(public=True, max_age=MAX_AGE_S)
def keys(request: HttpRequest) -> HttpResponseBase:
    """The public keys (RFC 7517 §5)."""
    return _open_to_all({"keys": list(signing_key.current().public)})


def _open_to_all(told: dict[str, object]) -> JsonResponse:
    answer = JsonResponse(told)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
