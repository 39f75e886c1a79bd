"""One step of a request: the rule asked, the row moved on, the step kept."""

from datetime import datetime, timedelta
from typing import ClassVar

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.support.decide import OPEN, Act, State, is_owed, move
from corneille.support.models import RequestStep, SupportRequest
from corneille.support.settings import Support, find_hours
from corneille.support.working import add_working

TEXT_LENGTH = 4000
ANSWERS = frozenset({Act.ANSWER, Act.ASK, Act.SOLVE})


class RequestRefused(Refusal):
    """Not done; `reason`: "state" (it has moved on meanwhile), "text", "many", "place", "level" or "satisfaction"."""

    code: ClassVar[str] = "request-refused"


def advance(
    row: SupportRequest, act: Act, now: datetime, *, by: AccountId | None, is_agent: bool, text: str = ""
) -> RequestStep:
    """Moves the held row on and keeps the step; the caller tells who is to know. Raises RequestRefused."""
    before = State(row.state)
    after = move(act, before, is_taken=row.agent_id is not None, over_at=row.over_at, now=now)
    if after is None:
        raise RequestRefused(reason="state")
    if after is not before:
        row.state, row.state_since_at = after.value, now
    row.over_at = None if after in OPEN else row.over_at or now
    if not is_owed(act, is_owed_now=row.due_at is not None):
        row.due_at = None
    elif row.due_at is None or act is Act.ESCALATE:
        row.due_at = find_due(now)
    if act in ANSWERS and text and row.answered_at is None:
        row.answered_at = now
    row.save()
    return keep_step(row, act.value, now, by=by, is_agent=is_agent, text=text)


def find_due(now: datetime) -> datetime:
    """Until when what is asked now is answered."""
    return add_working(now, timedelta(hours=of(Support).answer_within_hours), find_hours())


def keep_step(
    row: SupportRequest, action: str, now: datetime, *, by: AccountId | None, is_agent: bool, text: str = ""
) -> RequestStep:
    """A line of the request's history, which changes nothing by itself."""
    return RequestStep.objects.create(
        request=row, at=now, account_id=by, is_agent=is_agent, action=action, state=row.state, level=row.level, text=text
    )


def check_text(text: str, *, may_be_empty: bool = False) -> str:
    """The text without white space around it. Raises RequestRefused."""
    told = text.strip().replace("\r\n", "\n")
    if len(told) > TEXT_LENGTH or not (told or may_be_empty):
        raise RequestRefused(reason="text")
    return told
