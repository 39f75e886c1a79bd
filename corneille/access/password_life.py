"""Where a main password is in its life: dates by policy, alerts long before, a soft landing after, never a wall."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.access import queries
from corneille.access.facts import PasswordAge
from corneille.access.password_settings import Passwords, find_renewal_months
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of

MONTH = timedelta(days=30)
MARGIN = timedelta(days=5)
"""A policy that begins to apply to somebody leaves them this long before the first alert, so that none is missed."""


@dataclass(frozen=True, slots=True)
class Life:
    """What the owner is shown.

    soft_until  when the web begins to ask for the change before anything else
    proved_at   when it was last set by more than the password before it
    """

    set_at: datetime
    expires_at: datetime | None
    soft_until: datetime | None
    age: PasswordAge
    is_void: bool
    proved_at: datetime


def choose_expiry(account_type: str, now: datetime) -> datetime | None:
    """The date of a password that is set now: some days before the full term, drawn by chance; None: no date."""
    months = find_renewal_months(account_type)
    if months is None:
        return None
    return now + months * MONTH - timedelta(days=secrets.randbelow(of(Passwords).spread_days_count + 1))


def find_age(expires_at: datetime | None, now: datetime) -> PasswordAge:
    """Fresh before the date, soft for some days after it, then past."""
    if expires_at is None or now < expires_at:
        return PasswordAge.FRESH
    return PasswordAge.SOFT if now < expires_at + _soft_landing() else PasswordAge.PAST


def find_life(account: AccountId, now: datetime) -> Life | None:
    """The life of the account's password; None: it has none."""
    row = queries.find_password_dates(account)
    if row is None:
        return None
    set_at, expires_at, is_void, proved_at = row
    soft_until = expires_at + _soft_landing() if expires_at is not None else None
    return Life(set_at, expires_at, soft_until, find_age(expires_at, now), is_void, proved_at)


def alert_owners(now: datetime) -> int:
    """Tells those whose password has a date: at each number of days before it, at it, and at the end of the soft landing.

    Gives how many were told. Each is told once, late rather than never: the nearest step that has come.
    """
    steps = sorted(int(day) for day in of(Passwords).alert_days)
    count = 0
    for account, serial, expires_at in queries.list_passwords_to_alert(now + timedelta(days=max(steps, default=0))):
        left = expires_at - now
        if left > timedelta():
            days = next((step for step in steps if left <= timedelta(days=step)), None)
            code, step = "password-expiry", str(days)
        else:
            code = "password-soft" if find_age(expires_at, now) is PasswordAge.SOFT else "password-past"
            step = code
        told: dict[str, outbox.Told] = {
            "expires_at": expires_at.isoformat(),
            "soft_until": (expires_at + _soft_landing()).isoformat(),
        }
        count += outbox.add_notice(account, code, told, now, key=f"{code}/{account}/{serial}/{step}")
    return count


def apply_policy(now: datetime) -> int:
    """Gives a date to passwords that a policy has come to cover, takes it from those that none covers any more, and draws
    nearer what is later than a policy that was shortened allows.

    Gives how many. Nobody's new date is nearer than the first alert. A date that this drew is within the spread and stays.
    """
    count, spread = 0, timedelta(days=of(Passwords).spread_days_count)
    notice = MARGIN + timedelta(days=max((int(day) for day in of(Passwords).alert_days), default=0))
    for account, account_type, set_at, expires_at in queries.list_password_types():
        months = find_renewal_months(account_type)
        if months is None and expires_at is not None:
            count += queries.set_expiry(account, None)
        elif months is not None:
            due = max(set_at + months * MONTH, now + notice)
            if expires_at is None or expires_at > due + spread:
                jitter = timedelta(days=secrets.randbelow(spread.days + 1))
                count += queries.set_expiry(account, due + jitter)
    return count


def _soft_landing() -> timedelta:
    return timedelta(days=of(Passwords).soft_landing_days_count)
