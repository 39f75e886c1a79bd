"""A request goes up: by an agent who does not find the answer, or by itself when nobody takes it."""

from datetime import datetime, timedelta

from django.db import transaction

from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.people.decide import Level
from corneille.support.answer import hold_to_act
from corneille.support.decide import Act, State
from corneille.support.models import SupportRequest
from corneille.support.request import find_next_level
from corneille.support.settings import Support, find_hours
from corneille.support.step import RequestRefused, advance, check_text
from corneille.support.tell import tell_agents, tell_person
from corneille.support.working import count_working


@transaction.atomic
def escalate(agent: AccountId, request: int, text: str, now: datetime) -> Level:
    """Hands it to the next level, with a word; gives which. Raises Gone, RequestRefused."""
    told = check_text(text, may_be_empty=True)
    return _climb(hold_to_act(agent, request, now), told, now, by=agent)


def escalate_late(now: datetime) -> int:
    """What nobody took in time goes up by itself; gives how many. At the académie's support it stays."""
    allowed, hours = timedelta(hours=of(Support).escalate_after_hours), find_hours()

    def is_late(row: SupportRequest) -> bool:
        since = max(row.level_since_at, row.state_since_at)
        return row.state == State.NEW and count_working(since, now, hours) >= allowed

    waiting = SupportRequest.objects.filter(state=State.NEW, level_since_at__lte=now - allowed)
    count = 0
    for number in waiting.exclude(level=Level.ACADEMIE).values_list("pk", flat=True):
        with transaction.atomic():
            row = SupportRequest.objects.select_for_update().get(pk=number)
            if is_late(row) and find_next_level(row, now) is not None:
                _climb(row, "", now, by=None)
                count += 1
    return count


def _climb(row: SupportRequest, text: str, now: datetime, *, by: AccountId | None) -> Level:
    level = find_next_level(row, now)
    if level is None:
        raise RequestRefused(reason="level")
    row.level, row.level_since_at, row.agent_id = level.value, now, None
    step = advance(row, Act.ESCALATE, now, by=by, is_agent=by is not None, text=text)
    tell_person("request-escalated", row, step, now)
    tell_agents("request-arrived", row, step, now)
    return level
