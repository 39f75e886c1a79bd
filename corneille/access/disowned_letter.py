"""The letter that unlocks, and the link « it was not me » that its notice brings into the mailbox of the account itself.

Two people may hold that link: the owner, for whom somebody else was taken, and who mostly hears of the letter nowhere
else; or a thief in the mailbox, who keeps the owner out. So it ends a letter, and the next ones of that week stay: the
owner, whom who made the first sees again and now knows of this, gets in, and an impostor has to be believed twice. A link
that went to a settled recovery contact ends every letter, always (`access/cut_off`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet

from corneille.access.models import OneTimeCode
from corneille.access.unlock import LOST
from corneille.kernel.ids import AccountId

STAYS_FOR = timedelta(days=7)
"""As long as a link is good (`access/not_me`): whoever keeps one ends nothing more with it."""


class Fate(StrEnum):
    """What such a link means for the letter that is open."""

    NONE = "none"
    ENDS = "ends"
    STAYS = "stays"


def find_fate(account: AccountId, now: datetime, *, made_before: datetime) -> Fate:
    """What a link of that instant would do; NONE: no letter is open that was made before it."""
    is_open = _codes(account).filter(used_at=None, expires_at__gt=now, made_at__lt=made_before).exists()
    if not is_open:
        return Fate.NONE
    return Fate.ENDS if find_disowned_at(account, now) is None else Fate.STAYS


def disown_letter(account: AccountId, now: datetime, *, made_before: datetime) -> Fate:
    """Ends the letter, if that is its fate. Inside the caller's transaction."""
    fate = find_fate(account, now, made_before=made_before)
    if fate is Fate.ENDS:
        _codes(account).filter(used_at=None, made_at__lt=made_before).update(used_at=now, disowned_at=now)
    return fate


def end_letter(account: AccountId, now: datetime) -> None:
    """Ends whatever letter is open, by the link of a settled recovery contact: its owner never asked for it."""
    _codes(account).filter(used_at=None, expires_at__gt=now).update(
        used_at=now, disowned_at=now, is_disowned_by_contact=True
    )


def find_disowned_at(account: AccountId, now: datetime) -> datetime | None:
    """When a letter was last ended from the mailbox, lately enough for the next one to stay."""
    rows = _codes(account).filter(disowned_at__gt=now - STAYS_FOR, is_disowned_by_contact=False).order_by("-disowned_at")
    return rows.values_list("disowned_at", flat=True).first()


@dataclass(frozen=True, slots=True, order=True)
class Disowned:
    """A letter that was ended so; `is_by_contact`: by its owner, surely."""

    account: AccountId
    at: datetime
    is_by_contact: bool


def list_disowned(since: datetime) -> list[Disowned]:
    """What support should hear of since then."""
    rows = OneTimeCode.objects.filter(disowned_at__gte=since).values_list(
        "account_id", "disowned_at", "is_disowned_by_contact"
    )
    return sorted({Disowned(AccountId(account), at, by_contact) for account, at, by_contact in rows if at is not None})


def _codes(account: AccountId) -> "QuerySet[OneTimeCode]":
    return OneTimeCode.objects.filter(account_id=account, purpose__in=LOST["both"])
