"""One named person for each thing that can happen to somebody's access; everybody else has nothing pending."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pyotp

from corneille.access import queries
from corneille.access.containment import contain
from corneille.access.factor import begin_totp, confirm_totp
from corneille.access.facts import Containment
from corneille.access.recovery_contact import import_contact, list_contacts
from corneille.people.account_type import AccountType
from corneille.run.demonstration.demo_person import DemoPerson

CASES = {
    "alerte": "mot de passe à changer dans trois jours · password to be changed in three days",
    "atterrissage": "mot de passe à sa date : lire oui, envoyer non · past its date: reads, cannot send",
    "echu": "mot de passe passé : le portail le demande d’abord · the portal asks for it first",
    "envoi-retenu": "envois retenus après une rafale : réparer · sending held after a burst: repair",
    "second-facteur": "application d’authentification, clé · authenticator application, key",
}
ELSEWHERE = "perso-exemple.test"
"""Where the demonstration's people have their own mail: the catcher shows what goes there."""

Case = Callable[[DemoPerson, datetime], DemoPerson]


def make_cases(people: list[DemoPerson], now: datetime) -> list[DemoPerson]:
    """Gives everybody who can sign in a recovery contact, and the last teachers a case each."""
    able = [each for each in people if each.password]
    for person in able:
        if not list_contacts(person.account):
            local = person.addresses[0].partition("@")[0]
            import_contact(person.account, f"{local}@{ELSEWHERE}", now, actor="cli")
    makers: dict[str, Case] = {
        "alerte": _expiring(timedelta(days=2, hours=20)),
        "atterrissage": _expiring(-timedelta(days=2)),
        "echu": _expiring(-timedelta(days=20)),
        "second-facteur": _with_totp,
        "envoi-retenu": _held,
    }
    teachers = [each for each in able if each.type == AccountType.TEACHER and each.state == "active"]
    chosen = dict(zip((each.account for each in reversed(teachers)), makers, strict=False))
    return [
        replace(makers[chosen[each.account]](each, now), case=chosen[each.account]) if each.account in chosen else each
        for each in people
    ]


def _expiring(after: timedelta) -> Case:
    def make(person: DemoPerson, now: datetime) -> DemoPerson:
        queries.set_expiry(person.account, now + after)
        return person

    return make


def _held(person: DemoPerson, now: datetime) -> DemoPerson:
    contain(person.account, Containment.HOLD_SENDING, "burst", {"count": 912, "limit": 500, "minutes": 1}, now, by="guard")
    return person


def _with_totp(person: DemoPerson, now: datetime) -> DemoPerson:
    begun = begin_totp(person.account, person.identifier, now)
    confirm_totp(person.account, begun.id, pyotp.TOTP(begun.seed).at(now), "", now)
    return replace(person, totp_seed=begun.seed)
