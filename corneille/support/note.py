"""A note among agents: the person never meets it on their pages, and has it, marked as such, in the copy of their data.

The right of access (GDPR, art. 15) reaches comments that are written about people: who writes one is told so on the page.
"""

from datetime import datetime

from django.db import transaction

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.support.request import NOTE, find_at_desk
from corneille.support.step import check_text, keep_step


@transaction.atomic
def add_note(agent: AccountId, request: int, text: str, now: datetime) -> None:
    """Any agent who sees the request may, also who has handed it up. Raises Gone, RequestRefused."""
    told = check_text(text)
    row, _scope = find_at_desk(agent, request, now, held=True)
    keep_step(row, NOTE, now, by=agent, is_agent=True, text=told)
    data: dict[str, journal.Value] = {"request": row.pk}
    journal.append("request-noted", actor=journal.name_actor(agent), subject=AccountId(row.account_id), data=data, now=now)
