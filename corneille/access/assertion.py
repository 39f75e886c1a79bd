"""What a browser's answer proves (WebAuthn Level 3 §7.2): whose passkey signed our challenge, here, now, once."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    UserVerificationRequirement,
)

from corneille.access.challenge import is_ours, make_challenge, use_challenge
from corneille.access.facts import Proof
from corneille.access.models import Factor, Passkey
from corneille.access.passkey import ANSWER_LENGTH, MALFORMED, describe, make_handle, read_answer, serve
from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Asserted:
    """What came of one answer: `proof` is PASSKEY, PASSKEY_UNKNOWN (nobody's here), PASSKEY_WRONG or PASSKEY_LATE;
    `account` is whose passkey it says to be, proved only with PASSKEY."""

    proof: Proof
    account: AccountId | None = None


def offer_assertion(origin: str, purpose: str, now: datetime, *, owner: AccountId | None = None) -> str | None:
    """What the browser needs to ask for a passkey, as JSON; None where passkeys cannot be used.

    purpose  "web", "reset", "step-up/17": the authenticator itself makes sure of its person (two factors in one);
             "second-step/17": touching it is enough, the password came before
    owner    whose passkeys alone are asked for, the security keys that keep no list among them; None: anybody's
    """
    server = serve(origin)
    if server is None:
        return None
    credentials = describe(owner) if owner is not None else None
    if credentials == []:
        return None
    options, _state = server.authenticate_begin(
        credentials, _choose_verification(purpose), challenge=make_challenge(purpose, now)
    )
    return json.dumps(dict(options.public_key))


def check_assertion(
    origin: str, purpose: str, answer: str, now: datetime, *, owner: AccountId | None = None
) -> Asserted:
    """Judges one answer and uses its challenge up."""
    try:
        told = read_answer(answer[: ANSWER_LENGTH + 1])
        parsed = AuthenticationResponse.from_dict(told)
        credential_id, challenge = bytes(parsed.raw_id), parsed.response.client_data.challenge
        handle = parsed.response.user_handle
    except MALFORMED:
        return Asserted(Proof.PASSKEY_WRONG)
    row = _find(credential_id)
    if row is None or (owner is not None and row.factor.account_id != owner):
        return Asserted(Proof.PASSKEY_UNKNOWN)
    account = AccountId(row.factor.account_id)
    if handle is not None and handle != make_handle(account):
        return Asserted(Proof.PASSKEY_WRONG, account)
    if not is_ours(purpose, challenge, now):
        return Asserted(Proof.PASSKEY_LATE, account)
    count = _verify(origin, purpose, row, told)
    if count is None:
        return Asserted(Proof.PASSKEY_WRONG, account)
    with transaction.atomic():
        if not use_challenge(challenge, now):
            return Asserted(Proof.PASSKEY_LATE, account)
        Passkey.objects.filter(pk=row.pk).update(sign_count=count)
        Factor.objects.filter(pk=row.pk).update(last_used_at=now)
    return Asserted(Proof.PASSKEY, account)


def _find(credential_id: bytes) -> Passkey | None:
    rows = Passkey.objects.filter(credential_id=credential_id, factor__dropped_at=None)
    return rows.select_related("factor").first()


def _verify(origin: str, purpose: str, row: Passkey, told: object) -> int | None:
    """The signature counter of an answer that is right; None: it is not, or the key has been copied (§6.1.1)."""
    server = serve(origin)
    if server is None or not isinstance(told, dict):
        return None
    try:
        parsed = AuthenticationResponse.from_dict(told)
        state = {
            "challenge": websafe_encode(parsed.response.client_data.challenge),
            "user_verification": _choose_verification(purpose),
        }
        server.authenticate_complete(state, [AttestedCredentialData(bytes(row.credential))], told)
    except MALFORMED:
        return None
    count = parsed.response.authenticator_data.counter
    is_copied = (count or row.sign_count) and count <= row.sign_count
    return None if is_copied else count


def _choose_verification(purpose: str) -> UserVerificationRequirement:
    is_second = purpose.startswith("second-step/")
    return UserVerificationRequirement.DISCOURAGED if is_second else UserVerificationRequirement.REQUIRED
