"""What the policy asks of a person: nothing, an offer, a factor within a grace, or a factor before anything else."""

from datetime import UTC, date, datetime, timedelta

from corneille.access import queries
from corneille.access.factor_rule import Moment, Rule, parse_rule
from corneille.access.factor_settings import Factors
from corneille.access.facts import FactorDuty
from corneille.access.settings import current_policy
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId
from corneille.kernel.settings import of
from corneille.kernel.today import today
from corneille.people.account_type import AccountType
from corneille.people.find import list_functions

CALM = Moment()


def list_rules() -> list[Rule]:
    """The rules in force, the earliest first."""
    rules = [parse_rule(each, set(AccountType)) for each in of(Factors).compulsory]
    return sorted(rules, key=lambda rule: rule.from_on)


def find_start(account: AccountId, account_type: str, on: date) -> date | None:
    """From which day a factor is compulsory for this person at some moment at least; the earliest rule counts."""
    rules = list_rules()
    functions = _list_functions(account, rules, on)
    return min((rule.from_on for rule in rules if rule.may_concern(account_type, functions)), default=None)


def find_duty(account: AccountId, account_type: str, now: datetime, moment: Moment = CALM) -> FactorDuty:
    """What is asked of somebody at this moment, whether they have a factor or not; the strictest rule wins.

    A rule that may concern them, but does not hold at this moment, is no reason to wait: the page says so (GRACE).
    """
    rules = list_rules()
    functions = _list_functions(account, rules, today(now))
    concerned = [rule for rule in rules if rule.may_concern(account_type, functions)]
    if not concerned or today(now) < concerned[0].from_on:
        return _find_offer(account, concerned, now)
    held = [rule for rule in concerned if rule.from_on <= today(now) and rule.holds(account_type, functions, moment)]
    return FactorDuty.COMPULSORY if held and _is_grace_over(account, held[0], now, moment) else FactorDuty.GRACE


def _find_offer(account: AccountId, coming: list[Rule], now: datetime) -> FactorDuty:
    if coming and coming[0].from_on - today(now) <= timedelta(days=max(_list_announced_days())):
        return FactorDuty.GRACE
    declined_at = queries.find_declined(account)
    is_declined = declined_at is not None and now - declined_at < timedelta(days=of(Factors).declined_days_count)
    return FactorDuty.NONE if is_declined else FactorDuty.OFFERED


def _is_grace_over(account: AccountId, rule: Rule, now: datetime, moment: Moment) -> bool:
    settings, start = of(Factors), rule.from_on
    if today(now) < _find_programs_end(rule):
        return False
    if moment.is_program:  # who never comes to the web would have its grace for ever
        return True
    count = queries.count_web_sign_ins(account, since=_begin(start), limit=settings.grace_sign_ins_count)
    return count >= settings.grace_sign_ins_count


def _find_programs_end(rule: Rule) -> date:
    """From which day on a rule is kept also where nobody has signed in on the web: mail programs need app passwords."""
    return rule.from_on + timedelta(days=of(Factors).grace_days_count)


def _list_functions(account: AccountId, rules: list[Rule], on: date) -> frozenset[str]:
    """The person's functions on that day; not read where no rule names one."""
    return list_functions(account, on) if any(rule.functions for rule in rules) else frozenset()


def announce_rules(now: datetime) -> int:
    """Tells those without a factor that one will be compulsory, on each of the days announced; gives how many were told."""
    count = 0
    for rule in list_rules():
        left = (rule.from_on - today(now)).days
        step = next((days for days in _list_announced_days() if 0 < left <= days), None)
        if step is None:
            continue
        told: dict[str, outbox.Told] = {"at": _begin(rule.from_on).isoformat()}
        if rule.binds_programs and bind_programs():
            told["programs_at"] = _begin(_find_programs_end(rule)).isoformat()
        code = "factor-announced" if "programs_at" not in told else "factor-announced-with-programs"
        for account, account_type in queries.list_without_factor():
            if not rule.may_concern(account_type, _list_functions(account, [rule], today(now))):
                continue
            key = f"factor-announced/{account}/{rule.from_on}/{step}"
            count += outbox.add_notice(account, code, dict(told), now, key=key)
    return count


def _list_announced_days() -> list[int]:
    """How many days before, ascending."""
    return sorted(int(each) for each in of(Factors).announced_days)


def bind_programs() -> bool:
    """Whether mail programs need app passwords where a factor is compulsory."""
    return not current_policy().is_main_password_for_mail_with_factor


def _begin(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)
