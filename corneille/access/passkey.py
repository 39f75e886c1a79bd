"""Passkeys and security keys (WebAuthn Level 3): making one, and what a browser is told so that it can.

The key pair stays in the authenticator; we keep the public half. No attestation is asked: any make serves, and
nothing about the person's devices is collected.
"""

import json
import struct
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from corneille.access.challenge import is_ours, make_challenge, use_challenge
from corneille.access.factor import LABEL_LENGTH, note_added
from corneille.access.models import Factor, Passkey
from corneille.access.passkey_settings import find_domain
from corneille.kernel import keys
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of

ANSWER_LENGTH = 16_384
"""Characters of a browser's answer; a credential's id is 1,023 octets at most, everything else is short."""
MOST_NUMBER, NUMBER_LENGTH = 65_535, 6
"""The farthest from zero that a COSE algorithm is (RFC 8812: RS1); nothing else in an answer is a number."""
ALGORITHMS = (-7, -8, -257)
"""ES256, EdDSA, RS256: what every authenticator offers one of (WebAuthn Level 3 §5.8.5)."""
HANDLE = "access/user-handle"
PASSKEYS_COUNT = 20
MALFORMED = (
    ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError, NotImplementedError,
    AssertionError, struct.error,
)  # fmt: skip
"""What the library raises for an answer that no browser would give."""


class PasskeyRefused(Refusal):
    """It was not set; `reason`: "late", "known" (set already), "many", "wrong" (the answer proves nothing)."""

    code = "passkey-refused"

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


def serve(origin: str) -> Fido2Server | None:
    """The verifier for browsers that stand at `origin`; None where passkeys cannot be used."""
    domain = find_domain(origin)
    if domain is None:
        return None
    relying_party = PublicKeyCredentialRpEntity(id=domain, name=of(Ground).academie)
    server = Fido2Server(relying_party, verify_origin=lambda given: given == origin)
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=each) for each in ALGORITHMS
    ]
    return server


def make_handle(account: AccountId) -> bytes:
    """What an authenticator keeps to name the account: it tells nobody else anything (WebAuthn Level 3 §14.6.1)."""
    oldest = keys.current().all(HANDLE)[-1]  # the same for ever, or an authenticator would keep two of one account
    return keys.keyed_hash(oldest.secret, str(account).encode())


def offer_passkey(origin: str, account: AccountId, identifier: str, name: str, now: datetime) -> str | None:
    """What the browser needs to make one, as JSON; None where passkeys cannot be used."""
    server = serve(origin)
    if server is None:
        return None
    options, _state = server.register_begin(
        PublicKeyCredentialUserEntity(id=make_handle(account), name=identifier, display_name=name),
        describe(account),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=make_challenge(f"add/{account}", now),
    )
    return json.dumps(dict(options.public_key))


def add_passkey(origin: str, account: AccountId, answer: str, label: str, now: datetime) -> None:
    """Takes what the browser made. Raises PasskeyRefused."""
    made, response = _check(origin, account, answer, now)
    data = made.credential_data
    assert data is not None, "_check has seen it"
    if Passkey.objects.filter(factor__account_id=account, factor__dropped_at=None).count() >= PASSKEYS_COUNT:
        raise PasskeyRefused(reason="many")
    try:
        with transaction.atomic():
            row = Factor.objects.create(
                account_id=account, kind="webauthn", label=label.strip()[:LABEL_LENGTH], added_at=now, confirmed_at=now
            )
            Passkey.objects.create(
                factor=row,
                credential_id=data.credential_id,
                credential=bytes(data),
                sign_count=made.counter,
                is_synced=bool(made.flags & AuthenticatorData.FLAG.BE),
                transports=" ".join(sorted(_list_transports(response)))[:80],
            )
            note_added(account, row.pk, "webauthn", now)
    except IntegrityError:
        raise PasskeyRefused(reason="known") from None


def describe(account: AccountId) -> list[PublicKeyCredentialDescriptor]:
    """The account's passkeys as a browser is told of them."""
    rows = Passkey.objects.filter(factor__account_id=account, factor__dropped_at=None)
    return [
        PublicKeyCredentialDescriptor.from_dict(
            {"type": "public-key", "id": bytes(row.credential_id), "transports": row.transports.split() or None}
        )
        for row in rows
    ]


def read_answer(answer: str) -> Any:
    """A browser's answer (JSON). Raises ValueError, also for a large number.

    fido2 takes a number where octets are wanted for as many zeroes: one of eleven digits would take all memory.
    """
    return json.loads(answer, parse_int=_read_small)


def _read_small(digits: str) -> int:
    number = int(digits) if len(digits) <= NUMBER_LENGTH else MOST_NUMBER + 1
    if abs(number) > MOST_NUMBER:
        raise ValueError("a number larger than any that a browser writes")
    return number


def _check(origin: str, account: AccountId, answer: str, now: datetime) -> tuple[AuthenticatorData, dict[str, Any]]:
    server, purpose = serve(origin), f"add/{account}"
    if server is None or len(answer) > ANSWER_LENGTH:
        raise PasskeyRefused(reason="wrong")
    try:
        told = read_answer(answer)
        if not isinstance(_open_attestation(told)["authData"], bytes):
            raise PasskeyRefused(reason="wrong")
        challenge = RegistrationResponse.from_dict(told).response.client_data.challenge
        state = {"challenge": websafe_encode(challenge), "user_verification": None}
        made = server.register_complete(state, told)
        is_usable = made.credential_data is not None and _is_taken(made.credential_data.public_key)
        response = told["response"]
    except MALFORMED:
        raise PasskeyRefused(reason="wrong") from None
    if not is_usable:
        raise PasskeyRefused(reason="wrong")
    if not is_ours(purpose, challenge, now) or not use_challenge(challenge, now):
        raise PasskeyRefused(reason="late")
    return made, response


def _open_attestation(told: Any) -> Any:
    """What the authenticator has packed (CBOR), before fido2 reads it: a number in it would be so many zeroes there too."""
    return cbor.decode(websafe_decode(told["response"]["attestationObject"]))


def _is_taken(key: CoseKey) -> bool:
    return key.get(3) in ALGORITHMS and type(key) is not CoseKey


def _list_transports(response: dict[str, Any]) -> set[str]:
    told = response.get("transports")
    known = {"usb", "nfc", "ble", "smart-card", "hybrid", "internal"}
    return known & {each for each in told if isinstance(each, str)} if isinstance(told, list) else set()
