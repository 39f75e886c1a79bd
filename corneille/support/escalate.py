"""A request goes up: by an agent who does not find the answer, or by itself when nobody takes it or answers it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.people.decide import Level
from corneille.support.answer import hold_to_act
from corneille.support.decide import Act, State
from corneille.support.models import SupportRequest
from corneille.support.request import find_next_level
from corneille.support.settings import Support, find_hours
from corneille.support.step import RequestRefused, advance, check_text
from corneille.support.tell import remind_agents, tell_agents, tell_person
from corneille.support.working import count_working


@transaction.atomic
def escalate(agent: AccountId, request: int, text: str, now: datetime) -> Level:
    """Hands it to the next level, with a word; gives which. Raises Gone, RequestRefused."""
    told = check_text(text, may_be_empty=True)
    return _climb(hold_to_act(agent, request, now), told, now, by=agent)


def escalate_late(now: datetime) -> int:
    """What nobody took in time, or who took it left unanswered long after it was due, goes up by itself; gives how many.

    Who took it is reminded when it is due. From the académie's support nothing goes up: there all are told.
    """
    unheard = Q(state=State.NEW, level_since_at__lte=now - _allowed()) & ~Q(level=Level.ACADEMIE)
    overdue = Q(state=State.TAKEN, due_at__lte=now)
    numbers = list(SupportRequest.objects.filter(unheard | overdue).values_list("pk", flat=True))
    return sum(_press(number, now) for number in numbers)


@transaction.atomic
def _press(request: int, now: datetime) -> bool:
    """Reminds, and hands it up where it is time; says whether it went up."""
    row = SupportRequest.objects.select_for_update().filter(pk=request).first()
    since = _find_wait(row, now) if row is not None else None
    if row is None or since is None:
        return False
    is_late, is_taken = count_working(since, now, find_hours()) >= _allowed(), row.state == State.TAKEN
    goes_up = is_late and find_next_level(row, now) is not None
    if goes_up:
        _climb(row, "", now, by=None)
    elif is_taken:
        remind_agents(row, since, now, everybody=is_late)
    return goes_up


def _find_wait(row: SupportRequest, now: datetime) -> datetime | None:
    """Since when somebody waits for support to move; None: nobody does."""
    if row.state == State.NEW:
        return max(row.level_since_at, row.state_since_at)
    return row.due_at if row.state == State.TAKEN and row.due_at is not None and row.due_at <= now else None


def _allowed() -> timedelta:
    return timedelta(hours=of(Support).escalate_after_hours)


def _climb(row: SupportRequest, text: str, now: datetime, *, by: AccountId | None) -> Level:
    level = find_next_level(row, now)
    if level is None:
        raise RequestRefused(reason="level")
    row.level, row.level_since_at, row.agent_id = level.value, now, None
    step = advance(row, Act.ESCALATE, now, by=by, is_agent=by is not None, text=text)
    tell_person("request-escalated", row, step, now)
    tell_agents("request-arrived", row, step, now)
    return level
