"""What must happen before somebody who is signed in goes on to a service. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

ONE_FACTOR = "https://refeds.org/profile/sfa"
TWO_FACTORS = "https://refeds.org/profile/mfa"
"""`acr` values, those of the REFEDS assurance profiles, which services of education know."""

AMR = {
    "password": "pwd", "totp": "otp", "printed": "otp", "recovery-code": "otp", "passkey": "hwk", "webauthn": "hwk",
    "recovery": "otp", "recovery-contact": "otp", "support-code": "otp",
}  # fmt: skip
"""Our methods by RFC 8176's names."""
ALONE = frozenset({"passkey"})
"""Proofs that are two factors in one."""
SECONDS = frozenset({"totp", "printed", "recovery-code", "webauthn", *ALONE})


class Step(StrEnum):
    """What comes next."""

    GO = "go"
    PROVE_AGAIN = "prove-again"
    SECOND_FACTOR = "second-factor"
    NO_FACTOR = "no-factor"  # two are wanted, and the person has set none


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the service and the académie's rule for it ask of the proof; `max_age`: none asked."""

    max_age: timedelta | None = None
    two_factors: bool = False


@dataclass(frozen=True, slots=True)
class Proved:
    """What the web session knows: the last proof, and when each method was last given."""

    at: datetime
    methods: Mapping[str, datetime] = field(default_factory=dict)


def decide(wanted: Wanted, proved: Proved, *, has_factor: bool, now: datetime) -> Step:
    """Goes on only with a proof that is young enough and strong enough."""
    oldest = now - wanted.max_age if wanted.max_age is not None else None
    if wanted.two_factors:
        if not any(method in SECONDS and (oldest is None or at >= oldest) for method, at in proved.methods.items()):
            return Step.SECOND_FACTOR if has_factor else Step.NO_FACTOR
        return Step.GO
    return Step.PROVE_AGAIN if oldest is not None and proved.at < oldest else Step.GO


def name_strength(methods: frozenset[str]) -> str:
    """The `acr` of what was proved."""
    return TWO_FACTORS if methods & SECONDS else ONE_FACTOR


def name_methods(methods: frozenset[str]) -> list[str]:
    """The `amr` of what was proved; "mfa" where that was more than one factor (RFC 8176 §2)."""
    named = {AMR[each] for each in methods if each in AMR}
    return sorted(named | ({"mfa"} if methods & SECONDS else set()))
