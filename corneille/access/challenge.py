"""Challenges for passkeys: drawn and signed here, so that a page costs no row until somebody answers; good once.

A challenge is: seconds since 1970 (8 octets), 16 random octets, and an HMAC over both and what the answer is for.
WebAuthn Level 3 §13.4.3 asks for at least 16 random octets and that an answer cannot be used again.
"""

import hmac
import secrets
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from corneille.access.models import UsedChallenge
from corneille.kernel import keys

PURPOSE = "access/challenge"
LASTS = timedelta(minutes=10)
NONCE_BYTES = 24


def make_challenge(purpose: str, now: datetime) -> bytes:
    """A new one, for one purpose ("web", "second-step/17" …)."""
    nonce = int(now.timestamp()).to_bytes(8, "big") + secrets.token_bytes(NONCE_BYTES - 8)
    return nonce + keys.current().mac(PURPOSE, purpose.encode(), nonce)


def is_ours(purpose: str, challenge: bytes, now: datetime) -> bool:
    """Whether it was made here, for this purpose, less than ten minutes ago."""
    nonce, given = challenge[:NONCE_BYTES], challenge[NONCE_BYTES:]
    if len(nonce) != NONCE_BYTES:
        return False
    macs = [keys.keyed_hash(key.secret, purpose.encode(), nonce) for key in keys.current().all(PURPOSE)]
    if not any(hmac.compare_digest(mac, given) for mac in macs):
        return False
    seconds = int.from_bytes(nonce[:8], "big")
    return timedelta() <= now - datetime.fromtimestamp(seconds, UTC) + timedelta(seconds=1) <= LASTS


def use_challenge(challenge: bytes, now: datetime) -> bool:
    """Marks it as answered; False: it was before."""
    try:
        with transaction.atomic():
            UsedChallenge.objects.create(nonce=challenge[:NONCE_BYTES], at=now)
    except IntegrityError:
        return False
    return True


def drop_challenges(now: datetime) -> int:
    """Forgets those that are too old to be answered anyway."""
    return UsedChallenge.objects.filter(at__lt=now - 2 * LASTS).delete()[0]
