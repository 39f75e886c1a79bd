"""Who is on lists: gathers what `decide` asks for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from corneille.groups import queries
from corneille.groups.decide import Facts, Origin, Written, choose_lists, decide_members
from corneille.groups.group import here, read_rule, read_term
from corneille.groups.models import Group
from corneille.kernel.ids import AccountId
from corneille.people.assignment import list_posts
from corneille.people.post import Post


def find_members(group: int, at: datetime) -> dict[AccountId, Origin]:
    """Everybody who is on a list at an instant, past ones too."""
    local = here(at)
    inner = queries.list_inner(at)
    rows = queries.list_groups(choose_lists(group, inner))
    written = queries.list_written([row.pk for row in rows], None)
    posts = {row.pk: _list_asked_for(row, local) for row in rows}
    return decide_members(group, _gather(rows, posts, written, inner), local)


def list_own(account: AccountId, among: Sequence[Group], at: datetime) -> list[Group]:
    """Those of these lists that the account is on: only what concerns it is read."""
    local = here(at)
    inner = queries.list_inner(at)
    numbers = {other for row in among for other in choose_lists(row.pk, inner)}
    rows = [*among, *queries.list_groups(sorted(numbers - {row.pk for row in among}))]
    posts = dict.fromkeys(numbers, list_posts("", "", local.date(), [account]))
    lists = _gather(rows, posts, queries.list_written(sorted(numbers), [account]), inner)
    return [row for row in among if account in decide_members(row.pk, lists, local)]


def _list_asked_for(row: Group, local: datetime) -> Sequence[Post]:
    rule = read_rule(row)
    return () if rule.is_empty else list_posts(rule.uai, rule.department, local.date())


def _gather(
    rows: Iterable[Group],
    posts: Mapping[int, Sequence[Post]],
    written: Mapping[int, Sequence[Written]],
    inner: Mapping[int, Sequence[int]],
) -> dict[int, Facts]:
    return {
        row.pk: Facts(read_term(row), read_rule(row), posts[row.pk], written.get(row.pk, ()), inner.get(row.pk, ()))
        for row in rows
    }
