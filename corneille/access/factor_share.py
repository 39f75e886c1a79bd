"""How many of each establishment have set a second factor: what a policy can be announced upon."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from corneille.access.queries import list_with_password, list_without_factor
from corneille.people.whereabouts import list_whereabouts


@dataclass(frozen=True, slots=True)
class Share:
    """One establishment; who works at two counts in both. `uai` is "" for those who work nowhere."""

    uai: str
    establishment: str
    people_count: int
    enrolled_count: int


def list_shares(on: date) -> list[Share]:
    """Establishments with somebody active, those with the smallest share first."""
    everybody = list_with_password()
    without = {account for account, _type in list_without_factor()}
    people, enrolled, names = Counter[str](), Counter[str](), {"": ""}
    placed = set()
    for each in list_whereabouts(everybody, on):
        names[each.uai] = each.establishment
        placed.add(each.account)
        people[each.uai] += 1
        enrolled[each.uai] += each.account not in without
    for account in set(everybody) - placed:
        people[""] += 1
        enrolled[""] += account not in without
    shares = [Share(uai, names[uai], count, enrolled[uai]) for uai, count in people.items()]
    return sorted(shares, key=lambda share: (share.enrolled_count / share.people_count, share.establishment))
