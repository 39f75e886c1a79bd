"""Connections of mail programs that are open now: listed for their owner, in whatever process they are, and ended.

A door writes one down once it has lasted a moment (`[limits] listed_after_s`): most are shorter, and each row costs a
write. Ending is a row that goes, or an instant for all of them, and a wake-up: the doors look (`access/hold`).
"""

import platform
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corneille.access.locate import locate
from corneille.access.models import ConnectionsEnded, MailConnection
from corneille.access.place import Place
from corneille.access.program import Program, describe_program
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone
from corneille.people.account_topic import wake_account


@dataclass(frozen=True, slots=True)
class Hold:
    """By what somebody is in: an app password or a permission, or the main password of this serial; where, since when.

    session_key  the web session that the token of a service came of: it holds as long as that
    service      whose token it was
    """

    account: AccountId
    app_password: int | None
    serial: int
    door: str
    network_address: str
    since: datetime
    session_key: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionShown:
    """One open connection.

    door     "imap" or "submission"
    label    of the app password or permission that opened it; empty for the main password
    service  the registered program or service whose token opened it; empty: a password did
    """

    id: int
    door: str
    program: Program
    label: str
    service: str
    network: str
    place: Place
    since: datetime


def open_connection(hold: Hold, program: str) -> int:
    """Writes a connection down; gives its number."""
    row = MailConnection.objects.create(
        account_id=hold.account, app_password_id=hold.app_password, door=hold.door, program=program[:200],
        network_address=hold.network_address, since=hold.since, service=hold.service, node=platform.node()[:80],
    )  # fmt: skip
    return row.pk


def close_connection(connection: int) -> None:
    """It is over; twice is no fault."""
    MailConnection.objects.filter(pk=connection).delete()


def forget_connections() -> None:
    """Forgets those that a service of this machine left behind; only before it serves anybody."""
    MailConnection.objects.filter(node=platform.node()[:80]).delete()


def list_connections(account: AccountId) -> list[ConnectionShown]:
    """Those that are open, the newest first."""
    rows = MailConnection.objects.filter(account_id=account).select_related("app_password").order_by("-since", "-pk")
    return [
        ConnectionShown(
            row.pk,
            row.door,
            describe_program(row.program),
            row.app_password.label if row.app_password else "",
            row.service,
            row.network_address,
            locate(row.network_address),
            row.since,
        )
        for row in rows
    ]


def end_connection(account: AccountId, connection: int, now: datetime) -> None:
    """Disconnects one program, at once. Raises Gone when it is not the account's, or over."""
    with transaction.atomic():
        row = MailConnection.objects.filter(pk=connection, account_id=account).first()
        if row is None:
            raise Gone(connection=connection)
        row.delete()
        told = {"program": str(describe_program(row.program)), "network": row.network_address}
        journal.append("connection-ended", actor=name_actor(account), subject=account, data=told, now=now)
        wake_account(account)


def end_all_connections(account: AccountId, now: datetime) -> int:
    """Disconnects every program that came in until now, listed or not yet; gives how many were listed."""
    with transaction.atomic():
        ConnectionsEnded.objects.update_or_create(account_id=account, defaults={"at": now})
        count = MailConnection.objects.filter(account_id=account).delete()[0]
        wake_account(account)
    return count

