"""Takes a campaign out of every mailbox, and puts it back.

Each copy is kept outside the mail, durably, before it goes: cut short at any point, the next turn goes on, and nothing
is lost. Asked for by an officer, done by the service's own upkeep in slices, so that mail goes on beside it. What people
had deleted of it before cannot be put back as long as the removal stands.
"""

import logging
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Q

from corneille.kernel import clock, journal, wake
from corneille.kernel.ids import AccountId, Uid
from corneille.kernel.refusal import Gone, Refusal
from corneille.mail.fetch import read_content
from corneille.mail.find_copies import CopyFound
from corneille.mail.remove import remove
from corneille.mail.values import DELETED
from corneille.mail.withhold import list_withheld, release, withhold
from corneille.protection import evidence
from corneille.protection.campaign import list_copies, list_discarded
from corneille.protection.models import PHISHING, Removal, RemovedCopy
from corneille.protection.restore import restore_copies
from corneille.protection.steps import IncidentRefused, hold_incident, journal_copies, note_step
from corneille.protection.tell import tell_all
from corneille.protection.touched import note_receivers

logger = logging.getLogger(__name__)

TOPIC = "protection/removal"
ASKED, REMOVED, UNDO_ASKED, UNDONE = "asked", "removed", "undo", "undone"
KEPT = "kept"
SLICE_COUNT = 50
PASSES = 3
"""Who moves or deletes a message while it is taken out has it taken out at the next pass."""
LEASE = timedelta(minutes=5)


def ask_removal(incident: int, now: datetime, *, by: AccountId) -> int:
    """Has the campaign taken out of every mailbox, soon. Raises Gone, IncidentRefused (it must have been judged)."""
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        if row.verdict != PHISHING:
            raise IncidentRefused(reason="not-judged")
        if row.removals.filter(state=ASKED).exists():
            raise IncidentRefused(reason="asked")
        removal = Removal.objects.create(incident=row, account_id=by, state=ASKED, asked_at=now)
        note_step(row, "removal-asked", {"removal": removal.pk}, now, by=by)
        transaction.on_commit(_wake)
    return removal.pk


def ask_undo(incident: int, removal: int, now: datetime, *, by: AccountId) -> None:
    """Has everything put back, soon. Raises Gone, IncidentRefused."""
    with transaction.atomic():
        row = hold_incident(incident, now, by=by)
        if not row.removals.filter(pk=removal, state__in=[REMOVED, UNDONE]).update(state=UNDO_ASKED):
            raise Gone(removal=removal)
        note_step(row, "undo-asked", {"removal": removal}, now, by=by)
        transaction.on_commit(_wake)


def run_removals(_now: datetime) -> None:
    """Does what was asked for, also what another process began and did not end."""
    for number in Removal.objects.filter(state__in=[ASKED, UNDO_ASKED]).order_by("pk").values_list("pk", flat=True):
        if _take(number):
            try:
                for done in run_removal(number):
                    logger.info("removal", extra={"removal": number, "done": done})
            finally:
                Removal.objects.filter(pk=number).update(lease_until=None)


def run_removal(number: int) -> Iterator[int]:
    """One removal or its undoing, in slices; gives how many copies each slice settled."""
    removal = Removal.objects.select_related("incident").get(pk=number)
    is_undo = removal.state == UNDO_ASKED
    for count in chain(restore_copies(removal), _release(removal)) if is_undo else _remove_copies(removal):
        _renew(number)
        yield count
    _finish(removal, is_undo=is_undo)


def _remove_copies(removal: Removal) -> Iterator[int]:
    note_receivers(removal.incident_id, clock.now())
    yield from _withhold(removal)  # first, so that none comes back behind the copies that are looked for
    for _ in range(PASSES):
        found = [copy for some in list_copies(removal.incident_id) for copy in some]
        for start in range(0, len(found), SLICE_COUNT):
            yield _remove_slice(removal, found[start : start + SLICE_COUNT])
        withheld = list(_withhold(removal))
        yield sum(withheld)
        if not found and not withheld:
            return


def _withhold(removal: Removal) -> Iterator[int]:
    """What people had deleted; a line of the journal stands before it is withheld: rather twice than never."""
    found = list_discarded(removal.incident_id)
    for some in _journal(removal, "campaign-copy-withheld", [each.owner for each in found]):
        yield withhold(found[some], removal.pk)


def _release(removal: Removal) -> Iterator[int]:
    """May be put back again."""
    owners = list_withheld(removal.pk)
    for some in _journal(removal, "campaign-copy-released", owners):
        yield len(owners[some])
    release(removal.pk)


def _journal(removal: Removal, action: str, owners: list[AccountId]) -> Iterator[slice]:
    """A line of the journal for each owner; gives each slice once its lines stand."""
    for start in range(0, len(owners), SLICE_COUNT):
        some = slice(start, start + SLICE_COUNT)
        with transaction.atomic():
            journal_copies(action, removal, owners[some], clock.now())
        yield some


def _remove_slice(removal: Removal, copies: list[CopyFound]) -> int:
    kept = [copy for copy in copies if _keep(removal, copy)]
    removed = [remove(each.account, each.mailbox, [each.uid], for_good=True) for each in kept]
    gone = [each for each, done in zip(kept, removed, strict=True) if each.uid in _uids(done)]
    with transaction.atomic():
        RemovedCopy.objects.filter(removal=removal, message__in=[each.id for each in gone]).update(state=REMOVED)
        journal_copies("campaign-copy-removed", removal, [each.owner for each in gone], clock.now())
    return len(gone)


def _keep(removal: Removal, copy: CopyFound) -> bool:
    """The octets are safe and a row says where they were, before anything goes; False: it went meanwhile."""
    try:
        content = evidence.keep(read_content(copy.account, copy.id))
    except Refusal as refused:
        logger.warning("copy stays", extra={"copy": copy.id, "why": refused.code})
        return False
    flags = " ".join(sorted(flag for flag in copy.flags if flag.lower() != DELETED.lower()))
    RemovedCopy.objects.update_or_create(
        removal=removal, message=copy.id,
        defaults={
            "account_id": copy.owner, "folder": copy.folder, "flags": flags, "received_at": copy.received_at,
            "content": content, "state": KEPT, "problem": "",
        },
    )  # fmt: skip
    return True


def _uids(done: "Future[tuple[Uid, ...]]") -> tuple[Uid, ...]:
    try:
        return done.result()
    except Refusal:  # the folder went meanwhile, and the message with it or to another
        return ()


def _finish(removal: Removal, *, is_undo: bool) -> None:
    now = clock.now()
    wanted = "restored" if is_undo else REMOVED
    accounts = list(RemovedCopy.objects.filter(removal=removal, state=wanted).values_list("account_id", flat=True))
    withheld = list_withheld(removal.pk)  # none any more after an undoing
    with transaction.atomic():
        Removal.objects.filter(pk=removal.pk).update(state=UNDONE if is_undo else REMOVED)
        action = "restored" if is_undo else "removed"
        data: dict[str, journal.Value] = {"removal": removal.pk, "count": len(accounts), "withheld": len(withheld)}
        note_step(removal.incident, action, data, now, by=_by(removal))
        # Who had deleted it may have clicked before.
        tell_all(f"campaign-{action}", removal.incident, [*accounts, *withheld], now, turn=removal.pk)


def _take(number: int) -> bool:
    """Whether this process has the removal now, and no other."""
    now = clock.now()
    # Further ahead than any lease: the clock was set back since.
    free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LEASE)
    return Removal.objects.filter(free, pk=number).update(lease_until=now + LEASE) == 1


def _renew(number: int) -> None:
    Removal.objects.filter(pk=number).update(lease_until=clock.now() + LEASE)


def _by(removal: Removal) -> AccountId | None:
    return AccountId(removal.account_id) if removal.account_id is not None else None


def _wake() -> None:
    if wake.is_installed():
        wake.current().send(TOPIC)
