"""Recovery contacts: addresses outside the académie, verified by a code, where a person hears of what happens."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import transaction
from django.db.models import F, Q

from corneille.access.models import RecoveryContact
from corneille.access.one_time_code import LETTERS, RESET, SECOND, Shape, make_code, spend_code, use_code
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.journal import name_actor
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.seal import seal
from corneille.people.address import is_local_domain, split_address

SEALED_CODE = "access/code-on-its-way"
"""What seals a code between the outbox and the mail that carries it."""
SEND_AGAIN = timedelta(minutes=1)
"""Between two codes for one account: nobody floods a person's other mailbox."""
CONTACTS = 3
CODE_LASTS = timedelta(hours=1)
ADDRESS_LENGTH = 254
SETTLED = timedelta(days=7)
"""A contact that was verified so long ago is the owner's: nobody who came in lately has set it."""
IMPORTED = Q(verified_at=F("added_at"))
"""Taken from the directory, verified there: nobody sets one so from a page, however lately it came."""


class ContactRefused(Refusal):
    """Not taken; `reason`: "shape", "own-domain", "taken" or "too-many"."""

    code: ClassVar[str] = "contact-refused"


@dataclass(frozen=True, slots=True)
class ContactShown:
    """One contact as its owner sees it; until it is verified nothing is sent there but its code."""

    id: int
    address: str
    is_verified: bool
    added_at: datetime


def add_contact(account: AccountId, address: str, now: datetime) -> int:
    """Adds an address and sends it a code. Raises ContactRefused."""
    given = address.strip()
    reason = _find_fault(account, given)
    if reason is not None:
        raise ContactRefused(reason=reason)
    with transaction.atomic():
        row = RecoveryContact.objects.create(account_id=account, address=given, added_at=now)
        journal.append("recovery-contact-added", actor=name_actor(account), subject=account, data={}, now=now)
    send_code(account, row.pk, now)
    return row.pk


def import_contact(account: AccountId, address: str, now: datetime, *, actor: str) -> None:
    """Takes a contact that somebody else has verified: an import of the directory. Raises ContactRefused."""
    reason = _find_fault(account, address)
    if reason is not None:
        raise ContactRefused(reason=reason)
    with transaction.atomic():
        RecoveryContact.objects.create(account_id=account, address=address, added_at=now, verified_at=now)
        journal.append("recovery-contact-added", actor=actor, subject=account, data={}, now=now)


def send_code(account: AccountId, contact: int, now: datetime) -> None:
    """Sends a fresh code to a contact that is not verified yet; the one before is good no more. Raises Gone."""
    row = _find(account, contact)
    code = make_code(account, _purpose(contact), now, CODE_LASTS)
    told: dict[str, outbox.Told] = {"contact": row.pk, "sealed_code": seal(SEALED_CODE, code.encode())}
    outbox.add_notice(account, "contact-code", told, now, key=f"contact-code/{contact}/{now.timestamp()}")


def send_to_contacts(
    account: AccountId, purpose: str, notice: str, now: datetime, lasts: timedelta, *, shape: Shape = LETTERS
) -> bool:
    """Sends one fresh code to every verified contact, once a minute at most; whether it did.

    notice  the code of the words it goes with
    """
    contacts = list_verified(account)
    minute = int(now.timestamp() // SEND_AGAIN.total_seconds())
    if not contacts or not outbox.is_new(f"{notice}/{account}/{minute}/{contacts[0].id}"):
        return False
    sealed = seal(SEALED_CODE, make_code(account, purpose, now, lasts, shape=shape).encode())
    for contact in contacts:
        told: dict[str, outbox.Told] = {"contact": contact.id, "sealed_code": sealed}
        outbox.add_notice(account, notice, told, now, key=f"{notice}/{account}/{minute}/{contact.id}")
    return True


def verify_contact(account: AccountId, contact: int, typed: str, now: datetime) -> bool:
    """Takes the code that arrived there; tells every contact when it is right. Raises Gone."""
    row = _find(account, contact)
    if not use_code(account, _purpose(contact), typed, now):
        return False
    with transaction.atomic():
        RecoveryContact.objects.filter(pk=row.pk).update(verified_at=now)
        journal.append("recovery-contact-verified", actor=name_actor(account), subject=account, data={}, now=now)
        told: dict[str, outbox.Told] = {"address": hide_address(row.address)}
        outbox.add_notice(account, "contact-verified", told, now, key=f"contact-verified/{contact}")
    return True


def drop_contact(account: AccountId, contact: int, now: datetime, *, is_at_home: bool = False) -> None:
    """Removes a contact; it is told too, as the others are. Raises Gone.

    is_at_home  on a device that has been the owner's for long (`access/device.is_home`)
    """
    row = _find(account, contact)
    told: dict[str, outbox.Told] = {"address": hide_address(row.address)}
    with transaction.atomic():
        RecoveryContact.objects.filter(pk=row.pk).update(dropped_at=now, is_dropped_at_home=is_at_home)
        for each in (RESET, SECOND):  # what was sent there opens nothing more
            spend_code(account, each, now)
        journal.append("recovery-contact-dropped", actor=name_actor(account), subject=account, data={}, now=now)
        if row.verified_at is not None:
            outbox.add_notice(account, "contact-dropped", told, now, key=f"contact-dropped/{contact}")
            last = {**told, "contact": row.pk}
            outbox.add_notice(account, "contact-dropped", last, now, key=f"contact-dropped/{contact}/itself")


def list_contacts(account: AccountId) -> list[ContactShown]:
    """Those that were not removed, the oldest first."""
    rows = RecoveryContact.objects.filter(account_id=account, dropped_at=None).order_by("pk")
    return [ContactShown(row.pk, row.address, row.verified_at is not None, row.added_at) for row in rows]


def list_verified(account: AccountId) -> list[ContactShown]:
    """Those where something may be sent, the oldest first."""
    return [each for each in list_contacts(account) if each.is_verified]


def is_settled(account: AccountId, contact: int, now: datetime) -> bool:
    """Whether the contact was there before whoever may have come in lately."""
    rows = RecoveryContact.objects.filter(pk=contact, account_id=account, dropped_at=None)
    return rows.filter(Q(verified_at__lte=now - SETTLED) | IMPORTED).exists()


def go_back(account: AccountId, suspected_since: datetime, now: datetime) -> tuple[int, int]:
    """Removes contacts that are not settled, and brings back settled ones that were removed lately; gives how many.

    suspected_since  who removed one at home before that was the owner, who wanted it gone: it stays so
    """
    since = now - SETTLED
    rows = RecoveryContact.objects.filter(account_id=account)
    lost = rows.filter(Q(verified_at__lte=since) | IMPORTED, dropped_at__gt=since)
    lost = lost.exclude(is_dropped_at_home=True, dropped_at__lt=suspected_since)
    removed = rows.filter(dropped_at=None, added_at__gt=since).exclude(IMPORTED).update(dropped_at=now)
    return removed, lost.update(dropped_at=None, is_dropped_at_home=False)


def find_contact_address(account: AccountId, contact: int) -> str | None:
    """Where one contact is, removed or not: for the delivery of what is meant for it alone."""
    return RecoveryContact.objects.filter(pk=contact, account_id=account).values_list("address", flat=True).first()


def hide_address(address: str) -> str:
    """Enough to recognise one's own: "m•••@example.org"."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}"


def _find(account: AccountId, contact: int) -> RecoveryContact:
    row = RecoveryContact.objects.filter(pk=contact, account_id=account, dropped_at=None).first()
    if row is None:
        raise Gone(contact=contact)
    return row


def _find_fault(account: AccountId, given: str) -> str | None:
    parts = split_address(given) if len(given) <= ADDRESS_LENGTH and given.isascii() else None
    if parts is None or "." not in parts[1] or not given.isprintable() or " " in given:
        return "shape"
    if is_local_domain(parts[1].lower()):
        return "own-domain"
    kept = list_contacts(account)
    if any(each.address.casefold() == given.casefold() for each in kept):
        return "taken"
    return "too-many" if len(kept) >= CONTACTS else None


def _purpose(contact: int) -> str:
    return f"contact/{contact}"
