"""Takes what a service posts: the same key changes the same notice, for one person or a population, and nothing is lost."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from corneille.kernel import wake
from corneille.kernel.ids import AccountId
from corneille.notices.models import Card, Post
from corneille.notices.posting import VALID_YEARS_COUNT, Population, Posting, PostRefused
from corneille.notices.service import ServiceShown
from corneille.notices.write_limit import count_write
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import find_standing
from corneille.people.population import find_unknown, find_unknown_function, list_population

TOPIC = "notices/cards"


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of it: "created", "changed" or "unchanged"; for how many people."""

    key: str
    outcome: str
    people_count: int


def post_notice(service: ServiceShown, posting: Posting, now: datetime) -> Posted:
    """Keeps it, durably, for everybody whom it is for. Raises PostRefused, TooManyPosts."""
    with transaction.atomic():
        kept = Post.objects.select_for_update().filter(service=service.id, key=posting.key).first()
        is_same = kept is not None and bytes(kept.content) == posting.digest
        if kept is None and posting.is_over(now):
            raise PostRefused("valid_until", "past", "an instant to come (one that is over ends a notice posted before)")
        if posting.is_beyond(now):
            told = f"an instant within {VALID_YEARS_COUNT} years, or none where the notice has no end"
            raise PostRefused("valid_until", "beyond", told)
        if not is_same or isinstance(posting.to, Population):  # a population is looked up at each replay
            count_write(service, now)
        accounts = _list_accounts(posting, now)
        if kept is not None and is_same:
            row = kept
            _note_population(row, posting, now)
            row.save(update_fields=["population", "dealt_at"])
        else:
            row = _write(service, posting, kept, now)
        changed_count = deal(row, accounts, now, is_same=is_same)
    if (changed_count or not is_same) and wake.is_installed():
        wake.current().send(TOPIC)
    outcome = "created" if kept is None else "changed" if not is_same else "unchanged"
    return Posted(posting.key, outcome, len(accounts))


def _list_accounts(posting: Posting, now: datetime) -> list[AccountId]:
    if isinstance(posting.to, Population):
        to, today = posting.to, now.date()
        unknown = find_unknown(to.types, to.establishments) or find_unknown_function(to.functions, today)
        if unknown is not None:
            told = f"{unknown.name[:40]!r} is none here; known: {', '.join(unknown.known)}"
            raise PostRefused(f"population.{unknown.group}", "unknown", told)
        return list_population(to.types, to.establishments, to.functions, today)
    standing = find_standing(posting.to)
    if standing is None or standing.state is not AccountState.ACTIVE or not is_person(standing.type):
        raise PostRefused("person", "unknown-person", "the identifier or an address of somebody whose account is active")
    return [standing.account]


def _write(service: ServiceShown, posting: Posting, kept: Post | None, now: datetime) -> Post:
    row = kept or Post(service_id=service.id, key=posting.key, revision=0)
    row.french_title, row.english_title = posting.title["fr"], posting.title["en"]
    row.french_text, row.english_text = posting.text["fr"], posting.text["en"]
    row.url, row.severity, row.valid_until = posting.url, posting.severity, posting.valid_until
    row.content, row.revision, row.posted_at = posting.digest, row.revision + 1, now
    _note_population(row, posting, now)
    row.save()
    return row


def _note_population(row: Post, posting: Posting, now: datetime) -> None:
    """For whom it is, so that it can be dealt anew; a replay tells it of a post that was made before this was kept."""
    row.population, row.dealt_at = (asdict(posting.to), now) if isinstance(posting.to, Population) else (None, None)


def deal(row: Post, accounts: list[AccountId], now: datetime, *, is_same: bool) -> int:
    """A card for each person; who is no longer meant loses theirs, and a changed notice is unread again.

    Who comes back before the message of their card went keeps both; gives how many cards came or went.
    """
    cards = dict(Card.objects.filter(post=row).values_list("account_id", "withdrawn_at"))
    wanted = set(accounts)
    gone = [account for account, withdrawn_at in cards.items() if withdrawn_at is None and account not in wanted]
    back = [account for account, withdrawn_at in cards.items() if withdrawn_at is not None and account in wanted]
    new = [account for account in accounts if account not in cards]
    Card.objects.filter(post=row, account__in=gone).update(withdrawn_at=now)
    Card.objects.filter(post=row, account__in=back).update(withdrawn_at=None)
    Card.objects.bulk_create(Card(post=row, account_id=account, revision=row.revision) for account in new)
    if cards and not is_same:
        Card.objects.filter(post=row).update(read_at=None, dismissed_at=None, revision=row.revision)
    return len(gone) + len(back) + len(new)
