"""One-time codes of an authenticator application (RFC 6238): six digits, thirty seconds, one step of tolerance. Pure."""

import hmac
from dataclasses import dataclass
from datetime import datetime

import pyotp

from corneille.access.facts import SecondProof

STEP_S = 30
TOLERANCE = 1
"""Steps before and after: a clock may be half a minute off."""
RECOGNISED = 10
"""A code within five minutes tells that the clock of the phone is wrong, and is not accepted."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a typed code is; `step` to remember when it is right."""

    proof: SecondProof
    step: int = 0


def check_totp(seed: str, typed: str, now: datetime, last_step: int | None) -> Checked:
    """Looks for the step of which this is the code; one that was accepted before, or an earlier one, is used up."""
    digits = "".join(each for each in typed[:20] if each.isdigit() and each.isascii())
    if len(digits) != 6:
        return Checked(SecondProof.WRONG)
    totp, current = pyotp.TOTP(seed), int(now.timestamp()) // STEP_S
    found: int | None = None
    for step in range(current - RECOGNISED, current + RECOGNISED + 1):
        is_it = hmac.compare_digest(totp.generate_otp(step), digits)
        if is_it and (found is None or abs(step - current) < abs(found - current)):
            found = step
    if found is None:
        return Checked(SecondProof.WRONG)
    if abs(found - current) > TOLERANCE:
        return Checked(SecondProof.CLOCK)
    return Checked(SecondProof.USED) if last_step is not None and found <= last_step else Checked(SecondProof.RIGHT, found)
