"""Codes that go to recovery contacts because somebody asked: the owner, or anybody who knows their name.

Whoever asks, the owner has a code. A new one ends none of those before it. A stranger's asks fill a bound of their own, and
the last code within it is good until the next may be sent: at any moment one is in the mailbox, or to be had. Asks from a
network where the account was let in, and from its known devices, have bounds of their own. So a mailbox gets fifteen codes
a day at most.

At most fifteen are open, of 2**40, and the guard looks at `codes_after` wrong ones a day: for ten thousand, one chance in
seven million that one of them is right.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access.known_place import is_known_place
from corneille.access.models import OneTimeCode
from corneille.access.one_time_code import make_code
from corneille.access.recovery_contact import SEALED_CODE, list_verified
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.seal import seal

SENT = 5
"""Codes a day for one account and purpose that one kind of asker is sent: mail gets lost, and people ask again."""
DAY = timedelta(days=1)
SEND_AGAIN = timedelta(minutes=1)
"""Between two that one kind of asker is sent: two clicks are one."""


@dataclass(frozen=True, slots=True)
class Asker:
    """From where somebody asked, and when; `is_known_device`: the account's own device cookie came with it."""

    network_address: str
    is_known_device: bool
    at: datetime


def send_code_asked(account: AccountId, purpose: str, notice: str, asker: Asker, now: datetime, lasts: timedelta) -> bool:
    """Sends a code to every verified contact, within the bounds; whether it did.

    notice  the code of the words it goes with
    lasts   at least; the last code within the bound is good for longer
    """
    contacts = list_verified(account)
    asked_by = _name_asker(account, asker, now)
    with transaction.atomic():
        # Those that were used are not counted: whoever used one is the owner.
        sent = OneTimeCode.objects.filter(account_id=account, purpose=purpose, asked_by=asked_by, used_at=None)
        made = sorted(sent.filter(made_at__gt=now - DAY).values_list("made_at", flat=True))
        if not contacts or len(made) >= SENT or (made and made[-1] > now - SEND_AGAIN):
            return False
        until = max(now + lasts, made[0] + DAY) if len(made) == SENT - 1 else now + lasts
        code = make_code(account, purpose, now, until - now, asked_by=asked_by)
        for contact in contacts:
            told: dict[str, outbox.Told] = {
                "contact": contact.id, "sealed_code": seal(SEALED_CODE, code.encode()), "asked_at": asker.at.isoformat(),
                "network": asker.network_address, "good_until": until.isoformat(),
            }  # fmt: skip
            key = f"{notice}/{account}/{asked_by}/{now.timestamp()}/{contact.id}"
            outbox.add_notice(account, notice, told, now, key=key)
    return True


def _name_asker(account: AccountId, asker: Asker, now: datetime) -> str:
    if asker.is_known_device:
        return "device"
    return "network" if is_known_place(account, asker.network_address, now) else "stranger"
