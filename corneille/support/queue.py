"""What lies on an agent's desk."""

from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.support.agents import Scope, find_scopes
from corneille.support.decide import OPEN, State
from corneille.support.models import SupportRequest
from corneille.support.request import LISTED, Line, show_lines
from corneille.support.route import LEVELS

PRESSING = (State.NEW, State.TAKEN, State.WAITING, State.SOLVED, State.CLOSED)


class Whose(StrEnum):
    """Which part of the desk."""

    MINE = "mine"
    LEVEL = "level"  # what waits where I am
    ALL = "all"  # all that I may see


def list_at_desk(agent: AccountId, whose: Whose, state: State | None, now: datetime) -> list[Line]:
    """Those that the agent may see, the most pressing first; `state` None: all that are open. Raises Gone for no agent."""
    scopes = find_scopes(agent, now.date())
    if not scopes:
        raise Gone(page="support desk")
    rows = SupportRequest.objects.filter(_seen(scopes)).exclude(account=agent)
    rows = rows.filter(state__in=OPEN) if state is None else rows.filter(state=state)
    if whose is Whose.MINE:
        rows = rows.filter(agent=agent)
    elif whose is Whose.LEVEL:
        rows = rows.filter(level__in={scope.level for scope in scopes})
    lines = show_lines(rows.select_related("account", "agent").order_by("-pk")[:LISTED])
    return sorted(lines, key=lambda line: (PRESSING.index(line.state), line.id if line.state in OPEN else -line.id))


def count_new(agent: AccountId, now: datetime) -> int | None:
    """How many wait for somebody to take them at this agent's level; None: they answer nothing."""
    scopes = find_scopes(agent, now.date())
    if not scopes:
        return None
    at_level = {scope.level for scope in scopes}
    rows = SupportRequest.objects.filter(_seen(scopes), state=State.NEW, level__in=at_level).exclude(account=agent)
    return rows.count()


def _seen(scopes: tuple[Scope, ...]) -> Q:
    """`request.is_seen` in SQL."""
    seen = Q(pk__in=[])
    for scope in scopes:
        one = Q(matter__in=scope.matters, first_level__in=LEVELS[: LEVELS.index(scope.level) + 1])
        seen |= one if scope.places is None else one & Q(uai__in=scope.places)
    return seen
