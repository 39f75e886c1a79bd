"""Who is on lists: gathers what `decide` asks for."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from corneille.groups import queries
from corneille.groups.decide import Facts, Origin, Rule, choose_lists, choose_rule, decide_members
from corneille.groups.group import GroupShown, here, read_rule, read_term, show
from corneille.groups.models import Group
from corneille.kernel.day import day_after
from corneille.kernel.ids import AccountId
from corneille.people.assignment import list_posts
from corneille.people.post import Post


def find_members(group: int, at: datetime) -> dict[AccountId, Origin]:
    """Everybody who is on a list at an instant, past ones too."""
    local = here(at)
    inner = queries.list_inner(at)
    rows = queries.list_groups(choose_lists(group, inner))
    rules = _find_rules(rows, at)
    posts = {number: _list_asked_for(rule, local) for number, rule in rules.items()}
    written = queries.list_written(list(rules), None)
    lists = {
        row.pk: Facts(read_term(row), rules[row.pk], posts[row.pk], written.get(row.pk, ()), inner.get(row.pk, ()))
        for row in rows
    }
    return decide_members(group, lists, local)


def list_own(account: AccountId, among: Sequence[Group], now: datetime) -> list[Group]:
    """Those of these lists that the account is on now: only what concerns it is read."""
    local = here(now)
    inner = queries.list_inner(now)
    reached = {other for row in among for other in choose_lists(row.pk, inner)}
    rows = [*among, *queries.list_groups(sorted(reached - {row.pk for row in among}))]
    own = list_posts("", "", local.date(), [account])
    written = queries.list_written([row.pk for row in rows], [account])
    lists = {
        row.pk: Facts(read_term(row), read_rule(row), own, written.get(row.pk, ()), inner.get(row.pk, ())) for row in rows
    }
    return [row for row in among if account in decide_members(row.pk, lists, local)]


def list_own_groups(account: AccountId, now: datetime) -> list[GroupShown]:
    """The lists that the account is on now."""
    return [show(row) for row in list_own(account, _list_near(account, now), now)]


def list_terms_turns(account: AccountId, now: datetime) -> list[date]:
    """The later days on which one of the lists that the account is on, or may be on, begins or is over."""
    terms = [read_term(row) for row in _list_near(account, now)]
    over = [day_after(each.until_on) for each in terms if each.until_on is not None]
    return [day for day in (*over, *(each.from_on for each in terms)) if day > here(now).date()]


def list_own_among(account: AccountId, numbers: Collection[int], now: datetime) -> frozenset[int]:
    """Which of these lists the account is on now."""
    return frozenset(each.id for each in list_own_groups(account, now)) & frozenset(numbers)


def _list_near(account: AccountId, now: datetime) -> list[Group]:
    """Those that may have to do with the account now, whether in force or not: the others need not be read."""
    uais = {post.uai for post in list_posts("", "", here(now).date(), [account])}
    near = queries.list_near(account, uais)
    inner = queries.list_inner(now)
    outer = {row for row in inner if not near.isdisjoint(choose_lists(row, inner))}
    return queries.list_groups(sorted(near | outer))


def _find_rules(rows: Sequence[Group], at: datetime) -> Mapping[int, Rule]:
    former = queries.list_former_rules([row.pk for row in rows])
    return {row.pk: choose_rule(read_rule(row), former.get(row.pk, ()), at) for row in rows}


def _list_asked_for(rule: Rule, local: datetime) -> Sequence[Post]:
    return () if rule.is_empty else list_posts(rule.uai, rule.department, local.date())
