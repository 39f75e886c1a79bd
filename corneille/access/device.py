"""Known devices: a signed cookie, bound to an account, renewed at each sign-in.

One browser may be several people's: the cookie carries one token for each, the newest first. A token is
`account:device:secret`; the row keeps an HMAC of the secret, and of the one before it, in case the answer
that carried the newest was lost.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from corneille.access import queries
from corneille.access.factor_settings import Factors
from corneille.access.models import Device
from corneille.access.program import Program, describe_program
from corneille.access.settings import Access
from corneille.kernel import journal, keys
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of

PURPOSE = "access/device"
TOKENS = 5
"""People of one browser; the one who came longest ago is forgotten first."""
TOKEN_LENGTH = 80
KNOWN_FOR = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Known:
    """A device that the account has signed in with before; `second_proof_at`: when a second proof was last given on it."""

    id: int
    second_proof_at: datetime | None


def find_device(cookie: str | None, account: AccountId, now: datetime) -> Known | None:
    """The account's device that the cookie proves, or None."""
    tokens = _parse(cookie)
    if not tokens:
        return None
    owner, device, secret = next((each for each in tokens if each[0] == account), tokens[0])
    row = queries.find_device(account, device)  # asked of somebody else's too: the time tells not whom the cookie names
    if row is None or now - row.last_seen_at > KNOWN_FOR:
        return None
    kept = [bytes(row.secret_mac), bytes(row.previous_mac or b"")]
    is_proved = any(hmac.compare_digest(mac, each) for mac in _macs(owner, device, secret) for each in kept)
    return Known(row.id, row.second_proof_at) if is_proved else None


@transaction.atomic
def renew_device(cookie: str | None, account: AccountId, known: Known | None, program: str, now: datetime) -> str:
    """The cookie to set after a right password: this account's token is new, other people's stay."""
    secret = secrets.token_bytes(18)
    if known is None:
        device = Device.objects.create(
            account_id=account, secret_mac=b"", program=program[:200], created_at=now, last_seen_at=now
        ).pk
        previous = None
    else:
        device, previous = known.id, F("secret_mac")
    Device.objects.filter(pk=device).update(
        secret_mac=keys.current().mac(PURPOSE, *_fields(account, device, secret)), previous_mac=previous,
        last_seen_at=now, program=program[:200],
    )  # fmt: skip
    others = [token for token in _parse(cookie) if token[0] != account]
    return ".".join(_format(*token) for token in [(account, device, secret), *others][:TOKENS])


@dataclass(frozen=True, slots=True)
class DeviceShown:
    """A known device as its owner sees it."""

    id: int
    program: Program
    created_at: datetime
    last_seen_at: datetime
    is_current: bool


def is_second_proof_remembered(device: Known, now: datetime) -> bool:
    """Whether a second proof was given on this device not long ago."""
    kept = timedelta(days=of(Factors).remembered_days_count)
    return device.second_proof_at is not None and device.second_proof_at > now - kept


def is_home(device: Known | None, now: datetime) -> bool:
    """Whether this is a device that has been the owner's for long: nobody who came in lately has brought it."""
    since = now - timedelta(days=of(Access).home_days_count)
    return device is not None and Device.objects.filter(pk=device.id, created_at__lte=since).exists()


def note_second_proof(cookie: str, account: AccountId, now: datetime) -> None:
    """Remembers that the device of this fresh cookie gave a second proof."""
    mine = [device for owner, device, _secret in _parse(cookie) if owner == account]
    Device.objects.filter(pk__in=mine, account_id=account).update(second_proof_at=now)


def list_devices(account: AccountId, now: datetime, *, current: Known | None) -> list[DeviceShown]:
    """The devices that are known, the current one first, then by last use."""
    rows = Device.objects.filter(account_id=account, forgotten_at=None, last_seen_at__gt=now - KNOWN_FOR)
    shown = [
        DeviceShown(
            row.pk,
            describe_program(row.program),
            row.created_at,
            row.last_seen_at,
            current is not None and row.pk == current.id,
        )
        for row in rows.order_by("-last_seen_at")
    ]
    return sorted(shown, key=lambda each: not each.is_current)


def forget_device(account: AccountId, device: int, now: datetime, *, actor: str | None = None) -> None:
    """Makes it a device like any stranger's; twice is no fault. Raises Gone when it is somebody else's."""
    with transaction.atomic():
        row = Device.objects.filter(pk=device, account_id=account).first()
        if row is None:
            raise Gone(device=device)
        if not Device.objects.filter(pk=device, forgotten_at=None).update(forgotten_at=now):
            return
        told = {"program": str(describe_program(row.program))}
        journal.append("device-forgotten", actor=actor or name_actor(account), subject=account, data=told, now=now)


def _parse(cookie: str | None) -> list[tuple[AccountId, int, bytes]]:
    tokens = []
    for text in (cookie or "")[: TOKENS * TOKEN_LENGTH].split(".")[:TOKENS]:
        parts = text.split(":")
        if len(parts) == 3 and all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts[:2]):
            try:
                secret = base64.urlsafe_b64decode(parts[2].encode("ascii"))
            except (ValueError, UnicodeEncodeError):
                continue
            tokens.append((AccountId(int(parts[0])), int(parts[1]), secret))
    return tokens


def _format(account: AccountId, device: int, secret: bytes) -> str:
    return f"{account}:{device}:{base64.urlsafe_b64encode(secret).decode()}"


def _macs(account: AccountId, device: int, secret: bytes) -> list[bytes]:
    fields = _fields(account, device, secret)
    return [keys.keyed_hash(key.secret, *fields) for key in keys.current().all(PURPOSE)]


def _fields(account: AccountId, device: int, secret: bytes) -> tuple[bytes, bytes, bytes]:
    return str(account).encode(), str(device).encode(), secret
