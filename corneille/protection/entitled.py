"""Who sees incidents, of which establishments, and who may act on them, by `people/decide.py`.

A security officer sees and does everything. A security correspondent sees what touches theirs; so do a head of school and
the assistance, for whom they look after.
"""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountType
from corneille.people.decide import Duty, decide_scope
from corneille.people.population import list_population
from corneille.people.scope import find_asker, list_places


@dataclass(frozen=True, slots=True)
class Entitled:
    """What somebody may see; `places`: UAI codes, None: of the whole académie."""

    may_act: bool
    places: frozenset[str] | None

    def sees(self, uai: str) -> bool:
        return self.places is None or uai in self.places


def find_entitled(account: AccountId, on: date) -> Entitled | None:
    """None for nearly everybody: they see their own reports alone."""
    asker = find_asker(account, on)
    if decide_scope(asker, Duty.JUDGE):
        return Entitled(may_act=True, places=None)
    places = list_places(decide_scope(asker, Duty.WATCH), decide_scope(asker, Duty.LOOK_AFTER))
    return Entitled(may_act=False, places=frozenset(each.uai for each in places)) if places else None


def list_officers(on: date) -> list[AccountId]:
    """Security officers."""
    return list_population([AccountType.SECURITY], [], [], on)
