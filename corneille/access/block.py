"""Blocks of an account, as the attempt journal and the containments tell them: what support should hear of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from corneille.access.containment import HOLDING
from corneille.access.models import Contained, SignInAttempt
from corneille.access.network import format_network
from corneille.access.reason import Reason
from corneille.kernel.ids import AccountId

SLOWING = (Reason.SLOWED, Reason.FACTOR_SLOWED)
ONE_BLOCK = timedelta(hours=1)
"""Refusals that follow one another within it are one block: the longest wait is half an hour, and people try again."""
KNOWN_FOR = timedelta(days=30)
READ = 2000


def list_blocked_lately(since: datetime) -> list[AccountId]:
    """Accounts that were slowed down, or contained, since then: few, found by time."""
    slowed = SignInAttempt.objects.filter(at__gte=since, decision="refused", reason__in=SLOWING, account__isnull=False)
    stopped = Contained.objects.filter(started_at__gte=since, step__in=HOLDING, applies_at=None)
    found = {*slowed.values_list("account_id", flat=True), *stopped.values_list("account_id", flat=True)}
    return [AccountId(each) for each in sorted(each for each in found if each is not None)]


def list_blocks(account: AccountId, since: datetime) -> list[datetime]:
    """When each block of the account began, the oldest first.

    A block is a time in which its person could not sign in or send: refusals because too many secrets or second proofs
    were tried, or a containment that holds sending or suspends. Refusals count only where the person may have been
    there: on a device of theirs, on a network from which the account was let in within a month, or anywhere once the
    first proof was right, as a stranger cannot give it (a new phone that knows the password but not the codes). What
    strangers try from elsewhere slows those strangers down alone, and must not open requests in the person's name: who
    is kept out there without the password asks by themselves (`support/unproved.py`).
    """
    rows = SignInAttempt.objects.filter(account_id=account)
    refused = rows.filter(at__gte=since, decision="refused", reason__in=SLOWING).order_by("-at")
    granted = rows.filter(at__gte=since - KNOWN_FOR, decision="granted").order_by("-at")
    networks = {format_network(each) for each in granted.values_list("network_address", flat=True)[:READ]}
    told = refused.values_list("at", "network_address", "device_id", "method")[:READ]
    slowed = [
        at
        for at, network, device, method in told
        if device is not None or method or format_network(network) in networks
    ]
    stopped = Contained.objects.filter(account_id=account, started_at__gte=since, step__in=HOLDING, applies_at=None)
    return sorted([*gather(slowed), *stopped.values_list("started_at", flat=True)])


def gather(refusals: Iterable[datetime]) -> list[datetime]:
    """When each run of refusals began. Pure."""
    begun: list[datetime] = []
    last: datetime | None = None
    for at in sorted(refusals):
        if last is None or at - last > ONE_BLOCK:
            begun.append(at)
        last = at
    return begun
