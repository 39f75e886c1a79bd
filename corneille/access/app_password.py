"""App passwords: one for each mail program, made by us, shown once.

24 base32 characters: eight are a public selector that finds the row, sixteen (80 bits) are proved by an HMAC
under a key of this installation. Nobody guesses 80 bits through a door, so they need no Argon2, no slot of
the hash budget and no slowing.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access import queries
from corneille.access.models import AppPassword
from corneille.access.network import format_address
from corneille.access.program import Program, describe_program
from corneille.kernel import journal, keys, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.plain_sql import find_rows
from corneille.kernel.refusal import Gone, Refusal
from corneille.people.account_topic import wake_account

PURPOSE = "access/app-password"
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
SELECTOR_LENGTH = 8
LENGTH = 24
LONGEST_TYPED = 4 * LENGTH
"""With spaces and dashes; what is longer is not looked at."""
FORGIVEN = str.maketrans({"0": "o", "1": "l", "8": "b"})
SCOPES = frozenset({"imap", "smtp", "dav"})
LABEL_LENGTH = 80
USE_WRITTEN_EVERY = timedelta(minutes=10)


class AppPasswordRefused(Refusal):
    """The label or a scope is wrong; `reason` says which."""

    code = "app-password-refused"


@dataclass(frozen=True, slots=True)
class AppPasswordShown:
    """An app password as its owner sees it; `program` is what used it last.

    service  the registered program that was permitted without a password; empty: it is a password
    """

    id: int
    label: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    last_network_address: str
    program: Program
    service: str = ""


@dataclass(frozen=True, slots=True)
class Proved:
    """A right app password of the account, revoked and expired ones included."""

    id: int
    scopes: frozenset[str]
    is_revoked: bool
    expires_at: datetime | None
    last_used_at: datetime | None


def create_app_password(
    account: AccountId,
    label: str,
    scopes: frozenset[str],
    now: datetime,
    *,
    expires_at: datetime | None = None,
    actor: str | None = None,
) -> tuple[int, str]:
    """Makes one and gives its id and its clear text, which nothing shows again. Raises AppPasswordRefused.

    actor  who asked, as the journal names them; the owner when none is given
    """
    named = label.strip()
    if not named or len(named) > LABEL_LENGTH or not named.isprintable():
        raise AppPasswordRefused(reason="label")
    if not scopes or not scopes <= SCOPES:
        raise AppPasswordRefused(reason="scope")
    text = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    selector, key = text[:SELECTOR_LENGTH], keys.current().newest(PURPOSE)
    told = {"label": named, "scopes": " ".join(sorted(scopes))}
    with transaction.atomic():
        row = AppPassword.objects.create(
            account_id=account,
            selector=selector,
            key_id=key.id,
            mac=_mac(key.secret, account, text),
            label=named,
            scopes=told["scopes"],
            created_at=now,
            expires_at=expires_at,
        )
        outbox.add_notice(account, "app-password-created", {"label": named}, now, key=f"app-password-created/{row.pk}")
        journal.append("app-password-created", actor=actor or name_actor(account), subject=account, data=told, now=now)
    return row.pk, "-".join(text[start : start + 4] for start in range(0, LENGTH, 4))


def list_app_passwords(account: AccountId) -> list[AppPasswordShown]:
    """Those that are not revoked, the newest first."""
    return [
        AppPasswordShown(
            row.pk,
            row.label,
            frozenset(row.scopes.split()),
            row.created_at,
            row.expires_at,
            row.last_used_at,
            row.last_network_address,
            describe_program(row.last_program),
            row.service,
        )
        for row in find_rows(
            AppPassword, "WHERE account_id = %s AND revoked_at IS NULL ORDER BY created_at DESC, id DESC", [account]
        )
    ]


def revoke_app_password(account: AccountId, app_password: int, now: datetime, *, actor: str | None = None) -> None:
    """Makes it, or a permission, worthless from the next try on; twice is no fault. Raises Gone: somebody else's."""
    with transaction.atomic():
        row = AppPassword.objects.filter(pk=app_password, account_id=account).first()
        if row is None:
            raise Gone(app_password=app_password)
        if not AppPassword.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now):
            return
        told, action = {"label": row.label}, "permission-withdrawn" if row.service else "app-password-revoked"
        wake_account(account)
        journal.append(action, actor=actor or name_actor(account), subject=account, data=told, now=now)


def parse_app_password(secret: str) -> str | None:
    """The 24 characters when the text has an app password's shape; spaces, dashes and case forgiven."""
    if len(secret) > LONGEST_TYPED:
        return None
    text = "".join(secret.split()).replace("-", "").lower().translate(FORGIVEN)
    return text if len(text) == LENGTH and not text.strip(ALPHABET) else None


def prove_app_password(account: AccountId, secret: str) -> Proved | None:
    """Finds the account's app password that this text is; None: it is none of them."""
    text = parse_app_password(secret)
    if text is None:
        return None
    row = queries.find_app_password(account, text[:SELECTOR_LENGTH])
    if row is None:
        return None
    key = next((key for key in keys.current().all(PURPOSE) if key.id == row.key_id), None)
    if key is None or not hmac.compare_digest(bytes(row.mac), _mac(key.secret, account, text)):
        return None
    return Proved(row.id, frozenset(row.scopes.split()), row.revoked_at is not None, row.expires_at, row.last_used_at)


def note_use(
    app_password: int, last_used_at: datetime | None, network_address: str, program: str, now: datetime
) -> None:
    """Remembers the last use, at most every ten minutes: a phone signs in far more often."""
    if last_used_at is None or now - last_used_at >= USE_WRITTEN_EVERY:
        AppPassword.objects.filter(pk=app_password).update(
            last_used_at=now, last_network_address=format_address(network_address), last_program=program[:200]
        )


def _mac(key: bytes, account: AccountId, text: str) -> bytes:
    return keys.keyed_hash(key, str(account).encode(), text.encode("ascii"))
