"""Is the caller who they say? The person reads out six digits: from a page of their own, or from a verified contact.

The code opens nothing by itself. Where it is right, the agent has the person's agreement, and the sheet opens.
"""

from datetime import datetime, timedelta

from corneille.access.one_time_code import DIGITS, make_code, use_code
from corneille.access.recovery_contact import send_to_contacts
from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.support.sheet import CALLER, find_for_agent, keep_opening

PURPOSE = "caller"
LASTS = timedelta(minutes=10)


def show_caller_code(account: AccountId, now: datetime) -> str:
    """Draws a code for the person's own page; the one before is good no more."""
    return make_code(account, PURPOSE, now, LASTS, shape=DIGITS)


def send_caller_code(agent: AccountId, account: AccountId, now: datetime) -> bool:
    """Sends one to the person's verified contacts, once a minute at most; whether it did. Raises Gone."""
    find_for_agent(agent, account, now)
    return send_to_contacts(account, PURPOSE, "caller-code", now, LASTS, shape=DIGITS)


def check_caller(agent: AccountId, account: AccountId, typed: str, now: datetime) -> bool:
    """Whether this is the person's code: then it is used up and the sheet opens. The journal has both. Raises Gone."""
    find_for_agent(agent, account, now)
    if not use_code(account, PURPOSE, typed, now, shape=DIGITS):
        actor = journal.name_actor(agent)
        journal.append("caller-not-proved", actor=actor, subject=account, data={}, now=now)
        return False
    keep_opening(agent, account, CALLER, "", now)
    return True
