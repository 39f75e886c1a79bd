"""Seals the months that are over, and lets go of those that are too old: whole, so that the chain stays checkable."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Min

from corneille.kernel import keys
from corneille.kernel.journal import PURPOSE, format_month, hold
from corneille.kernel.journal_settings import find_kept_since
from corneille.kernel.models import JournalEntry, JournalSeal


def seal_months(now: datetime) -> list[str]:
    """Seals every month before the current one that has lines and no seal yet; gives their names."""
    sealed = []
    with transaction.atomic():
        hold()
        done = set(JournalSeal.objects.values_list("month", flat=True))
        months = JournalEntry.objects.filter(month__lt=format_month(now)).values_list("month", flat=True).distinct()
        for month in sorted(set(months) - done):
            _seal(month, now)
            sealed.append(month)
    return sealed


def drop_old_months(now: datetime) -> int:
    """Deletes the lines of sealed months that are no longer kept; gives how many. The seals stay."""
    count = 0
    old = JournalSeal.objects.filter(month__lt=format_month(find_kept_since(now)), dropped_at=None)
    for seal in old.order_by("month"):
        with transaction.atomic():
            count += JournalEntry.objects.filter(month=seal.month).delete()[0]
            JournalSeal.objects.filter(pk=seal.pk).update(dropped_at=now)
    return count


def make_seal_mac(secret: bytes, seal: JournalSeal) -> str:
    """The mac of a seal over what it says of its month."""
    fields = ("seal", seal.month, str(seal.first_number), str(seal.last_number), seal.first_previous_mac, seal.last_mac)
    return keys.keyed_hash(secret, *(each.encode() for each in fields)).hex()


def _seal(month: str, now: datetime) -> None:
    held = JournalEntry.objects.filter(month=month).aggregate(first=Min("number"), last=Max("number"), count=Count("number"))
    key = keys.current().newest(PURPOSE)
    before = JournalEntry.objects.filter(number=held["first"] - 1).values_list("mac", flat=True).first()
    if before is None:
        before = JournalSeal.objects.filter(last_number=held["first"] - 1).values_list("last_mac", flat=True).first()
    seal = JournalSeal(
        month=month, first_number=held["first"], last_number=held["last"], first_previous_mac=before or "",
        last_mac=JournalEntry.objects.get(number=held["last"]).mac, sealed_at=now, key_id=key.id,
    )  # fmt: skip
    seal.mac = make_seal_mac(key.secret, seal)
    seal.save(force_insert=True)
