"""Whether somebody may write to a list, and whose lists are theirs to change."""

from collections.abc import Sequence
from datetime import datetime

from corneille.groups.decide import Asker, Decision, Keeper, Writers, decide_writer
from corneille.groups.group import here, read_term
from corneille.groups.membership import list_own
from corneille.groups.models import Group
from corneille.kernel.ids import AccountId
from corneille.people.assignment import list_posts
from corneille.people.decide import Duty
from corneille.people.scope import find_scope


def find_decision(account: AccountId | None, row: Group, now: datetime) -> Decision:
    """The decision for this person, today; None: somebody from outside."""
    if account is None:
        return decide_writer(Writers(row.writers), read_term(row), Asker(), here(now).date())
    return find_decisions(account, [row], now)[row.pk]


def find_decisions(account: AccountId, rows: Sequence[Group], now: datetime) -> dict[int, Decision]:
    """The same for many lists, in as many queries as for one."""
    on = here(now).date()
    own = {row.pk for row in list_own(account, rows, now)}
    there = {post.uai for post in list_posts("", "", on, [account])}
    owned = set(list_owned_uais(account, now))
    askers = {
        row.pk: Asker(is_ours=True, is_member=row.pk in own, works_there=row.uai in there, owns=row.uai in owned)
        for row in rows
    }
    return {row.pk: decide_writer(Writers(row.writers), read_term(row), askers[row.pk], on) for row in rows}


def list_owned_uais(account: AccountId, now: datetime) -> list[str]:
    """The establishments whose lists are this person's: those that they direct today."""
    return sorted(find_scope(account, Duty.DIRECT, here(now).date()).own_uais)


def keeps(account: AccountId, row: Group, now: datetime) -> bool:
    """Whether the account may change the list."""
    return row.keeper == Keeper.HEAD and owns(account, row, now)


def owns(account: AccountId, row: Group, now: datetime) -> bool:
    """Whether the account directs the establishment that the list is of."""
    return bool(row.uai) and row.uai in list_owned_uais(account, now)
