"""Secrets that must be read again (factor seeds, codes on their way): AES-256-GCM, its key not in the database."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from corneille.kernel import keys

NONCE_BYTES = 12


class Unsealable(Exception):
    """It was sealed for another purpose or by another installation, or was changed."""


def seal(purpose: str, secret: bytes) -> str:
    """The secret as text for one purpose; says with which key."""
    key = keys.current().newest(purpose)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(key.secret).encrypt(nonce, secret, purpose.encode())
    return f"{key.id}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(purpose: str, text: str) -> bytes:
    """The secret again. Raises Unsealable."""
    number, _dot, sealed = text.partition(".")
    key = next((each for each in keys.current().all(purpose) if str(each.id) == number), None)
    if key is None:
        raise Unsealable
    try:
        raw = base64.urlsafe_b64decode(sealed)
        return AESGCM(key.secret).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise Unsealable from error
