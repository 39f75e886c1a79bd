"""One-time codes: drawn by us, good for one purpose, once, for a time, and for a few tries.

Eight letters and digits that are not read wrong (40 bits): with five tries, one guess in two hundred thousand million.
A code that is typed where anybody may type one is not used up by wrong ones: there the guard counts them, by place.
Six digits are read aloud on the telephone: one guess in two hundred thousand, for what opens nothing by itself.
"""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from corneille.access.models import OneTimeCode
from corneille.access.reference import ALPHABET
from corneille.kernel import keys
from corneille.kernel.ids import AccountId

PURPOSE = "access/one-time-code"
RESET, SECOND = "reset", "recovery-contact"
"""The purposes of the codes that go to recovery contacts because somebody asked, who may be anybody (`access/sent_code`)."""
UNLOCK = "unlock"
"""The purpose of a code that unlocks (`access/unlock`): a new password that more than the old one set makes it worthless."""
TRIES = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """What codes of a purpose look like: shown in two halves, "K7RM-2QWX"."""

    length: int
    alphabet: str


LETTERS = Shape(8, ALPHABET)
DIGITS = Shape(6, "0123456789")


def make_code(
    account: AccountId, purpose: str, now: datetime, lasts: timedelta, *, tries: int = TRIES, shape: Shape = LETTERS,
    asked_by: str = "",
) -> str:  # fmt: skip
    """Draws a code and gives it as it is shown; an earlier one for the same purpose is good no more.

    asked_by  who asked that it be sent: then those before it stay good
    """
    text = "".join(secrets.choice(shape.alphabet) for _ in range(shape.length))
    with transaction.atomic():
        if not asked_by:
            spend_code(account, purpose, now)
        OneTimeCode.objects.create(
            account_id=account, purpose=purpose, mac=_mac(account, purpose, text), made_at=now,
            expires_at=now + lasts, tries_left=tries, asked_by=asked_by,
        )  # fmt: skip
    half = shape.length // 2
    return f"{text[:half]}-{text[half:]}"


def use_code(
    account: AccountId, purpose: str, typed: str, now: datetime, *, shape: Shape = LETTERS, costs_try: bool = True
) -> bool:
    """Whether this is a code that is open; then all of its purpose are used up. Nobody's account takes the same time.

    costs_try  a wrong one costs a try; False where anybody may type, and the guard counts
    """
    text = parse_code(typed, shape)
    wanted = _mac(account, purpose, text or "")
    with transaction.atomic():
        good = OneTimeCode.objects.select_for_update().filter(
            account_id=account, purpose=purpose, used_at=None, expires_at__gt=now, tries_left__gt=0
        )
        kept = [bytes(mac) for mac in good.values_list("mac", flat=True)]
        found = [hmac.compare_digest(mac, wanted) for mac in kept or [bytes(32)]]
        is_right = any(found) and text is not None
        if is_right:
            spend_code(account, purpose, now)
        elif costs_try:
            good.update(tries_left=F("tries_left") - 1)
    return is_right


def list_made(accounts: Sequence[AccountId], purpose: str) -> dict[AccountId, datetime]:
    """When the open code of this purpose was made, for each account that has one."""
    rows = OneTimeCode.objects.filter(account__in=accounts, purpose=purpose, used_at=None)
    return {AccountId(account): made_at for account, made_at in rows.values_list("account_id", "made_at")}


def spend_code(account: AccountId, purpose: str, now: datetime) -> None:
    """Uses up whatever code of this purpose is open."""
    OneTimeCode.objects.filter(account_id=account, purpose=purpose, used_at=None).update(used_at=now)


def spend_every_code(account: AccountId, now: datetime) -> None:
    """Uses up whatever code of the account is open."""
    OneTimeCode.objects.filter(account_id=account, used_at=None).update(used_at=now)


def name_code(account: AccountId, purpose: str, typed: str) -> str:
    """Which code was typed, so that a ticket is good as long as this one is open (`find_open_name`)."""
    return f"{purpose}/{_mac(account, purpose, parse_code(typed) or '').hex()}"


def find_open_name(account: AccountId, purpose: str) -> str | None:
    """The same of the code that is open; None: there is none."""
    mac = OneTimeCode.objects.filter(account_id=account, purpose=purpose, used_at=None).values_list("mac", flat=True).first()
    return None if mac is None else f"{purpose}/{bytes(mac).hex()}"


def judge_code(account: AccountId, purpose: str, typed: str, now: datetime, *, is_beside_right: bool) -> str:
    """Without using it up: "good", "spent" (the right one, used or too old) or "wrong", as is said once its tries are gone.

    is_beside_right  what was typed beside it; the right code beside what is wrong costs that code a try, spent or not
    """
    text = parse_code(typed)
    wanted = _mac(account, purpose, text or "")
    with transaction.atomic():
        row = OneTimeCode.objects.select_for_update().filter(account_id=account, purpose=purpose, mac=wanted).first()
        if row is None or text is None or row.tries_left == 0:
            return "wrong"
        if not is_beside_right:
            OneTimeCode.objects.filter(pk=row.pk).update(tries_left=F("tries_left") - 1)
            return "wrong"
    return "good" if row.used_at is None and row.expires_at > now else "spent"


def parse_code(typed: str, shape: Shape = LETTERS) -> str | None:
    """The characters of what was typed: case, spaces and dashes forgiven; None: not a code of this shape."""
    text = "".join(each for each in typed[:40].upper() if each.isalnum())
    return text if len(text) == shape.length and all(each in shape.alphabet for each in text) else None


def _mac(account: AccountId, purpose: str, text: str) -> bytes:
    return keys.current().mac(PURPOSE, str(account).encode(), purpose.encode(), text.encode())
