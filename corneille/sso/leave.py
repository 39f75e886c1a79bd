"""The way back to a service after signing out, when the service may ask for it (RP-Initiated Logout 1.0)."""

import json
from urllib.parse import urlencode

from jwcrypto.common import JWException
from jwcrypto.jws import JWS

from corneille.sso import signing_key
from corneille.sso.models import Client

HINT_LENGTH = 8192


def find_way_back(slug: str, hint: str, uri: str, state: str) -> tuple[str, str] | None:
    """The service's name and the address to go on to; None: it was not registered, or no open service asks.

    slug  `client_id`, where given
    hint  `id_token_hint`: an ID token of ours, however old, names its service too
    """
    client = Client.objects.filter(client_id=slug or _read_audience(hint), closed_at=None).first()
    if client is None or uri not in client.post_logout_redirect_uris.split():
        return None
    mark = "&" if "?" in uri else "?"
    return client.name, f"{uri}{mark}{urlencode({'state': state})}" if state else uri


def _read_audience(hint: str) -> str:
    """Whom an ID token was made for; "": it is none of ours."""
    if not 0 < len(hint) <= HINT_LENGTH:
        return ""
    try:
        token = JWS()
        token.deserialize(hint, key=signing_key.current().private)
        told = json.loads(token.payload)
    except (JWException, ValueError):
        return ""
    return str(told.get("aud", ""))
