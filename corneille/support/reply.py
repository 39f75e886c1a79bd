"""What the person does with their request: replies, ends it, says how it went, opens it again, agrees to a look."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from corneille.kernel.ids import AccountId
from corneille.support.agents import find_scopes
from corneille.support.decide import Act
from corneille.support.models import SupportRequest
from corneille.support.request import find_own, is_seen
from corneille.support.step import RequestRefused, advance, check_text, keep_step
from corneille.support.tell import tell_agents

WORD_LENGTH = 500


class Satisfaction(StrEnum):
    """How it went."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


@transaction.atomic
def reply(account: AccountId, request: int, text: str, now: datetime) -> None:
    """Adds the person's message; it waits for support again. Raises Gone, RequestRefused."""
    told = check_text(text)
    row = hold(account, request, now)
    tell_agents("request-replied", row, advance(row, Act.REPLY, now, by=account, is_agent=False, text=told), now)


@transaction.atomic
def withdraw(account: AccountId, request: int, now: datetime) -> None:
    """« Ce n'est plus la peine ». Raises Gone, RequestRefused."""
    row = find_own(account, request, held=True)
    tell_agents("request-withdrawn", row, advance(row, Act.WITHDRAW, now, by=account, is_agent=False), now)


@transaction.atomic
def rate(account: AccountId, request: int, how: str, word: str, now: datetime) -> None:
    """Says once how it went, and ends what was solved. Raises Gone, RequestRefused."""
    if how not in set(Satisfaction) or len(word) > WORD_LENGTH:
        raise RequestRefused(reason="satisfaction")
    row = find_own(account, request, held=True)
    if row.satisfaction:
        raise RequestRefused(reason="state")
    row.satisfaction, row.satisfaction_word = how, word.strip()
    tell_agents("request-rated", row, advance(row, Act.RATE, now, by=account, is_agent=False), now)


@transaction.atomic
def reopen(account: AccountId, request: int, text: str, now: datetime) -> None:
    """Opens it again within seven days, with what is still wrong. Raises Gone, RequestRefused."""
    told = check_text(text)
    row = hold(account, request, now)
    row.satisfaction, row.satisfaction_word = "", ""
    tell_agents("request-reopened", row, advance(row, Act.REOPEN, now, by=account, is_agent=False, text=told), now)


@transaction.atomic
def set_consent(account: AccountId, request: int, now: datetime, *, agrees: bool) -> None:
    """Whether who deals with it may open the sheet of the account without another reason. Raises Gone."""
    row = find_own(account, request, held=True)
    if (row.consented_at is not None) == agrees:
        return
    row.consented_at = now if agrees else None
    row.save()
    keep_step(row, "agree" if agrees else "disagree", now, by=account, is_agent=False)


def hold(account: AccountId, request: int, now: datetime) -> SupportRequest:
    """The row, which nobody looks after any more where its agent has left support meanwhile."""
    row = find_own(account, request, held=True)
    if row.agent_id is not None and not any(is_seen(row, each) for each in find_scopes(AccountId(row.agent_id), now.date())):
        row.agent_id = None
    return row
