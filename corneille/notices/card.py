"""The notices of other services as a person has them: listed, read, put away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from corneille.kernel.ids import AccountId
from corneille.kernel.plain_sql import find_one
from corneille.kernel.settings import of
from corneille.notices.gateway_settings import Gateway
from corneille.notices.models import Card, Delivered, Post

URGENCY = {"urgent": 0, "action": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class CardShown:
    """One notice, in the person's language."""

    id: int
    service: str
    title: str
    text: str
    url: str
    severity: str
    at: datetime
    valid_until: datetime | None
    is_read: bool


def list_cards(account: AccountId, now: datetime, language: str, limit: int = 100) -> list[CardShown]:
    """What stands now: the urgent first, then the newest."""
    if find_one("SELECT 1 FROM notices_card WHERE account_id = %s AND dismissed_at IS NULL LIMIT 1", [account]) is None:
        return []
    rows = _open(account, now).select_related("post", "post__service").order_by("-post__posted_at", "-pk")[:limit]
    return sorted((_show(row, language) for row in rows), key=lambda card: URGENCY[card.severity])


def list_all_cards(account: AccountId, language: str) -> list[CardShown]:
    """Everything that is still kept, put away or past too, the newest first: for the person's own copy."""
    rows = Card.objects.filter(account_id=account, withdrawn_at=None).select_related("post", "post__service")
    return [_show(row, language) for row in rows.order_by("-post__posted_at", "-pk")]


def mark_read(account: AccountId, card: int, now: datetime) -> None:
    """Says that its person has read it; somebody else's is left alone."""
    Card.objects.filter(pk=card, account_id=account, read_at=None).update(read_at=now)


def dismiss(account: AccountId, card: int, now: datetime) -> None:
    """Puts one away; it comes back when its service changes it."""
    rows = Card.objects.filter(pk=card, account_id=account, dismissed_at=None)
    rows.filter(read_at=None).update(read_at=now)
    rows.update(dismissed_at=now)


def forget_posts(now: datetime) -> int:
    """Forgets what is over for long, with everybody's cards; the messages in mailboxes are their owners'."""
    before = now - timedelta(days=of(Gateway).kept_days_count)
    over = Q(valid_until__lt=before) | Q(valid_until=None, posted_at__lt=before)
    return Post.objects.filter(over).delete()[0]


def forget_delivered(now: datetime) -> int:
    """Forgets by which channel notices left, long after they did; gives how many."""
    return Delivered.objects.filter(at__lt=now - timedelta(days=of(Gateway).kept_days_count)).delete()[0]


def _open(account: AccountId, now: datetime) -> "QuerySet[Card]":
    valid = Q(post__valid_until=None) | Q(post__valid_until__gt=now)
    return Card.objects.filter(valid, account_id=account, dismissed_at=None, withdrawn_at=None)


def _show(row: Card, language: str) -> CardShown:
    post, is_english = row.post, language == "en"
    return CardShown(
        row.pk,
        post.service.name,
        post.english_title if is_english else post.french_title,
        post.english_text if is_english else post.french_text,
        post.url,
        post.severity,
        post.posted_at,
        post.valid_until,
        row.read_at is not None,
    )
