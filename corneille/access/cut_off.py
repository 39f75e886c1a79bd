"""Proof that somebody else is in an account: reading ends at once for whoever is in it, and its owner keeps a way in.

Two things are proof, and nothing else (signs of what is unusual never are):

- « It was not me », said by the link that went to a recovery contact which was there before: what would reset the password;
- an officer, by name, finds that what was sent from the account deceives (`protection/cut_off_writer`), or says so.

What was open ends, what was given to programs is revoked, no device is known, sending is held; the password itself is void,
so that no program goes on reading with it, and so is every code and ticket that was given before. Contacts and factors set
within the last week are taken away and contacts removed meanwhile come back: the thief's ways go, the owner's stay; and what
the owner wanted gone, before, stays gone. A passkey or a code at a recovery contact lets the owner in, who chooses a new
password and repairs the account; no fixed time passes.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.dispatch import Signal

from corneille.access import queries
from corneille.access.app_password import list_app_passwords, revoke_app_password
from corneille.access.containment import contain
from corneille.access.device import forget_device, list_devices
from corneille.access.factor import drop_added_since
from corneille.access.facts import Containment
from corneille.access.models import AppPassword, Device, Factor, RecoveryContact, UnusualSignIn
from corneille.access.one_time_code import spend_every_code
from corneille.access.recovery_contact import IMPORTED, SETTLED, go_back
from corneille.access.session import end_all_sessions
from corneille.access.unusual_sign_in import ME
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId

REASON = "takeover"
was_shut_out = Signal()
"""Sent inside the transaction, with `account`, `now`, `actor` and `since`, when somebody else may first have been in: nouns
that stand on this one revoke what they gave."""
DAY = timedelta(days=1)


def cut_off(account: AccountId, now: datetime, *, by: str, actor: str) -> None:
    """Ends all that opens the account but its owner's settled ways, and tells them.

    by     "owner", or the name of the officer who decides
    actor  who acts, as the journal names them
    """
    with transaction.atomic():
        shut_out(account, now, actor=actor)
        removed, returned = go_back(account, _find_suspected_since(account, now), now)
        told: dict[str, journal.Value] = {
            "name": by, "factors": drop_added_since(account, now - SETTLED, now), "contacts": removed, "returned": returned
        }  # fmt: skip
        spend_every_code(account, now)
        queries.void_password(account)
        journal.append("cut-off", actor=actor, subject=account, data=told, now=now)
        outbox.add_notice(account, "taken-over", {"name": by}, now, key=f"taken-over/{account}/{now.timestamp()}")
        contain(account, Containment.HOLD_SENDING, REASON, {}, now, by=by)


def shut_out(account: AccountId, now: datetime, *, actor: str) -> None:
    """Ends sessions and connections, revokes app passwords, permissions, private addresses and links, forgets devices.

    In the caller's transaction.
    """
    since = _find_suspected_since(account, now)  # first: devices that are forgotten tell nothing
    end_all_sessions(account, now)
    for each in list_app_passwords(account):
        revoke_app_password(account, each.id, now, actor=actor)
    for device in list_devices(account, now, current=None):
        forget_device(account, device.id, now, actor=actor)
    was_shut_out.send(None, account=account, now=now, actor=actor, since=since)


def _find_suspected_since(account: AccountId, now: datetime) -> datetime:
    """Since when somebody else may have been in: the first trace of the week that a thief would leave; a day at least."""
    traces = (
        (UnusualSignIn.objects.exclude(answer=ME), "at"),
        (Device.objects.all(), "created_at"),
        (AppPassword.objects.all(), "created_at"),
        (Factor.objects.all(), "added_at"),
        (RecoveryContact.objects.exclude(IMPORTED), "added_at"),
    )
    first = [now - DAY]
    for rows, at in traces:
        found = rows.filter(account_id=account, **{f"{at}__gt": now - SETTLED}).aggregate(first=Min(at))["first"]
        first += [found] if found is not None else []
    return min(first)
