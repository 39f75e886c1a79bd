"""An authenticator made of software: what a phone or a key would answer, and what a thief's copy would."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG


@dataclass
class Authenticator:
    """One passkey; `count` grows with each answer unless it is 0 for ever, as synced passkeys have it."""

    origin: str
    flags: int = FLAG.UP | FLAG.UV
    count: int = 0
    is_counting: bool = False
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: bytes = b""

    def create(self, options: str) -> str:
        """The answer to `navigator.credentials.create`."""
        told = json.loads(options)
        self.handle = websafe_decode(told["user"]["id"])
        key = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        public = AttestedCredentialData.create(bytes(16), self.id, key)
        data = AuthenticatorData.create(_hash(told["rp"]["id"]), FLAG(self.flags | FLAG.AT), self.count, public)
        response = {
            "clientDataJSON": self._tell("webauthn.create", told["challenge"]),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            "transports": ["internal", "hybrid", 7],
        }
        return self._format(response)

    def get(self, options: str) -> str:
        """The answer to `navigator.credentials.get`."""
        told = json.loads(options)
        self.count += self.is_counting
        data = AuthenticatorData.create(_hash(told["rpId"]), FLAG(self.flags), self.count)
        client_data = self._tell("webauthn.get", told["challenge"])
        signed = data + hashlib.sha256(websafe_decode(client_data)).digest()
        response = {
            "clientDataJSON": client_data,
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(self.key.sign(signed, ec.ECDSA(hashes.SHA256()))),
            "userHandle": websafe_encode(self.handle),
        }
        return self._format(response)

    def _tell(self, kind: str, challenge: str) -> str:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return websafe_encode(json.dumps(told).encode())

    def _format(self, response: Mapping[str, object]) -> str:
        name = websafe_encode(self.id)
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}
        )


def _hash(domain: str) -> bytes:
    return hashlib.sha256(domain.encode()).digest()
