"""« It was not me »: one signed step that ends what opens the account, holds its sending, and begins the repair.

The link stands in each notice of something that a thief would do. It shows on GET and acts on POST, needs no sign-in (the
thief may have changed the password), is good for a week, and can only make the account safer.
"""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.access import queries
from corneille.access.app_password import list_app_passwords, revoke_app_password
from corneille.access.containment import contain
from corneille.access.device import forget_device, list_devices
from corneille.access.facts import Containment
from corneille.access.session import end_all_sessions
from corneille.access.ticket import make_ticket, read_ticket
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone

PURPOSE = "not-me"
LASTS = timedelta(days=7)
ACTOR = "owner-by-link"


def make_link(account: AccountId, now: datetime) -> str:
    """The path of the page, for a notice."""
    kept = queries.find_password(account)
    return f"/pas-moi/{make_ticket(PURPOSE, account, kept[1] if kept else 0, now)}"


def find_link(ticket: str, now: datetime) -> AccountId | None:
    """Whose link it is; None: too old, not ours, or of a password that has been changed since."""
    return read_ticket(PURPOSE, ticket, now, LASTS)


def disown(ticket: str, now: datetime) -> AccountId:
    """Ends sessions, revokes app passwords, forgets devices and holds sending. Raises Gone."""
    account = find_link(ticket, now)
    if account is None:
        raise Gone(link="not-me")
    with transaction.atomic():
        end_all_sessions(account, now)
        for app_password in list_app_passwords(account):
            revoke_app_password(account, app_password.id, now, actor=ACTOR)
        for device in list_devices(account, now, current=None):
            forget_device(account, device.id, now, actor=ACTOR)
        journal.append("disowned", actor=ACTOR, subject=account, data={}, now=now)
        contain(account, Containment.HOLD_SENDING, "not-me", {}, now, by="owner")
    return account
