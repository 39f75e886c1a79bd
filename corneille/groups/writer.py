"""Whether somebody may write to a list, and whose lists are theirs to change."""

from datetime import datetime

from corneille.groups.decide import Asker, Decision, Keeper, Writers, decide_writer
from corneille.groups.group import here, read_term
from corneille.groups.membership import list_own
from corneille.groups.models import Group
from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountType
from corneille.people.assignment import list_posts
from corneille.people.find import find_standing_of
from corneille.people.scope import list_managed


def find_decision(account: AccountId | None, row: Group, now: datetime) -> Decision:
    """The decision for this person, today; None: somebody from outside."""
    asker = Asker() if account is None else _find_asker(account, row, now)
    return decide_writer(Writers(row.writers), read_term(row), asker, here(now).date())


def list_owned_uais(account: AccountId, now: datetime) -> list[str]:
    """The establishments whose lists are this person's: those that they direct today."""
    standing = find_standing_of(account)
    if standing is None or standing.type is not AccountType.HEAD:
        return []
    return [place.uai for place in list_managed(account, here(now).date())]


def keeps(account: AccountId, row: Group, now: datetime) -> bool:
    """Whether the account may change the list."""
    return row.keeper == Keeper.HEAD and owns(account, row, now)


def owns(account: AccountId, row: Group, now: datetime) -> bool:
    """Whether the account directs the establishment that the list is of."""
    return bool(row.uai) and row.uai in list_owned_uais(account, now)


def _find_asker(account: AccountId, row: Group, now: datetime) -> Asker:
    return Asker(
        is_ours=True,
        is_member=bool(list_own(account, [row], now)),
        works_there=bool(row.uai and list_posts(row.uai, "", here(now).date(), [account])),
        owns=owns(account, row, now),
    )
