"""The RSA keys that sign ID tokens (RS256, the one algorithm that every client must know: OpenID Connect Core §15.1)."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from jwcrypto.jwk import JWK

from corneille.kernel import clock, journal
from corneille.kernel.seal import seal, unseal
from corneille.sso.models import SigningKey

PURPOSE = "sso/signing-key"
BITS = 3072
"""As ANSSI's guide of cryptographic mechanisms asks of RSA beyond 2030."""

OVERLAP = timedelta(days=1)

_opened: dict[str, JWK] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Keys:
    """`private` signs; `public` are those that a client may meet, the newest first, as JSON Web Keys (RFC 7517)."""

    private: JWK
    public: tuple[dict[str, object], ...]


def current() -> Keys:
    """Those of this installation; the first is made when first asked for."""
    rows = list(SigningKey.objects.order_by("-pk"))
    if not rows:
        with _lock:
            rows = list(SigningKey.objects.order_by("-pk")) or [_make(clock.now())]
    opened = [_open(row.sealed) for row in rows]
    return Keys(opened[0], tuple(_publish(each) for each in opened))


def rotate(now: datetime, *, by: str) -> str:
    """A new key signs from now on; gives its id. Services read the published keys again when they meet an unknown one."""
    made = _make(now)
    journal.append("signing-key-made", actor="cli", subject=None, data={"name": by}, now=now)
    return str(_open(made.sealed).thumbprint())


def forget_old(now: datetime) -> int:
    """Drops keys whose successor has signed for a day: nothing that they signed is still good."""
    rows = list(SigningKey.objects.order_by("-pk"))
    old = [row.pk for newer, row in pairwise(rows) if newer.made_at <= now - OVERLAP]
    return SigningKey.objects.filter(pk__in=old).delete()[0]


def _make(now: datetime) -> SigningKey:
    made = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    told = made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SigningKey.objects.create(sealed=seal(PURPOSE, told), made_at=now)


def _open(sealed: str) -> JWK:
    if sealed not in _opened:
        _opened[sealed] = JWK.from_pyca(load_der_private_key(unseal(PURPOSE, sealed), password=None))
    return _opened[sealed]


def _publish(key: JWK) -> dict[str, object]:
    told: dict[str, object] = key.export_public(as_dict=True)
    return {**told, "kid": key.thumbprint(), "use": "sig", "alg": "RS256"}
