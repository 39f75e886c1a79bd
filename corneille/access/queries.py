"""Access's SQL that several operations share."""

from datetime import datetime

from django.db.models import Min, Q

from corneille.access.models import AppPassword, Device, Password, SignInAttempt, WrongSecret
from corneille.kernel.ids import AccountId


def find_password(account: AccountId) -> tuple[str, int] | None:
    """The Argon2id text and the serial."""
    return Password.objects.filter(pk=account).values_list("argon2", "serial").first()


def set_argon2(account: AccountId, serial: int, argon2: str) -> None:
    """The same password under another cost: only while it still is the same."""
    Password.objects.filter(pk=account, serial=serial).update(argon2=argon2)


def find_app_password(account: AccountId, selector: str) -> AppPassword | None:
    return AppPassword.objects.filter(account_id=account, selector=selector).first()


def is_app_password_good(app_password: int, now: datetime) -> bool:
    """Whether it is neither revoked nor past its end."""
    kept = AppPassword.objects.filter(pk=app_password, revoked_at=None)
    return kept.filter(Q(expires_at=None) | Q(expires_at__gt=now)).exists()


def find_device(account: AccountId, device: int) -> Device | None:
    return Device.objects.filter(pk=device, account_id=account, forgotten_at=None).first()


def list_wrong_secrets(subject: str, source: str, serial: int, *, since: datetime) -> list[tuple[bytes, datetime]]:
    """The digests counted against this password from this place, and when each was first tried."""
    rows = WrongSecret.objects.filter(subject=subject, source=source, serial=serial, at__gt=since)
    return [(bytes(digest), at) for digest, at in rows.values_list("digest", "at")]


def count_wrong_secrets(subject: str, serial: int, *, since: datetime, limit: int) -> int:
    """How many distinct ones from whatever network, known devices apart; counts up to `limit`."""
    rows = WrongSecret.objects.filter(subject=subject, serial=serial, at__gt=since, source__startswith="n")
    return len(rows.values_list("digest", flat=True).distinct().order_by()[:limit])


def list_wrong_subjects(source: str, *, since: datetime) -> list[datetime]:
    """When each account, or unknown identifier, was first tried wrongly from this network."""
    rows = WrongSecret.objects.filter(source=source, at__gt=since)
    return list(rows.values("subject").annotate(first=Min("at")).order_by().values_list("first", flat=True))


def list_granted_addresses(account: AccountId, *, doors: tuple[str, ...], since: datetime, limit: int) -> list[str]:
    """Where the account was let in from at these doors, the newest first."""
    rows = SignInAttempt.objects.filter(account_id=account, at__gt=since, decision="granted", door__in=doors)
    return list(rows.order_by("-at").values_list("network_address", flat=True)[:limit])


def drop_wrong_secrets(subject: str, source: str | None = None) -> None:
    """Forgets what was counted: at one place, or everywhere."""
    rows = WrongSecret.objects.filter(subject=subject)
    rows = rows if source is None else rows.filter(source=source)
    if rows.exists():  # a DELETE of nothing would still take the write lock
        rows.delete()


def drop_wrong_secrets_before(instant: datetime) -> int:
    """Forgets what is older than the policy's memory; gives how many."""
    return WrongSecret.objects.filter(at__lt=instant).delete()[0]


def drop_attempts_before(instant: datetime) -> int:
    """Forgets attempts; gives how many."""
    return SignInAttempt.objects.filter(at__lt=instant).delete()[0]
