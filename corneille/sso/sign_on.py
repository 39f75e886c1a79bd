"""Who went on to which service, when, with what proofs; and what a service may still read of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from oauth2_provider.models import AccessToken, Grant, IDToken, RefreshToken

from corneille.access.queries import is_app_password_good
from corneille.access.session import find_open
from corneille.kernel import keys
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.sso.models import SignOn
from corneille.sso.sso_settings import Sso

SESSION_PURPOSE = "sso/session"
REPLAYS_NOTICED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignOnShown:
    """One visit to a service."""

    slug: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is behind a code, for what the service is told: `auth_time`, `acr`, `amr`, `sid`."""

    proved_at: datetime
    methods: frozenset[str]
    sid: str


def note_sign_on(
    client: int, account: AccountId, code: str, *, session_key: str, proved_at: datetime, methods: Mapping[str, datetime],
    now: datetime,
) -> None:  # fmt: skip
    """Writes down that a code was given."""
    SignOn.objects.create(
        client_id=client, account_id=account, session_key=session_key, at=now, proved_at=proved_at,
        methods=sorted(methods), code=hash_token(code), sid=name_session(client, session_key), is_open=True,
    )  # fmt: skip


def find_proofs(code: str) -> Standing:
    """What was proved when this code was given; the code has been checked."""
    row = SignOn.objects.get(code=hash_token(code))
    return Standing(row.proved_at, frozenset(row.methods), row.sid)


def name_session(client: int, session_key: str) -> str:
    """What a service knows a web session by (`sid`): nothing that opens it, nor that two services could compare."""
    return keys.current().mac(SESSION_PURPOSE, str(client).encode(), session_key.encode()).hex()


def note_token(code: str, token: str) -> None:
    """The access token that came of a code."""
    SignOn.objects.filter(code=hash_token(code)).update(token=hash_token(token))


def is_session_open(token: str, now: datetime) -> bool:
    """Whether what an access token came of still holds: the web session, or the permission of a mail program."""
    row = SignOn.objects.filter(token=hash_token(token)).first()
    if row is None:
        return False
    if row.permission_id is not None:
        return is_app_password_good(row.permission_id, now)
    return bool(find_open([row.session_key], now))


@dataclass(frozen=True, slots=True)
class Given:
    """An access token as it was given."""

    scopes: frozenset[str]
    expires_at: datetime


def find_access_token(token: str) -> Given | None:
    """The token, by its digest; None: it is none of ours."""
    row = AccessToken.objects.filter(token_checksum=hash_token(token)).first()
    return Given(frozenset(row.scope.split()), row.expires) if row is not None else None


def list_sign_ons(account: AccountId, limit: int) -> list[SignOnShown]:
    """The newest visits of somebody to services."""
    rows = SignOn.objects.filter(account_id=account).select_related("client").order_by("-at", "-pk")[:limit]
    return [SignOnShown(row.client.client_id, row.client.name, row.at) for row in rows]


def forget_sign_ons(now: datetime) -> int:
    """Drops visits older than the setting, but those behind a mail program that is still permitted; gives how many."""
    old = SignOn.objects.filter(at__lt=now - timedelta(days=of(Sso).kept_days_count))
    return old.exclude(pk__in=_list_permitted(now).values("pk")).delete()[0]


@transaction.atomic
def forget_tokens(now: datetime) -> int:
    """Drops codes and tokens that are over; gives how many.

    A program that is still permitted keeps its refresh token, and the row of its last access token, whose scopes it is
    renewed with; those before it are kept for a day, so that a stolen one is noticed (`sso/mail_program`).
    """
    living = RefreshToken.objects.filter(token_family__in=_list_permitted(now).values("family"))
    kept = living.filter(Q(revoked=None) | Q(revoked__gt=now - REPLAYS_NOTICED))
    over = RefreshToken.objects.exclude(access_token__expires__gte=now).exclude(pk__in=kept.values("pk"))
    count: int = over.delete()[0]
    needed = RefreshToken.objects.exclude(access_token=None).values("access_token")
    count += AccessToken.objects.filter(expires__lt=now).exclude(pk__in=needed).delete()[0]
    count += IDToken.objects.filter(expires__lt=now).exclude(access_token__in=needed).delete()[0]
    count += Grant.objects.filter(expires__lt=now).delete()[0]
    return count


def _list_permitted(now: datetime) -> QuerySet[SignOn]:
    return SignOn.objects.filter(permission__revoked_at=None, permission__expires_at__gt=now, family__isnull=False)


def hash_token(token: str) -> str:
    """How codes and tokens are kept: they are drawn with 150 bits and more, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
