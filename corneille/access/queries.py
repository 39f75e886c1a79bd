"""Access's SQL that several operations share. What each sign-in or each page asks is plain SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from corneille.access.facts import FACTORS
from corneille.access.models import (
    AppPassword,
    ConnectionsEnded,
    Factor,
    FormerPassword,
    MailConnection,
    Password,
    SignInAttempt,
    UnusualSignIn,
    WrongSecret,
)
from corneille.kernel.ids import AccountId
from corneille.kernel.plain_sql import find_all, find_one, from_instant, to_instant

ALL = Q()

@dataclass(frozen=True, slots=True)
class AppPasswordKept:
    """What proves an app password, and what it opens until when."""

    id: int
    key_id: int
    mac: bytes
    scopes: str
    revoked_at: datetime | None
    expires_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeviceKept:
    """What proves a device, and what it is remembered for."""

    id: int
    secret_mac: bytes
    previous_mac: bytes | None
    last_seen_at: datetime
    second_proof_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenStep:
    """What contains an account.

    is_in_force     else only announced
    proof_added_at  when a way to prove who one is was last added to the account, but by the directory
    """

    step: str
    by: str
    reason: str
    started_at: datetime
    is_in_force: bool
    proof_added_at: datetime | None


EXPLAINED_FOR = timedelta(days=30)
"""A code that was used or has run out is told apart from one that never was, for so long."""


def find_password(account: AccountId) -> tuple[str, int, datetime | None, bool, datetime] | None:
    """The Argon2id text, the serial, the date by which it is to be changed, whether it is void, and its `proved_at`."""
    asked = "SELECT argon2, serial, expires_at, is_void, set_at, proved_at FROM access_password WHERE account_id = %s"
    row = find_one(asked, [account])
    if row is None:
        return None
    return row[0], row[1], to_instant(row[2]), bool(row[3]), to_instant(row[5]) or to_instant(row[4])


def void_password(account: AccountId) -> None:
    """It opens nothing from now on, and tickets that were given under it are good no more."""
    Password.objects.filter(pk=account).update(is_void=True, serial=F("serial") + 1)


def find_password_dates(account: AccountId) -> tuple[datetime, datetime | None, bool, datetime] | None:
    """When it was set, the date by which it is to be changed, whether it is void, and its `proved_at`."""
    row = find_one("SELECT set_at, expires_at, is_void, proved_at FROM access_password WHERE account_id = %s", [account])
    if row is None:
        return None
    return to_instant(row[0]), to_instant(row[1]), bool(row[2]), to_instant(row[3]) or to_instant(row[0])


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
    rows = find_all(
        "SELECT digest FROM access_formerpassword WHERE account_id = %s AND ended_at > %s AND digest IS NOT NULL",
        [account, from_instant(since)],
    )
    return [bytes(digest) for (digest,) in rows]


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


def find_app_password(account: AccountId, selector: str) -> AppPasswordKept | None:
    row = find_one(
        "SELECT id, key_id, mac, scopes, revoked_at, expires_at, last_used_at FROM access_apppassword"
        " WHERE selector = %s AND account_id = %s",
        [selector, account],
    )
    return None if row is None else AppPasswordKept(*row[:4], *map(to_instant, row[4:]))


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
    return find_one("SELECT 1 FROM access_device WHERE account_id = %s LIMIT 1", [account]) is not None


def find_device(account: AccountId, device: int) -> DeviceKept | None:
    row = find_one(
        "SELECT id, secret_mac, previous_mac, last_seen_at, second_proof_at FROM access_device"
        " WHERE id = %s AND account_id = %s AND forgotten_at IS NULL",
        [device, account],
    )
    return None if row is None else DeviceKept(*row[:3], *map(to_instant, row[3:]))


def list_wrong_secrets(subject: str, source: str, serial: int, *, since: datetime) -> list[tuple[bytes, datetime]]:
    """The digests counted against this password from this place, and when each was first tried."""
    rows = find_all(
        "SELECT digest, at FROM access_wrongsecret WHERE subject = %s AND source = %s AND serial = %s AND at > %s",
        [subject, source, serial, from_instant(since)],
    )
    return [(bytes(digest), to_instant(at)) for digest, at in rows]


def count_wrong_secrets(subject: str, serial: int, *, since: datetime, limit: int) -> int:
    """How many distinct ones from whatever network, known devices apart; counts up to `limit`."""
    rows = find_all(
        "SELECT DISTINCT digest FROM access_wrongsecret"
        " WHERE subject = %s AND serial = %s AND at > %s AND source LIKE 'n%%' LIMIT %s",
        [subject, serial, from_instant(since), limit],
    )
    return len(rows)


def list_wrong_subjects(source: str, *, since: datetime) -> list[datetime]:
    """When each account, or unknown identifier, was first tried wrongly from this network; no second proofs."""
    first: dict[str, datetime] = {}
    asked = (
        "SELECT subject, at FROM access_wrongsecret WHERE source = %s AND at > %s AND subject NOT LIKE 'f%%' ORDER BY at"
    )
    for subject, at in find_all(asked, [source, from_instant(since)]):
        first.setdefault(subject.removeprefix("c"), to_instant(at))  # a wrong code is one of the same account
    return list(first.values())


def list_wrong_seconds(subject: str, *, since: datetime) -> list[tuple[str, datetime]]:
    """From which place each wrong second proof came, and when."""
    asked = "SELECT source, at FROM access_wrongsecret WHERE subject = %s AND at > %s"
    return [(source, to_instant(at)) for source, at in find_all(asked, [subject, from_instant(since)])]


def list_granted_addresses(account: AccountId, *, doors: tuple[str, ...], since: datetime, limit: int) -> list[str]:
    """Where the account was let in from at these doors, the newest first."""
    rows = SignInAttempt.objects.filter(account_id=account, at__gt=since, decision="granted", door__in=doors)
    return list(rows.order_by("-at").values_list("network_address", flat=True)[:limit])


def drop_wrong_secrets(subject: str, source: str | None = None) -> None:
    """Forgets what was counted: at one place, or everywhere."""
    if find_one("SELECT 1 FROM access_wrongsecret WHERE subject = %s LIMIT 1", [subject]) is None:
        return  # a DELETE of nothing would still take the write lock
    rows = WrongSecret.objects.filter(subject=subject)
    (rows if source is None else rows.filter(source=source)).delete()


def drop_wrong_secrets_before(instant: datetime) -> int:
    """Forgets what is older than the policy's memory; gives how many."""
    return WrongSecret.objects.filter(at__lt=instant).delete()[0]


def drop_attempts_before(instant: datetime, first_kept: int | None) -> int:
    """Forgets attempts of before, but for those from this number on, and what looked unusual; gives how many attempts."""
    UnusualSignIn.objects.filter(at__lt=instant).delete()
    rows = SignInAttempt.objects.filter(at__lt=instant)
    return (rows if first_kept is None else rows.filter(pk__lt=first_kept)).delete()[0]


def list_open_steps(account: AccountId) -> list[OpenStep]:
    """What contains the account, in one query: a second one for who is contained would tell strangers so by its time."""
    rows = find_all(
        "SELECT step, by, reason, started_at, applies_at IS NULL,"
        " (SELECT verified_at FROM access_recoverycontact contact WHERE contact.account_id = held.account_id"
        " AND dropped_at IS NULL AND verified_at <> added_at ORDER BY verified_at DESC LIMIT 1),"
        " (SELECT added_at FROM access_factor factor WHERE factor.account_id = held.account_id"
        " ORDER BY added_at DESC LIMIT 1)"
        " FROM access_contained held WHERE account_id = %s AND ended_at IS NULL",
        [account],
    )
    found = []
    for step, by, reason, at, is_in_force, *added in rows:
        proof_added_at = max((to_instant(each) for each in added if each is not None), default=None)
        found.append(OpenStep(step, by, reason, to_instant(at), bool(is_in_force), proof_added_at))
    return found


def has_rights_decided(scopes: tuple[str, ...]) -> bool:
    """Whether any decision may concern an account: its own and its type's, which are given, or one for many."""
    asked = (
        "SELECT 1 FROM access_rightdecided"
        " WHERE scope IN (%s, %s) OR scope LIKE 'uai/%%' OR scope LIKE 'function/%%' LIMIT 1"
    )
    return find_one(asked, scopes) is not None


def find_declined(account: AccountId) -> datetime | None:
    """When the offer of a second factor was declined."""
    row = find_one("SELECT declined_at FROM access_factordeclined WHERE account_id = %s", [account])
    return None if row is None else to_instant(row[0])


def list_kinds_enrolled(account: AccountId) -> set[str]:
    """The kinds of second factor that the account has set and confirmed."""
    rows = find_all(
        "SELECT kind FROM access_factor WHERE account_id = %s AND dropped_at IS NULL AND confirmed_at IS NOT NULL", [account]
    )
    return {kind for (kind,) in rows}


def has_verified_contact(account: AccountId) -> bool:
    """Whether there is a recovery contact where something may be sent."""
    asked = (
        "SELECT 1 FROM access_recoverycontact"
        " WHERE account_id = %s AND dropped_at IS NULL AND verified_at IS NOT NULL LIMIT 1"
    )
    return find_one(asked, [account]) is not None


def is_charter_accepted(account: AccountId, now: datetime) -> bool | None:
    """Whether the version of the charter that is in force was accepted; None: none was ever published."""
    row = find_one(
        "SELECT EXISTS (SELECT 1 FROM access_charteracceptance WHERE account_id = %s AND charter_id = version.id)"
        " FROM access_charterversion version WHERE published_at <= %s ORDER BY published_at DESC LIMIT 1",
        [account, from_instant(now)],
    )
    return None if row is None else bool(row[0])


def count_web_sign_ins(account: AccountId, *, since: datetime, limit: int) -> int:
    """How often the account came in on the web since then; counts up to `limit`."""
    rows = SignInAttempt.objects.filter(account_id=account, at__gte=since, door="web", decision="granted")
    return len(rows.values_list("pk", flat=True)[:limit])


def list_with_password(among: Q = ALL) -> list[AccountId]:
    """Active accounts that somebody signs in with."""
    rows = Password.objects.filter(among, account__state="active").values_list("pk", flat=True)
    return [AccountId(account) for account in rows]


def list_without_factor(among: Q = ALL) -> list[tuple[AccountId, str]]:
    """Active accounts that have no second factor, and their types."""
    having = Factor.objects.filter(kind__in=FACTORS, dropped_at=None).exclude(confirmed_at=None)
    rows = Password.objects.filter(among, account__state="active").exclude(pk__in=having.values("account_id"))
    return [(AccountId(account), kind) for account, kind in rows.values_list("pk", "account__type")]


def find_newest_attempt(after: int, limit: int) -> int | None:
    """The number of the last of the next `limit` attempts after this one; None: there is none."""
    numbers = SignInAttempt.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit]
    return max(numbers, default=None)
