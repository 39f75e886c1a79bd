"""The figures that stand in the texts of causes, as the rules in force have them."""

from collections.abc import Iterable
from datetime import timedelta

from corneille.access.challenge import LASTS
from corneille.access.password_settings import Passwords
from corneille.access.settings import current_policy
from corneille.kernel.settings import of

MINUTE = timedelta(minutes=1)


def read_figures() -> dict[str, str]:
    """By the names that the texts use."""
    policy, passwords = current_policy(), of(Passwords)
    return {
        "slow_after": str(policy.slow_after),
        "slow_minutes": join_minutes(policy.slow_steps),
        "factor_after": str(policy.factor_after),
        "totp_after": str(policy.totp_after),
        "factor_minutes": join_minutes(policy.factor_steps),
        "alert_days": ", ".join(passwords.alert_days),
        "soft_days": str(passwords.soft_landing_days_count),
        "page_minutes": join_minutes([LASTS]),
    }


def join_minutes(steps: Iterable[timedelta]) -> str:
    """« 1, 2, 5, 15, 30 »."""
    return ", ".join(f"{step / MINUTE:g}" for step in steps)
