"""« It was not me »: one signed step that ends what opens the account, holds its sending, and begins the repair.

The link stands in each notice of something that a thief would do, and in the portal beside it and beside each sign-in of
the week. It shows on GET and acts on POST, needs no sign-in (the thief may have changed the password), is good for a week,
and can only make the account safer.

The link that goes to a recovery contact which was there before proves more than the one in the mailbox, which a thief reads
too: it voids the password as well (`access/cut_off`). The one in the mailbox ends a letter that unlocks, made before itself,
once a week (`access/disowned_letter`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from corneille.access import queries
from corneille.access.containment import contain
from corneille.access.cut_off import cut_off, shut_out
from corneille.access.disowned_letter import Fate, disown_letter, end_letter, find_fate
from corneille.access.facts import Containment
from corneille.access.recovery_contact import is_settled
from corneille.access.ticket import find_made_at, make_ticket, read_ticket
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone

PURPOSE = "not-me"
BY_CONTACT = "not-me-by-contact"
LASTS = timedelta(days=7)
ACTOR = "owner-by-link"
SECOND = timedelta(seconds=1)
"""A link knows its own instant no better."""


def make_link(account: AccountId, now: datetime, *, contact: int | None = None) -> str:
    """The path of the page, for a notice; `contact`: the recovery contact that it goes to, and to nobody else."""
    kept = queries.find_password(account)
    purpose = BY_CONTACT if contact is not None and is_settled(account, contact, now) else PURPOSE
    return _name_page(purpose, account, kept[1] if kept else 0, now)


def make_links(account: AccountId, instants: Iterable[datetime], now: datetime) -> dict[datetime, str]:
    """The links that the notices of those instants brought into the mailbox, for the portal; a session proves no more.

    Where such a link is good no more there is none: older than a week, or the password was changed since.
    """
    kept = queries.find_password(account)
    if kept is None:
        return {}
    serial, oldest = kept[1], max(kept[4], now - LASTS)
    return {at: _name_page(PURPOSE, account, serial, at) for at in instants if oldest <= at <= now}


def _name_page(purpose: str, account: AccountId, serial: int, at: datetime) -> str:
    return f"/pas-moi/{make_ticket(purpose, account, serial, at)}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link that is good.

    is_proof     it proves that its holder is the owner
    made_before  with the second in which it was made; letters that unlock made later are none of its business
    letter       what it does to the letter that is open; with a proof, every letter ends anyway
    """

    account: AccountId
    is_proof: bool
    made_before: datetime
    letter: Fate


def read_link(ticket: str, now: datetime) -> Link | None:
    """What a link is; None: too old, not ours, or of a password that has been changed since."""
    for purpose in (PURPOSE, BY_CONTACT):
        account = read_ticket(purpose, ticket, now, LASTS)
        if account is not None:
            made_before = find_made_at(ticket) + SECOND
            return Link(account, purpose == BY_CONTACT, made_before, find_fate(account, now, made_before=made_before))
    return None


def disown(ticket: str, now: datetime) -> Link:
    """Ends sessions, revokes app passwords, forgets devices and holds sending; with a proof, voids the password too.

    Gives what the link was before. Raises Gone.
    """
    link = read_link(ticket, now)
    if link is None:
        raise Gone(link="not-me")
    with transaction.atomic():
        journal.append("disowned", actor=ACTOR, subject=link.account, data={}, now=now)
        if link.is_proof:
            end_letter(link.account, now)
            cut_off(link.account, now, by="owner", actor=ACTOR)
        else:
            shut_out(link.account, now, actor=ACTOR)
            disown_letter(link.account, now, made_before=link.made_before)
            contain(link.account, Containment.HOLD_SENDING, "not-me", {}, now, by="owner")
    return link
