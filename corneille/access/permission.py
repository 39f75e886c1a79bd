"""Permissions: mail programs that their owner let in from a browser, without a password that could be noted or passed on.

Each is a row beside the app passwords, so that it is listed, reviewed, ended and told as one of them; what opens it are the
access tokens that `sso` gives its program.
"""

import secrets
from datetime import datetime

from django.db import transaction

from corneille.access.app_password import ALPHABET, SELECTOR_LENGTH
from corneille.access.models import AppPassword, MailConnection
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.people.account_topic import wake_account


def permit(
    account: AccountId, service: str, name: str, scopes: frozenset[str], now: datetime, *, expires_at: datetime
) -> int:
    """Lets one program in, on one device, and tells its owner; gives the permission's number.

    service, name  of the registered program
    """
    with transaction.atomic():
        row = AppPassword.objects.create(
            account_id=account, selector="".join(secrets.choice(ALPHABET) for _ in range(SELECTOR_LENGTH)), key_id=0,
            mac=b"", label=name, service=service, scopes=" ".join(sorted(scopes)), created_at=now, expires_at=expires_at,
        )  # fmt: skip
        told: dict[str, outbox.Told] = {"label": name, "until": expires_at.isoformat()}
        outbox.add_notice(account, "program-permitted", told, now, key=f"program-permitted/{row.pk}")
        named = {"label": name, "scopes": row.scopes}
        journal.append("program-permitted", actor=name_actor(account), subject=account, data=named, now=now)
    return row.pk


def withdraw_service(service: str, now: datetime) -> int:
    """A program or service is registered no more: its permissions are over, its connections end; gives how many of both."""
    with transaction.atomic():
        count = AppPassword.objects.filter(service=service, revoked_at=None).update(revoked_at=now)
        rows = MailConnection.objects.filter(service=service)
        accounts = set(rows.values_list("account_id", flat=True))
        count += rows.delete()[0]
        for account in accounts:
            wake_account(AccountId(account))
    return count
