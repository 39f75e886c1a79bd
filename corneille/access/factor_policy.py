"""What the policy asks of a person: nothing, an offer, a factor within a grace, or a factor before anything else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from corneille.access import queries
from corneille.access.factor_settings import Factors
from corneille.access.facts import FactorDuty
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of

ANNOUNCED_DAYS = (30, 15, 7, 1)
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the readable page: for whom ("all" or an account type), from which day."""

    account_type: str
    from_on: date


def list_rules() -> list[Rule]:
    """The rules in force, the earliest first."""
    given = [each.partition("=") for each in of(Factors).compulsory]
    return sorted((Rule(name, date.fromisoformat(day)) for name, _equal, day in given), key=lambda rule: rule.from_on)


def find_start(account_type: str) -> date | None:
    """From which day a factor is compulsory for this type; the strictest rule wins, which is the earliest."""
    days = [rule.from_on for rule in list_rules() if rule.account_type in {account_type, EVERYBODY}]
    return min(days, default=None)


def find_duty(account: AccountId, account_type: str, now: datetime) -> FactorDuty:
    """What is asked now of somebody, whether they have a factor or not."""
    settings, start = of(Factors), find_start(account_type)
    if start is None or now.date() < start:
        announced = start is not None and start - now.date() <= timedelta(days=max(ANNOUNCED_DAYS))
        declined_at = queries.find_declined(account)
        is_declined = declined_at is not None and now - declined_at < timedelta(days=settings.declined_days_count)
        return FactorDuty.GRACE if announced else FactorDuty.NONE if is_declined else FactorDuty.OFFERED
    if now.date() < start + timedelta(days=settings.grace_days_count):
        return FactorDuty.GRACE
    begun = datetime(start.year, start.month, start.day, tzinfo=UTC)
    count = queries.count_web_sign_ins(account, since=begun, limit=settings.grace_sign_ins_count)
    return FactorDuty.COMPULSORY if count >= settings.grace_sign_ins_count else FactorDuty.GRACE


def announce_rules(now: datetime) -> int:
    """Tells those without a factor that one will be compulsory, 30, 15, 7 and 1 days before; gives how many were told."""
    count = 0
    for rule in list_rules():
        left = (rule.from_on - now.date()).days
        step = next((days for days in sorted(ANNOUNCED_DAYS) if 0 < left <= days), None)
        if step is None:
            continue
        at = datetime(rule.from_on.year, rule.from_on.month, rule.from_on.day, tzinfo=UTC).isoformat()
        for account in queries.list_without_factor(None if rule.account_type == EVERYBODY else rule.account_type):
            key = f"factor-announced/{account}/{rule.from_on}/{step}"
            count += outbox.add_notice(account, "factor-announced", {"at": at}, now, key=key)
    return count
