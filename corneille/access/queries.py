"""Access's SQL that several operations share."""

from datetime import datetime

from corneille.access.models import AppPassword, Device, Password, WrongSecret
from corneille.kernel.ids import AccountId


def find_password(account: AccountId) -> tuple[str, int] | None:
    """The Argon2id text and the serial."""
    return Password.objects.filter(pk=account).values_list("argon2", "serial").first()


def set_argon2(account: AccountId, serial: int, argon2: str) -> None:
    """The same password under another cost: only while it still is the same."""
    Password.objects.filter(pk=account, serial=serial).update(argon2=argon2)


def find_app_password(account: AccountId, selector: str) -> AppPassword | None:
    return AppPassword.objects.filter(account_id=account, selector=selector).first()


def find_device(account: AccountId, device: int) -> Device | None:
    return Device.objects.filter(pk=device, account_id=account, forgotten_at=None).first()


def list_wrong_secrets(subject: str, source: str, serial: int, *, since: datetime) -> list[tuple[bytes, datetime]]:
    """The digests counted against this password from this place, and when each was first tried."""
    rows = WrongSecret.objects.filter(subject=subject, source=source, serial=serial, at__gt=since)
    return [(bytes(digest), at) for digest, at in rows.values_list("digest", "at")]


def drop_wrong_secrets(subject: str, source: str | None = None) -> None:
    """Forgets what was counted: at one place, or everywhere."""
    rows = WrongSecret.objects.filter(subject=subject)
    rows = rows if source is None else rows.filter(source=source)
    if rows.exists():  # a DELETE of nothing would still take the write lock
        rows.delete()


def drop_wrong_secrets_before(instant: datetime) -> int:
    """Forgets what is older than the policy's memory; gives how many."""
    return WrongSecret.objects.filter(at__lt=instant).delete()[0]
