"""Replays a scenario against a policy and counts what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from corneille.access.decide import Granted, Refused
from corneille.access.policy import Policy
from corneille.access.simulation.guard import OLD, RIGHT, Answer, Guard, Try

IN, SECOND, WAIT, REFUSED = "in", "second", "wait", "refused"


@dataclass(frozen=True, slots=True)
class OwnerEvent:
    """One try of an owner with the right password: let in, asked a second proof (and then in or not), or made to wait."""

    at: datetime
    outcome: str


@dataclass(slots=True)
class Report:
    """What attackers and owners met.

    tried_count      tries of attackers
    looked_at_count  those whose password was looked at: the guesses that they were granted
    useful_count     those after which a right guess alone would have opened the account
    by_hour          per hour: (looked at, refused before any look)
    """

    tried_count: int = 0
    looked_at_count: int = 0
    useful_count: int = 0
    most_on_one_account_count: int = 0
    by_hour: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)] * 24)
    owner_events: list[OwnerEvent] = field(default_factory=list)

    def count_owners(self, outcome: str) -> int:
        """How many of the owners' tries with the right password ended so."""
        return sum(event.outcome == outcome for event in self.owner_events)


def replay(tries: Sequence[Try], policy: Policy) -> Report:
    """Every try in order through one guard."""
    guard, report = Guard(policy), Report()
    by_account: dict[str, int] = {}
    for tried in tries:
        if not tried.is_owner and tried.secret not in {RIGHT, OLD}:
            would_open = _would_open(guard, tried)
            _count_attack(report, tried, guard.attempt(tried), by_account, would_open=would_open)
            continue
        answer = guard.attempt(tried)
        if tried.secret == RIGHT:
            report.owner_events.append(OwnerEvent(tried.at, _name_outcome(answer)))
    report.most_on_one_account_count = max(by_account.values(), default=0)
    return report


def _would_open(guard: Guard, tried: Try) -> bool:
    """Whether the account would have opened had this very guess been the right one, without a second proof."""
    lucky = Try(tried.at, tried.account, tried.network, RIGHT, tried.door)
    return isinstance(guard.judge(lucky).decision, Granted)


def _count_attack(report: Report, tried: Try, answer: Answer, by_account: dict[str, int], *, would_open: bool) -> None:
    hour = tried.at.hour
    looked, refused = report.by_hour[hour]
    report.by_hour[hour] = (looked + answer.is_looked_at, refused + (not answer.is_looked_at))
    report.tried_count += 1
    report.looked_at_count += answer.is_looked_at
    report.useful_count += answer.is_looked_at and would_open
    if answer.is_looked_at:
        by_account[tried.account] = by_account.get(tried.account, 0) + 1


def _name_outcome(answer: Answer) -> str:
    if answer.is_second_asked:
        return SECOND
    if isinstance(answer.decision, Granted):
        return IN
    return WAIT if isinstance(answer.decision, Refused) and answer.decision.until is not None else REFUSED
