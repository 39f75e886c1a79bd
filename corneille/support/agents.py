"""Who answers requests, and of whom: the gate's facts.

An establishment has its correspondents (an assignment with the function "correspondant numérique", or "correspondant
sécurité" for phishing); a department the people of type `support` at its DSDEN; the académie those at the rectorat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people.account_type import AccountState, AccountType
from corneille.people.assignment import list_assignments
from corneille.people.establishment import EstablishmentShown, list_establishments
from corneille.people.find import find_standing_of
from corneille.people.population import list_population
from corneille.people.scope import list_managed
from corneille.support.route import ROUTES, Level, Matter, is_at_or_above

OFFICES = {Level.DEPARTMENT: "dsden", Level.ACADEMIE: "rectorat"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What an agent answers for.

    places     UAI codes; None: of the whole académie, and of those who work nowhere
    functions  of a correspondent, which decide the matters; empty for support, who has them all
    """

    account: AccountId
    level: Level
    places: frozenset[str] | None
    functions: frozenset[str] = frozenset()

    @property
    def matters(self) -> frozenset[Matter]:
        if self.level is not Level.ESTABLISHMENT:
            return frozenset(Matter)
        return frozenset(matter for matter, row in ROUTES.items() if row.function in self.functions)

    def covers(self, uai: str) -> bool:
        """Whether somebody of this establishment is this agent's to help."""
        return self.places is None or uai in self.places

    def may_act(self, level: Level) -> bool:
        """Whether what lies at this level may be dealt with by them."""
        return is_at_or_above(self.level, level)


def find_scopes(account: AccountId, on: date) -> tuple[Scope, ...]:
    """What somebody answers for, the widest first; empty for nearly everybody."""
    standing = find_standing_of(account)
    if standing is None or standing.state is not AccountState.ACTIVE:
        return ()
    assigned = list_assignments(account, on)
    scopes = []
    if standing.type is AccountType.SUPPORT:
        kinds = {each.uai: each.kind for each in list_establishments()}
        own = {kinds[each.uai] for each in assigned}
        if "rectorat" in own:
            scopes.append(Scope(account, Level.ACADEMIE, None))
        elif "dsden" in own:
            managed = (place.uai for place in list_managed(account, on))
            places = frozenset(uai for uai in managed if kinds[uai] != "rectorat")  # as in `_is_over`
            scopes.append(Scope(account, Level.DEPARTMENT, places))
    functions = {row.function for row in ROUTES.values() if row.function}
    held = {(each.uai, each.function.casefold()) for each in assigned}
    for function in sorted(functions):
        at = frozenset(uai for uai, name in held if name == function)
        if at:
            scopes.append(Scope(account, Level.ESTABLISHMENT, at, frozenset({function})))
    return tuple(scopes)


def list_agents(matter: Matter, uai: str, on: date, *, but: AccountId) -> Mapping[Level, list[AccountId]]:
    """Who answers for a matter of an establishment, at each level that has somebody; nobody answers themselves (`but`)."""
    everywhere = list_establishments()
    here = next((each for each in everywhere if each.uai == uai), None)
    found: dict[Level, list[AccountId]] = {}
    function = ROUTES[matter].function
    if here is not None and function:
        found[Level.ESTABLISHMENT] = list_population([], [here.uai], [function], on)
    for level, kind in OFFICES.items():
        offices = [each.uai for each in everywhere if each.kind == kind and _is_over(each, here)]
        found[level] = list_population([AccountType.SUPPORT], offices, [], on) if offices else []
    without = {level: [each for each in agents if each != but] for level, agents in found.items()}
    return {level: agents for level, agents in without.items() if agents}


def _is_over(office: EstablishmentShown, here: EstablishmentShown | None) -> bool:
    """The rectorat is over all; a DSDEN over its department, but not over the rectorat that stands there."""
    if office.kind == "rectorat":
        return True
    return here is not None and here.kind != "rectorat" and office.department == here.department
