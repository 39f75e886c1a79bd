"""How many of each establishment have set a second factor: what a policy can be announced upon."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from corneille.access.queries import list_with_password, list_without_factor
from corneille.people.whereabouts import list_whereabouts, works_at

FEW = 5
"""Of fewer people a figure nearly names them."""


@dataclass(frozen=True, slots=True)
class Share:
    """One establishment; who works at two counts in both. `uai` is "" for those who work nowhere."""

    uai: str
    establishment: str
    people_count: int
    enrolled_count: int

    @property
    def is_of_few(self) -> bool:
        """Whether whoever looks at figures alone should not see this one."""
        return self.people_count < FEW

    @property
    def percent(self) -> int:
        """Rounded down: 100 means everybody."""
        return 100 * self.enrolled_count // self.people_count


def list_shares(on: date, uais: Collection[str] | None = None) -> list[Share]:
    """Those with somebody active, of these (None: all, and nowhere): the smallest share first, those of few people last."""
    here = Q() if uais is None else works_at(uais, on)
    everybody = list_with_password(here)
    without = {account for account, _type in list_without_factor(here)}
    people, enrolled, names = Counter[str](), Counter[str](), {"": ""}
    placed = set()
    for each in list_whereabouts(everybody, on):
        if uais is not None and each.uai not in uais:  # who works at two, one of them elsewhere
            continue
        names[each.uai] = each.establishment
        placed.add(each.account)
        people[each.uai] += 1
        enrolled[each.uai] += each.account not in without
    for account in set(everybody) - placed if uais is None else ():
        people[""] += 1
        enrolled[""] += account not in without
    shares = [Share(uai, names[uai], count, enrolled[uai]) for uai, count in people.items()]
    return sorted(shares, key=_sort_key)


def _sort_key(share: Share) -> tuple[bool, float, str]:
    """The place of one that is of few tells nothing of its figure."""
    return share.is_of_few, 0 if share.is_of_few else share.enrolled_count / share.people_count, share.establishment
