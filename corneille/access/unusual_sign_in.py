"""The sign-ins that did not look like their owner: noted, shown to the owner, and « that was me »."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.containment import GUARD, let_go, list_contained
from corneille.access.facts import Containment
from corneille.access.models import UnusualSignIn
from corneille.access.unusual import Assessment
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone

ASKED_FOR = timedelta(days=30)
"""The owner is asked about a sign-in for so long."""
ME = "me"


@dataclass(frozen=True, slots=True)
class UnusualShown:
    """One sign-in; `told` is what `notices/sign_words` makes words of."""

    reference: str
    at: datetime
    told: dict[str, outbox.Told]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a sign-in came from."""

    reference: str
    at: datetime
    network_address: str
    client: str
    program: str


def note_unusual(account: AccountId, origin: Origin, assessment: Assessment) -> dict[str, outbox.Told] | None:
    """Notes a sign-in and gives what a notice tells of it; None: it is noted already, perhaps by another process."""
    told: dict[str, outbox.Told] = {
        "reference": origin.reference, "signs": [each.sign.value for each in assessment.found],
        "network": origin.network_address, "signed_in_at": origin.at.isoformat(),
    }  # fmt: skip
    for each in assessment.found:
        told.update({f"{each.sign.value}-{name}": number for name, number in each.numbers.items()})
    _row, is_new = UnusualSignIn.objects.get_or_create(
        reference=origin.reference,
        defaults={
            "account_id": account, "at": origin.at, "network_address": origin.network_address,
            "client": origin.client[:80], "program": origin.program, "told": told, "step": assessment.step.value,
        },
    )  # fmt: skip
    return told if is_new else None


def list_unusual(account: AccountId, now: datetime) -> list[UnusualShown]:
    """Those of the last 30 days of which the owner has not said anything, the newest first."""
    rows = UnusualSignIn.objects.filter(account_id=account, answer="", at__gt=now - ASKED_FOR).order_by("-at")
    return [UnusualShown(row.reference, row.at, row.told) for row in rows[:20]]


def say_it_was_me(account: AccountId, reference: str, now: datetime) -> None:
    """The owner knows this sign-in: its place, network and program are usual from now on. Raises Gone.

    The second proof that was asked for because of it is asked for no more. Sending that is held stays so: three signs are
    undone by the repair alone.
    """
    with transaction.atomic():
        rows = UnusualSignIn.objects.filter(account_id=account, reference=reference, answer="")
        if not rows.update(answer=ME, answered_at=now):
            raise Gone(sign_in=reference)
        told: Mapping[str, journal.Value] = {"reference": reference}
        journal.append("unusual-known", actor=journal.name_actor(account), subject=account, data=dict(told), now=now)
        open_ones = [each for each in list_contained(account) if each.ended_at is None]
        if open_ones and all(
            each.step is Containment.ASK_FACTOR and each.by == GUARD and each.evidence.get("reference") == reference
            for each in open_ones
        ):
            let_go(account, now, by="owner")
