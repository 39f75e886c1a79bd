"""What was the account's own before what contains it was seen: a device, or the network of a mail program.

A sign-in is judged after its answer has left, so whoever is suspected was let in before the containment. Nothing counts that
came since the first sign-in which does not look like the owner's, nor the places of those: where the owner says that it was
them, it counts again.
"""

from datetime import datetime, timedelta

from corneille.access.containment import find_contained_now
from corneille.access.device import Known, is_second_proof_remembered
from corneille.access.facts import MAIL_DOORS
from corneille.access.models import Contained, Device, SignInAttempt, UnusualSignIn
from corneille.access.network import format_network
from corneille.access.recovery_contact import SETTLED
from corneille.kernel.ids import AccountId

LOOKS_BACK = timedelta(days=30)


def was_place(account: AccountId, network_address: str, since: datetime) -> bool:
    """Whether a mail program was let in from this network in the month before."""
    first, suspected = _find_first(account, since)
    network = format_network(network_address)
    if network in suspected:
        return False
    rows = SignInAttempt.objects.filter(
        account_id=account, at__lt=first, at__gt=first - LOOKS_BACK, decision="granted", door__in=tuple(MAIL_DOORS)
    )
    return network in {format_network(each) for each in rows.values_list("network_address", flat=True).distinct()}


def was_device(account: AccountId, device: int, since: datetime) -> bool:
    """Whether this known device was the account's before the first sign, and a week before: whoever is suspected may have
    come in by a sign-in that showed nothing."""
    first = min([since - SETTLED, *(at for at, _network in _list_suspected(account, since))])
    return Device.objects.filter(pk=device, account_id=account, created_at__lt=first).exists()


def is_owners(account: AccountId, device: Known | None, now: datetime) -> bool:
    """Whether this device says more than the password does: a second proof was given on it lately, or it was the account's
    before what contains it was seen."""
    if device is None:
        return False
    since = find_contained_now(account).since
    return is_second_proof_remembered(device, now) or (since is not None and was_device(account, device.id, since))


def _list_suspected(account: AccountId, since: datetime) -> list[tuple[datetime, str]]:
    """When and from which address the unusual sign-ins of the month were that the owner has said nothing of."""
    rows = UnusualSignIn.objects.filter(account_id=account, answer="", at__gt=since - LOOKS_BACK)
    return list(rows.values_list("at", "network_address"))


def _find_first(account: AccountId, since: datetime) -> tuple[datetime, frozenset[str]]:
    """When the first of those sign-ins was, and their networks.

    Where the owner said « it was not me », whoever it was may have come as long before as that link lives.
    """
    seen = _list_suspected(account, since)
    denied = Contained.objects.filter(account_id=account, ended_at=None, reason="not-me")
    first = min([since, *(at for at, _network in seen), *(each.started_at - SETTLED for each in denied)])
    return first, frozenset(format_network(network) for _at, network in seen)
