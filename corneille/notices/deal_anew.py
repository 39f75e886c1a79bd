"""A notice for a population follows it: who arrives later gets the card, who leaves loses it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from corneille.kernel import wake
from corneille.kernel.ids import AccountId
from corneille.notices.models import Post
from corneille.notices.post import TOPIC, deal
from corneille.people.population import list_population

AGAIN = timedelta(hours=1)
AT_ONCE = 200
"""In one turn, those that have waited longest; the next turn goes on."""


def deal_anew(now: datetime) -> int:
    """Deals what still stands and was last dealt an hour ago or more; gives how many cards came or went."""
    standing = Q(valid_until=None) | Q(valid_until__gt=now)
    due = Post.objects.filter(standing, dealt_at__lte=now - AGAIN).order_by("dealt_at").values_list("pk", flat=True)
    found: dict[str, list[AccountId]] = {}  # many notices are for the same people
    count = sum(_deal_one(each, found, now) for each in list(due[:AT_ONCE]))
    if count and wake.is_installed():
        wake.current().send(TOPIC)
    return count


def _deal_one(post: int, found: dict[str, list[AccountId]], now: datetime) -> int:
    with transaction.atomic():
        row = Post.objects.select_for_update().filter(pk=post, dealt_at__lte=now - AGAIN).first()
        if row is None:  # posted or dealt elsewhere meanwhile
            return 0
        groups = row.population
        assert groups is not None, "what has been dealt is for a population"
        told = str(groups)
        if told not in found:
            found[told] = list_population(groups["types"], groups["establishments"], groups["functions"], now.date())
        row.dealt_at = now
        row.save(update_fields=["dealt_at"])
        return deal(row, found[told], now, is_same=True)
