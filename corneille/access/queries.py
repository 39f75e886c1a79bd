"""Access's SQL that several operations share."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min, Q

from corneille.access.facts import FACTORS
from corneille.access.models import (
    AppPassword,
    ConnectionsEnded,
    Device,
    Factor,
    FactorDeclined,
    FormerPassword,
    MailConnection,
    Password,
    SignInAttempt,
    UnusualSignIn,
    WrongSecret,
)
from corneille.kernel.ids import AccountId

EXPLAINED_FOR = timedelta(days=30)
"""A code that was used or has run out is told apart from one that never was, for so long."""


def find_password(account: AccountId) -> tuple[str, int, datetime | None, bool] | None:
    """The Argon2id text, the serial, the date by which it is to be changed, and whether it is void."""
    return Password.objects.filter(pk=account).values_list("argon2", "serial", "expires_at", "is_void").first()


def void_password(account: AccountId) -> None:
    """It opens nothing from now on."""
    Password.objects.filter(pk=account).update(is_void=True)


def find_password_dates(account: AccountId) -> tuple[datetime, datetime | None, bool] | None:
    """When it was set, the date by which it is to be changed, and whether it is void."""
    return Password.objects.filter(pk=account).values_list("set_at", "expires_at", "is_void").first()


def list_passwords_to_alert(until: datetime) -> list[tuple[AccountId, int, datetime]]:
    """Account, serial and date of those whose date is before `until`, active accounts only."""
    rows = Password.objects.filter(expires_at__lte=until, account__state="active")
    found = rows.values_list("pk", "serial", "expires_at")
    return [(AccountId(account), serial, at) for account, serial, at in found if at is not None]


def list_password_types() -> Iterator[tuple[AccountId, str, datetime, datetime | None]]:
    """Account, its type, when its password was set, its date: everybody who has a password."""
    rows = Password.objects.values_list("pk", "account__type", "set_at", "expires_at")
    for account, account_type, set_at, expires_at in rows.iterator():
        yield AccountId(account), account_type, set_at, expires_at


def set_expiry(account: AccountId, expires_at: datetime | None) -> int:
    return Password.objects.filter(pk=account).update(expires_at=expires_at)


def list_former_digests(account: AccountId, *, since: datetime) -> list[bytes]:
    """The digests of passwords that were replaced not long ago, where they are known."""
    rows = FormerPassword.objects.filter(account_id=account, ended_at__gt=since).exclude(digest=None)
    return [bytes(digest) for digest in rows.values_list("digest", flat=True) if digest is not None]


def set_former_digest(former: int, digest: bytes) -> None:
    FormerPassword.objects.filter(pk=former).update(digest=digest)


def drop_former_digests_before(instant: datetime) -> int:
    """Forgets the digests of passwords that were replaced long ago; the hashes stay, so that none is taken again."""
    return FormerPassword.objects.filter(ended_at__lt=instant).exclude(digest=None).update(digest=None)


def drop_wrong_digest(subject: str, digest: bytes) -> None:
    WrongSecret.objects.filter(subject=subject, digest=digest).delete()


def list_former(account: AccountId) -> list[FormerPassword]:
    """Passwords that were replaced, the newest first."""
    return list(FormerPassword.objects.filter(account_id=account).order_by("-serial"))


def set_argon2(account: AccountId, serial: int, argon2: str) -> None:
    """The same password under another cost: only while it still is the same."""
    Password.objects.filter(pk=account, serial=serial).update(argon2=argon2)


def find_app_password(account: AccountId, selector: str) -> AppPassword | None:
    return AppPassword.objects.filter(account_id=account, selector=selector).first()


def is_app_password_good(app_password: int, now: datetime) -> bool:
    """Whether it is neither revoked nor past its end."""
    kept = AppPassword.objects.filter(pk=app_password, revoked_at=None)
    return kept.filter(Q(expires_at=None) | Q(expires_at__gt=now)).exists()


def is_connection_open(connection: int) -> bool:
    """Whether nobody has ended this connection of a mail program."""
    return MailConnection.objects.filter(pk=connection).exists()


def were_connections_ended(account: AccountId, *, since: datetime) -> bool:
    """Whether all connections of the account were ended at that instant or later."""
    return ConnectionsEnded.objects.filter(pk=account, at__gte=since).exists()


def has_device(account: AccountId) -> bool:
    """Whether the account has signed in on any device before."""
    return Device.objects.filter(account_id=account).exists()


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


def list_wrong_seconds(subject: str, *, since: datetime) -> list[datetime]:
    """When each distinct wrong second proof was tried."""
    return list(WrongSecret.objects.filter(subject=subject, at__gt=since).values_list("at", flat=True))


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
    """Forgets attempts, and what looked unusual in them; gives how many attempts."""
    UnusualSignIn.objects.filter(at__lt=instant).delete()
    return SignInAttempt.objects.filter(at__lt=instant).delete()[0]


def list_open_steps(account: AccountId) -> list[tuple[str, bool]]:
    """What contains the account, and whether that is in force or only announced. Plain SQL: each sign-in asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT step, applies_at IS NULL FROM access_contained WHERE account_id = %s AND ended_at IS NULL", [account]
        )
        return [(step, bool(is_in_force)) for step, is_in_force in cursor.fetchall()]


def has_rights_decided(scopes: tuple[str, str]) -> bool:
    """Whether any decision may concern an account: its own, its type's, or any establishment's. Plain SQL, as above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM access_rightdecided WHERE scope IN (%s, %s) OR scope LIKE 'uai/%%' LIMIT 1", list(scopes)
        )
        return cursor.fetchone() is not None


def find_declined(account: AccountId) -> datetime | None:
    """When the offer of a second factor was declined."""
    return FactorDeclined.objects.filter(pk=account).values_list("declined_at", flat=True).first()


def count_web_sign_ins(account: AccountId, *, since: datetime, limit: int) -> int:
    """How often the account came in on the web since then; counts up to `limit`."""
    rows = SignInAttempt.objects.filter(account_id=account, at__gte=since, door="web", decision="granted")
    return len(rows.values_list("pk", flat=True)[:limit])


def list_with_password() -> list[AccountId]:
    """Active accounts that somebody signs in with."""
    rows = Password.objects.filter(account__state="active").values_list("pk", flat=True)
    return [AccountId(account) for account in rows]


def list_without_factor() -> list[tuple[AccountId, str]]:
    """Active accounts that have no second factor, and their types."""
    having = Factor.objects.filter(kind__in=FACTORS, dropped_at=None).exclude(confirmed_at=None)
    rows = Password.objects.filter(account__state="active").exclude(pk__in=having.values("account_id"))
    return [(AccountId(account), kind) for account, kind in rows.values_list("pk", "account__type")]


def find_newest_attempt(after: int, limit: int) -> int | None:
    """The number of the last of the next `limit` attempts after this one; None: there is none."""
    numbers = SignInAttempt.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit]
    return max(numbers, default=None)
