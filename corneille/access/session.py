"""Web sessions as their owner sees them, and their end. HTTP stays at the door: it gives the session key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction

from corneille.access.connection import end_all_connections
from corneille.access.locate import locate
from corneille.access.models import WebSession
from corneille.access.network import format_address
from corneille.access.place import Place
from corneille.access.program import Program, describe_program
from corneille.kernel import clock, journal, wake
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.plain_sql import find_one, to_instant
from corneille.kernel.refusal import Gone
from corneille.people.account_topic import wake_account
from corneille.people.session_stamp import renew_session_stamp

SEEN_EVERY = timedelta(minutes=5)
TOPIC = "sessions-ended"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One open session, and where it was used last."""

    id: int
    program: Program
    network: str
    place: Place
    started_at: datetime
    last_seen_at: datetime
    is_current: bool


def register_session(account: AccountId, session_key: str, *, network_address: str, program: str, now: datetime) -> None:
    """Writes down a session that the door has just opened, or opened anew under another key."""
    told = {"network_address": format_address(network_address), "program": program[:200], "last_seen_at": now}
    WebSession.objects.update_or_create(
        session_key=session_key,
        defaults={**told, "account_id": account},
        create_defaults={**told, "account_id": account, "started_at": now},
    )


def touch_session(session_key: str, *, network_address: str, now: datetime) -> None:
    """Remembers that the session was used and from where, at most every five minutes."""
    row = find_one("SELECT id, last_seen_at FROM access_websession WHERE session_key = %s", [session_key])
    if row is not None and now - to_instant(row[1]) >= SEEN_EVERY:
        WebSession.objects.filter(pk=row[0]).update(last_seen_at=now, network_address=format_address(network_address))


def list_sessions(account: AccountId, *, current_key: str = "") -> list[SessionShown]:
    """The sessions that still open something, the current one first, then by last use."""
    open_keys = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    rows = WebSession.objects.filter(account_id=account, session_key__in=open_keys).order_by("-last_seen_at")
    shown = [
        SessionShown(
            row.pk,
            describe_program(row.program),
            row.network_address,
            locate(row.network_address),
            row.started_at,
            row.last_seen_at,
            row.session_key == current_key,
        )
        for row in rows
    ]
    return sorted(shown, key=lambda each: not each.is_current)


def find_open(session_keys: Sequence[str], now: datetime) -> set[str]:
    """Those of these sessions that still open something: neither ended nor too old."""
    found: set[str] = set()
    for start in range(0, len(session_keys), AT_ONCE):
        known = WebSession.objects.filter(session_key__in=session_keys[start : start + AT_ONCE]).values("session_key")
        rows = Session.objects.filter(session_key__in=known, expire_date__gt=now)
        found.update(rows.values_list("session_key", flat=True))
    return found


def announce_end() -> None:
    """Wakes who tells other services that sessions are over, once this transaction is."""
    if wake.is_installed():
        transaction.on_commit(lambda: wake.current().send(TOPIC))


def end_session(account: AccountId, session: int, now: datetime) -> None:
    """Ends one session. Raises Gone when it is not the account's."""
    row = WebSession.objects.filter(pk=session, account_id=account).first()
    if row is None:
        raise Gone(session=session)
    told = {"program": str(describe_program(row.program)), "network": row.network_address}
    with transaction.atomic():
        _end([row.session_key])
        journal.append("session-ended", actor=name_actor(account), subject=account, data=told, now=now)


def end_session_of_key(session_key: str) -> None:
    """Ends the session that signs out by itself; an unknown key is no fault."""
    _end([session_key])


def end_other_sessions(account: AccountId, current_key: str, now: datetime) -> None:
    """Ends every session of the account but the current one, and disconnects its mail programs."""
    rows = WebSession.objects.filter(account_id=account).exclude(session_key=current_key)
    keys = list(rows.values_list("session_key", flat=True))
    with transaction.atomic():
        _end(keys)
        count = len(keys) + end_all_connections(account, now)
        journal.append("sessions-ended", actor=name_actor(account), subject=account, data={"count": count}, now=now)


def end_all_sessions(account: AccountId, now: datetime) -> None:
    """Ends every session, known to these tables or not, and disconnects every mail program."""
    with transaction.atomic():
        _end(list(WebSession.objects.filter(account_id=account).values_list("session_key", flat=True)))
        renew_session_stamp(account)
        end_all_connections(account, now)


def _end(session_keys: list[str]) -> None:
    with transaction.atomic():
        Session.objects.filter(session_key__in=session_keys).delete()
        rows = WebSession.objects.filter(session_key__in=session_keys)
        accounts = set(rows.values_list("account_id", flat=True))
        rows.delete()
        announce_end()
        for account in accounts:  # connections that a service opened with a token of this session end too
            wake_account(AccountId(account))
