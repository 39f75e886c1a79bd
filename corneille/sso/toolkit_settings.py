"""What django-oauth-toolkit is told, made from our settings."""

from corneille.kernel.settings import of
from corneille.sso.sso_settings import SCOPES, Sso

RFC9700 = (
    "ACCESS_TOKEN_TRANSPORT", "IMPLICIT_GRANT", "PASSWORD_GRANT", "PKCE_METHOD", "PKCE_REQUIRED",
    "REDIRECT_URI_MATCHING", "REDIRECT_URI_SCHEME", "REFRESH_TOKEN", "TOKEN_STORAGE",
)  # fmt: skip
"""All of RFC 9700: no implicit or password grant, PKCE by S256, tokens kept as hashes; `iss` is the door's to add."""


def make() -> dict[str, object]:
    """The value of Django's setting OAUTH2_PROVIDER."""
    return {
        "OIDC_ENABLED": True,
        "OAUTH2_VALIDATOR_CLASS": "corneille.sso.provider.Provider",
        "ACCESS_TOKEN_EXPIRE_SECONDS": of(Sso).token_s,
        "ID_TOKEN_EXPIRE_SECONDS": of(Sso).token_s,
        "SCOPES": {scope: scope for scope in SCOPES},
        "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
        "ALLOW_LOCALHOST_LOOPBACK": True,  # Quirk 2026-11, Thunderbird 153: http://localhost on a port of the moment
        "REFRESH_TOKEN_REUSE_PROTECTION": True,
        **{f"COMPLIANT_BCP_RFC9700_{each}": True for each in RFC9700},
    }
