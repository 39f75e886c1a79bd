"""What somebody who is signed in must do first, or may not do yet: read at each page, so that it follows what happens."""

from dataclasses import replace
from datetime import datetime

from corneille.access.charter import is_charter_due
from corneille.access.containment import HOLDING, find_contained_now
from corneille.access.factor import list_enrolled
from corneille.access.factor_policy import CALM, find_duty
from corneille.access.factor_rule import Moment
from corneille.access.facts import Containment, FactorDuty, PasswordAge
from corneille.access.password_life import find_life
from corneille.access.reason import Restriction
from corneille.kernel.ids import AccountId
from corneille.people.find import find_standing_of


def list_restrictions(account: AccountId, now: datetime, moment: Moment = CALM) -> frozenset[Restriction]:
    """Those in force now; `moment`: where the person is and what they open."""
    found = set()
    contained = find_contained_now(account)
    step = contained.step
    if contained.is_announced:
        found.add(Restriction.SUSPENSION_ANNOUNCED)
    if step is Containment.SUSPEND:  # in a session of who may undo it: of others there is none
        found.add(Restriction.REPAIR_FIRST)
    life = find_life(account, now)
    if life is not None and life.age is PasswordAge.SOFT:
        found.add(Restriction.CHANGE_PASSWORD)
    if life is not None and life.age is PasswordAge.PAST:
        found |= {Restriction.CHANGE_PASSWORD, Restriction.CHANGE_PASSWORD_FIRST}
    if step in HOLDING:
        found.add(Restriction.SENDING_HELD)
    if is_charter_due(account, now):
        found.add(Restriction.ACCEPT_CHARTER_FIRST)
    moment = replace(moment, is_unusual=moment.is_unusual or step is not Containment.NONE)
    duty = FactorDuty.NONE if list_enrolled(account) else _find_duty(account, now, moment)
    if duty in {FactorDuty.OFFERED, FactorDuty.GRACE}:
        found.add(Restriction.ENROL_FACTOR)
    if duty is FactorDuty.COMPULSORY:
        found.add(Restriction.ENROL_FACTOR_FIRST)
    return frozenset(found)


def _find_duty(account: AccountId, now: datetime, moment: Moment) -> FactorDuty:
    standing = find_standing_of(account)
    return find_duty(account, standing.type, now, moment) if standing is not None else FactorDuty.NONE
