"""How a client's secret is kept: drawn by us with 256 bits, it needs no slow hash, as app passwords need none."""

import hmac

from django.contrib.auth.hashers import BasePasswordHasher

from corneille.kernel import keys

PURPOSE = "sso/client-secret"


class KeyedHasher(BasePasswordHasher):
    """HMAC-SHA256 under a key of this installation; Django's form `algorithm$salt$digest`."""

    algorithm = "keyed"

    def salt(self) -> str:
        return "client"

    def encode(self, password: str, salt: str) -> str:
        return f"{self.algorithm}${salt}${keys.current().mac(PURPOSE, password.encode()).hex()}"

    def verify(self, password: str, encoded: str) -> bool:
        kept = encoded.rpartition("$")[2]
        macs = [keys.keyed_hash(key.secret, password.encode()).hex() for key in keys.current().all(PURPOSE)]
        return any(hmac.compare_digest(kept, mac) for mac in macs)

    def must_update(self, encoded: str) -> bool:
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to make slower."""
