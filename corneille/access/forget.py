"""Takes away what may no longer be kept of ways in: one function for each kind, all named in `retention`.

Each gives how many rows it took away. What they take counts for nothing any more already: they run every hour.
"""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q

from corneille.access import queries
from corneille.access.attempt_seal import find_first_kept
from corneille.access.device import KNOWN_FOR
from corneille.access.models import (
    Contained,
    Device,
    OneTimeCode,
    RecoveryContact,
    ResetAsked,
    RightDecided,
    WebSession,
)
from corneille.access.sent_code import DAY
from corneille.access.settings import current_policy, find_former_known_for
from corneille.kernel.journal_settings import find_kept_since

KEPT_AFTER_END = timedelta(days=90)
"""Codes and contacts that are over: a code typed late is told apart from a wrong one, and support sees where an account
that was stolen was reached before."""
SESSION_SETTLES = timedelta(hours=1)
"""A session's two rows are written one after the other."""


def forget_attempts(now: datetime) -> int:
    """With the lines of the journal that hold their digests: a row that went before its line would look taken away."""
    return queries.drop_attempts_before(find_kept_since(now), find_first_kept())


def forget_wrong_secrets(now: datetime) -> int:
    """After the memory of the guard: 24 h at most."""
    return queries.drop_wrong_secrets_before(now - current_policy().memory)


def forget_former_digests(now: datetime) -> int:
    """A former password that is no more recognised; its hash stays, so that it is not taken again."""
    return queries.drop_former_digests_before(now - find_former_known_for())


def forget_codes(now: datetime) -> int:
    """One-time codes that were used, or too old, long ago."""
    before = now - KEPT_AFTER_END
    return OneTimeCode.objects.filter(Q(used_at__lt=before) | Q(expires_at__lt=before)).delete()[0]


def forget_asked(now: datetime) -> int:
    """Asks for a code, once they count no more."""
    return ResetAsked.objects.filter(is_answered=True, asked_at__lt=now - DAY).delete()[0]


def forget_contacts(now: datetime) -> int:
    """Recovery contacts that were removed long ago."""
    return RecoveryContact.objects.filter(dropped_at__lt=now - KEPT_AFTER_END).delete()[0]


def forget_sessions(now: datetime) -> int:
    """Sessions that are over, and what was shown of them."""
    over = Session.objects.filter(expire_date__lt=now).delete()[0]
    gone = WebSession.objects.filter(last_seen_at__lt=now - SESSION_SETTLES)
    return over + gone.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]


def forget_devices(now: datetime) -> int:
    """Devices that are known no more."""
    return Device.objects.filter(last_seen_at__lt=now - KNOWN_FOR).delete()[0]


def forget_contained(now: datetime) -> int:
    """Containments that ended; with the journal, which tells of them too."""
    return Contained.objects.filter(ended_at__lt=find_kept_since(now)).delete()[0]


def forget_rights(now: datetime) -> int:
    """Decisions on rights whose last day is past; with the journal."""
    return RightDecided.objects.filter(until_on__lt=find_kept_since(now).date()).delete()[0]
