"""Who answers requests, and of whom, by `people/decide.py`: the gate's facts.

An establishment has its correspondents; a department the people of type `support` at its DSDEN; the académie those at the
rectorat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corneille.kernel.ids import AccountId
from corneille.people.decide import Duty, Level, decide_scope
from corneille.people.scope import find_asker, list_over, list_places
from corneille.support.route import ROUTES, Matter, is_at_or_above


@dataclass(frozen=True, slots=True)
class Scope:
    """What an agent answers for.

    places  UAI codes; None: of the whole académie, and of those who work nowhere
    duty    of a correspondent, which decides the matters; support has them all
    """

    account: AccountId
    level: Level
    places: frozenset[str] | None
    duty: Duty = Duty.HELP

    @property
    def matters(self) -> frozenset[Matter]:
        return frozenset(matter for matter, row in ROUTES.items() if self.duty in {Duty.HELP, row.duty})

    def covers(self, uai: str) -> bool:
        """Whether somebody of this establishment is this agent's to help."""
        return self.places is None or uai in self.places

    def may_act(self, level: Level) -> bool:
        """Whether what lies at this level may be dealt with by them."""
        return is_at_or_above(self.level, level)


CORRESPONDENTS = tuple(dict.fromkeys(row.duty for row in ROUTES.values() if row.duty is not None))


def find_scopes(account: AccountId, on: date) -> tuple[Scope, ...]:
    """What somebody answers for, the widest first; empty for nearly everybody."""
    asker = find_asker(account, on)
    helps = decide_scope(asker, Duty.HELP)
    scopes = []
    if helps.is_whole:
        scopes.append(Scope(account, Level.ACADEMIE, None))
    elif helps:
        scopes.append(Scope(account, Level.DEPARTMENT, frozenset(each.uai for each in list_places(helps))))
    for duty in CORRESPONDENTS:
        at = decide_scope(asker, duty).own_uais
        if at:
            scopes.append(Scope(account, Level.ESTABLISHMENT, at, duty))
    return tuple(scopes)


def list_agents(matter: Matter, uai: str, on: date, *, but: AccountId) -> Mapping[Level, list[AccountId]]:
    """Who answers for a matter of an establishment, at each level that has somebody; nobody answers themselves (`but`)."""
    found = dict(list_over(Duty.HELP, uai, on))
    duty = ROUTES[matter].duty
    if duty is not None:
        found[Level.ESTABLISHMENT] = list_over(duty, uai, on).get(Level.ESTABLISHMENT, [])
    without = {level: [each for each in agents if each != but] for level, agents in found.items()}
    return {level: agents for level, agents in without.items() if agents}
