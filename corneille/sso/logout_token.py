"""The signed word to a service that a session has ended (OpenID Connect Back-Channel Logout 1.0 §2.4)."""

import json
import secrets
from datetime import datetime

from jwcrypto.jwt import JWT

from corneille.kernel.ids import AccountId
from corneille.kernel.settings import portal_address
from corneille.sso import signing_key
from corneille.sso.claims import find_subject
from corneille.sso.models import Client

EVENT = "http://schemas.openid.net/event/backchannel-logout"
LASTS_S = 120
"""As §2.4 recommends: each try has a token of its own."""


def make_logout_token(client: Client, account: AccountId, sid: str, now: datetime) -> str:
    """For this service alone, about this session alone."""
    key = signing_key.current().private
    said_at = int(now.timestamp())
    claims = {
        "iss": portal_address(), "aud": client.client_id, "sub": find_subject(client.pk, account), "sid": sid,
        "iat": said_at, "exp": said_at + LASTS_S, "jti": secrets.token_urlsafe(16), "events": {EVENT: {}},
    }  # fmt: skip
    token = JWT(header={"alg": "RS256", "typ": "logout+jwt", "kid": key.thumbprint()}, claims=json.dumps(claims))
    token.make_signed_token(key)
    signed: str = token.serialize()
    return signed
