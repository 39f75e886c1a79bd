"""Forgets what may no longer be kept, one purge for each kind; what they drop counts for nothing already.

Each gives how many rows went. `access/retention` names them; `privacy/purge` runs them and keeps the report.
"""

from datetime import datetime

from django.contrib.sessions.models import Session

from corneille.access import queries
from corneille.access.gather import FORMER_KNOWN_FOR
from corneille.access.models import (
    AppPassword,
    Contained,
    Device,
    Factor,
    OneTimeCode,
    RecoveryContact,
    RightDecided,
    WebSession,
)
from corneille.access.settings import current_policy
from corneille.kernel.journal_seal import find_oldest_instant


def forget_attempts(now: datetime) -> int:
    """Sign-ins and tries of months that the journal has dropped, and what looked unusual in them."""
    return queries.drop_attempts_before(find_oldest_instant(now))


def forget_wrong_secrets(now: datetime) -> int:
    """Traces of wrong secrets."""
    return queries.drop_wrong_secrets_before(now - current_policy().memory)


def forget_former_digests(now: datetime) -> int:
    """By what a device's old password is recognised."""
    return queries.drop_former_digests_before(now - FORMER_KNOWN_FOR)


def forget_codes(now: datetime) -> int:
    """One-time codes that ran out a month ago: until then a used one is told apart from a wrong one."""
    return OneTimeCode.objects.filter(expires_at__lt=now - queries.EXPLAINED_FOR).delete()[0]


def forget_sessions(now: datetime) -> int:
    """Web sessions that are over."""
    over = list(Session.objects.filter(expire_date__lt=now).values_list("session_key", flat=True))
    WebSession.objects.filter(session_key__in=over).delete()
    return Session.objects.filter(session_key__in=over).delete()[0]


def forget_ended(now: datetime) -> int:
    """What was dropped, revoked, forgotten or ended in months that the journal has dropped: it is explained no more."""
    before = find_oldest_instant(now)
    rows = (
        RecoveryContact.objects.filter(dropped_at__lt=before),
        Factor.objects.filter(dropped_at__lt=before),
        AppPassword.objects.filter(revoked_at__lt=before),
        Device.objects.filter(forgotten_at__lt=before),
        Contained.objects.filter(ended_at__lt=before),
        RightDecided.objects.filter(until_on__lt=before.date()),
    )
    return sum(each.delete()[0] for each in rows)
