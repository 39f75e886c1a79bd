"""Tells services that a session has ended: whoever ended it, by whatever way, or because it grew too old.

Sessions are ended by rooms that know nothing of services. So this room looks which of the sessions that led to a service
are still open, when it is woken and every minute; what is over becomes a row, in the transaction that notices it, and the
row goes when the service has taken the word or a day has passed.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.session import find_open
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.sso.logout_token import make_logout_token
from corneille.sso.models import Client, Logout, SignOn
from corneille.sso.post_form import Unreached, post_form
from corneille.sso.sso_settings import Sso

AT_ONCE = 200
LEASE = timedelta(minutes=2)
"""Who sends has so long; then another process may try."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=1)
"""A service that has been away for so long has forgotten its own sessions."""

TAKEN = range(200, 300)

Post = Callable[[str, dict[str, str]], int]
logger = logging.getLogger(__name__)


def tell_services(now: datetime) -> None:
    """Notices what has ended, and tells who is to be told."""
    note_ended(now)
    send_due(now)


def note_ended(now: datetime) -> int:
    """Writes down, once for each service and session, who is to be told; gives how many."""
    seen = list(SignOn.objects.filter(is_open=True).values_list("session_key", flat=True).distinct())
    ended = sorted(set(seen) - find_open(seen, now))
    return sum(_note(ended[start : start + AT_ONCE], now) for start in range(0, len(ended), AT_ONCE))


@transaction.atomic
def _note(session_keys: Sequence[str], now: datetime) -> int:
    over = SignOn.objects.filter(is_open=True, session_key__in=session_keys)
    told = over.exclude(client__logout_uri="").filter(client__closed_at=None)
    found = set(told.values_list("client_id", "account_id", "sid"))
    rows = [Logout(client_id=one, account_id=who, sid=sid, made_at=now, next_at=now) for one, who, sid in found]
    Logout.objects.bulk_create(rows, ignore_conflicts=True)
    over.update(is_open=False)
    return len(rows)


def send_due(now: datetime, post: Post | None = None) -> int:
    """Tells each service what is due for it, until it takes one no more; gives how many were taken."""
    waiting = Logout.objects.filter(next_at__lte=now).values("client_id")
    clients = Client.objects.filter(pk__in=waiting, closed_at=None).exclude(logout_uri="")
    return sum(_send_to(client, now, post or _post) for client in clients)


def _send_to(client: Client, now: datetime, post: Post) -> int:
    count = 0
    for row in Logout.objects.filter(client=client, next_at__lte=now).order_by("next_at", "pk")[:AT_ONCE]:
        if not Logout.objects.filter(pk=row.pk, next_at=row.next_at).update(next_at=now + LEASE):
            continue  # another process has it
        token = make_logout_token(client, AccountId(row.account_id), row.sid, clock.now())
        try:
            status = post(client.logout_uri, {"logout_token": token})
        except Unreached as unreached:
            _put_off(row, now, str(unreached))
            break  # the others wait: one try at a time for a service that does not answer
        if status in TAKEN:
            row.delete()
            count += 1
        else:
            _put_off(row, now, f"status {status}")
    return count


def _put_off(row: Logout, now: datetime, fault: str) -> None:
    pause = min(FIRST_PAUSE * 2**row.tried_count, LONGEST_PAUSE)
    told = {"service": row.client_id, "fault": fault, "tried": row.tried_count + 1}
    logger.warning("back-channel logout not taken", extra=told)
    Logout.objects.filter(pk=row.pk).update(next_at=now + pause, tried_count=row.tried_count + 1)


def forget_logouts(now: datetime) -> int:
    """Gives up what nobody has taken for a day; gives how many."""
    return Logout.objects.filter(made_at__lt=now - GIVEN_UP_AFTER).delete()[0]


def _post(url: str, form: dict[str, str]) -> int:
    told = of(Sso)
    return post_form(url, form, networks=told.read_networks(), authority=told.logout_authority)
