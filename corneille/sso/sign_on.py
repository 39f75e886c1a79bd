"""Who went on to which service, when, with what proofs; and what a service may still read of them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from oauth2_provider.models import AccessToken, Grant, IDToken, RefreshToken

from corneille.access.session import find_open
from corneille.kernel import keys
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.sso.models import SignOn
from corneille.sso.sso_settings import Sso

SESSION_PURPOSE = "sso/session"


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
    """Whether the web session that an access token came of still lasts: ending it ends what services may read."""
    row = SignOn.objects.filter(token=hash_token(token)).first()
    return row is not None and bool(find_open([row.session_key], now))


def list_sign_ons(account: AccountId, limit: int) -> list[SignOnShown]:
    """The newest visits of somebody to services."""
    rows = SignOn.objects.filter(account_id=account).select_related("client").order_by("-at", "-pk")[:limit]
    return [SignOnShown(row.client.client_id, row.client.name, row.at) for row in rows]


def forget_sign_ons(now: datetime) -> int:
    """Drops visits older than the setting; gives how many."""
    return SignOn.objects.filter(at__lt=now - timedelta(days=of(Sso).kept_days_count)).delete()[0]


@transaction.atomic
def forget_tokens(now: datetime) -> int:
    """Drops codes and tokens that are over; gives how many. Refresh tokens are not taken here: they go with theirs."""
    count: int = RefreshToken.objects.exclude(access_token__expires__gte=now).delete()[0]
    for kind in (AccessToken, IDToken, Grant):
        count += kind.objects.filter(expires__lt=now).delete()[0]
    return count


def hash_token(token: str) -> str:
    """How codes and tokens are kept: they are drawn with 150 bits and more, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
