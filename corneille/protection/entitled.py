"""Who sees incidents, of which establishments, and who may act on them.

A security officer sees and does everything. A security correspondent (an assignment with that function: at an
establishment, at a DSDEN for its department, at the rectorat for the académie) sees what touches theirs; so do a head of
school and the assistance, for whom they look after.
"""

from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountType
from corneille.people.establishment import list_establishments, list_uais
from corneille.people.find import find_standing_of
from corneille.people.population import list_population
from corneille.people.scope import list_managed, list_managed_as

CORRESPONDENT = "correspondant sécurité"
"""The function of an assignment, in lower case."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """What somebody may see; `places`: UAI codes, None: of the whole académie."""

    may_act: bool
    places: frozenset[str] | None

    def sees(self, uai: str) -> bool:
        return self.places is None or uai in self.places


def find_entitled(account: AccountId, on: date) -> Entitled | None:
    """None for nearly everybody: they see their own reports alone."""
    standing = find_standing_of(account)
    if standing is not None and standing.type is AccountType.SECURITY:
        return Entitled(may_act=True, places=None)
    places = {*list_managed_as(account, CORRESPONDENT, on), *list_managed(account, on)}
    return Entitled(may_act=False, places=frozenset(each.uai for each in places)) if places else None


def list_officers(on: date) -> list[AccountId]:
    """Security officers."""
    return list_population([AccountType.SECURITY], [], [], on)


def list_correspondents(reporter: AccountId, on: date) -> list[AccountId]:
    """The security correspondents of where somebody works, of its department and of the académie."""
    own = set(list_uais(reporter))
    everywhere = list_establishments()
    departments = {each.department for each in everywhere if each.uai in own}
    above = [
        each.uai
        for each in everywhere
        if each.uai in own or each.kind == "rectorat" or (each.kind == "dsden" and each.department in departments)
    ]
    return list_population([], above, [CORRESPONDENT], on) if above else []
