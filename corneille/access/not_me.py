"""« It was not me »: one signed step that ends what opens the account, holds its sending, and begins the repair.

The link stands in each notice of something that a thief would do. It shows on GET and acts on POST, needs no sign-in (the
thief may have changed the password), is good for a week, and can only make the account safer.

The link that goes to a recovery contact which was there before proves more than the one in the mailbox, which a thief reads
too: it voids the password as well (`access/cut_off`).
"""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.access import queries
from corneille.access.containment import contain
from corneille.access.cut_off import cut_off, shut_out
from corneille.access.facts import Containment
from corneille.access.recovery_contact import is_settled
from corneille.access.ticket import make_ticket, read_ticket
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone

PURPOSE = "not-me"
BY_CONTACT = "not-me-by-contact"
LASTS = timedelta(days=7)
ACTOR = "owner-by-link"


def make_link(account: AccountId, now: datetime, *, contact: int | None = None) -> str:
    """The path of the page, for a notice; `contact`: the recovery contact that it goes to, and to nobody else."""
    kept = queries.find_password(account)
    purpose = BY_CONTACT if contact is not None and is_settled(account, contact, now) else PURPOSE
    return f"/pas-moi/{make_ticket(purpose, account, kept[1] if kept else 0, now)}"


def find_link(ticket: str, now: datetime) -> AccountId | None:
    """Whose link it is; None: too old, not ours, or of a password that has been changed since."""
    return read_ticket(PURPOSE, ticket, now, LASTS) or read_ticket(BY_CONTACT, ticket, now, LASTS)


def is_proof(ticket: str, now: datetime) -> bool:
    """Whether the link proves that its holder is the owner."""
    return read_ticket(BY_CONTACT, ticket, now, LASTS) is not None


def disown(ticket: str, now: datetime) -> AccountId:
    """Ends sessions, revokes app passwords, forgets devices and holds sending; with a proof, voids the password too.

    Raises Gone.
    """
    account = find_link(ticket, now)
    if account is None:
        raise Gone(link="not-me")
    with transaction.atomic():
        journal.append("disowned", actor=ACTOR, subject=account, data={}, now=now)
        if is_proof(ticket, now):
            cut_off(account, now, by="owner", actor=ACTOR)
            return account
        shut_out(account, now, actor=ACTOR)
        contain(account, Containment.HOLD_SENDING, "not-me", {}, now, by="owner")
    return account
