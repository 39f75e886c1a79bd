"""One named person for each thing that can happen to somebody's access; everybody else has nothing pending."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pyotp

from corneille.access import queries
from corneille.access.activate import make_activation_code
from corneille.access.announced import announce_suspension
from corneille.access.charter import CharterRefused, accept_charter, publish_charter
from corneille.access.containment import GUARD, contain
from corneille.access.factor import begin_totp, confirm_totp
from corneille.access.facts import Containment
from corneille.access.recovery_contact import import_contact, list_contacts
from corneille.access.reference import make_reference
from corneille.access.right import Right
from corneille.access.rights import decide_right
from corneille.access.unusual import Assessment, Found, Sign
from corneille.access.unusual_sign_in import Origin, note_unusual
from corneille.people.account_type import AccountType
from corneille.people.add import add_assignment
from corneille.people.establishment import find_establishment_name
from corneille.run.demonstration.academie import RECTORAT_UAI, TEAM_UAI
from corneille.run.demonstration.demo_person import DemoPerson

CASES = {
    "alerte": "mot de passe à changer dans trois jours · password to be changed in three days",
    "atterrissage": "mot de passe à sa date : lire oui, envoyer non · past its date: reads, cannot send",
    "echu": "mot de passe passé : le portail le demande d’abord · the portal asks for it first",
    "envoi-retenu": "envois retenus après une rafale : réparer · sending held after a burst: repair",
    "inhabituel": "connexion inhabituelle : « c’était moi » ? · unusual sign-in: “it was me”?",
    "suspension-annoncee": "suspension annoncée : réparer à temps · suspension announced: repair in time",
    "charte": "charte nouvelle : à accepter d’abord · new charter: to be accepted first",
    "droits": "pas de logiciel de messagerie, par décision datée ; second facteur annoncé · no mail program, by a dated "
    "decision; second factor announced",
    "facteur-exige": "second facteur exigé : à poser d’abord · second factor compulsory: to be set first",
    "a-activer": "compte à activer avec la lettre · account to activate with the letter",
    "second-facteur": "application d’authentification, clé · authenticator application, key",
}
CHARTER = "2026-09"
FRENCH_CHARTER = """L’adresse nominative est professionnelle ; un message personnel porte « privé » dans son objet.

Le mot de passe est à vous seul : personne, pas même l’assistance, ne vous le demandera jamais.

Les connexions sont journalisées pendant un an, lisibles par vous sur la page « Mes connexions ».

Un message aux listes de l’académie demande une autorisation. Les données d’élèves ne quittent pas l’académie.

À la fin de vos fonctions, la boîte reste ouverte le temps annoncé, puis se ferme ; la continuité du service passe par la boîte de la fonction."""
ENGLISH_CHARTER = """The address in your name is professional; a personal message says “private” in its subject.

The password is yours alone: nobody, not even support, will ever ask you for it.

Sign-ins are kept in a journal for a year, which you can read on the page “My sign-ins”.

A message to the lists of the académie needs an authorisation. Pupils’ data do not leave the académie.

When your functions end, the mailbox stays open for the time announced, then closes; the service goes on through the position’s mailbox."""
ANNOUNCED, COMPULSORY = "référent numérique", "prestataire de maintenance"
"""Functions for which a second factor becomes compulsory in two weeks, and is since a month ago."""
ELSEWHERE = "perso-exemple.test"
"""Where the demonstration's people have their own mail: the catcher shows what goes there."""

Case = Callable[[DemoPerson, datetime], DemoPerson]
OF_TEACHERS = ("alerte", "atterrissage", "echu", "second-facteur", "envoi-retenu", "charte", "droits")
"""The last teacher first."""


def make_cases(people: list[DemoPerson], now: datetime) -> list[DemoPerson]:
    """Gives everybody who can sign in a recovery contact; the last teachers, a head and a member of staff get a case each."""
    able = [each for each in people if each.password]
    team = find_establishment_name(TEAM_UAI)  # nothing happens to them but lists
    teachers = [each for each in able if each.type == AccountType.TEACHER and each.state == "active"]
    teachers = [each for each in teachers if each.establishment != team]
    chosen = {each.account: "a-activer" for each in people if each.state == "to_activate"}
    chosen |= dict(zip((each.account for each in reversed(teachers)), OF_TEACHERS, strict=False))
    heads, staff = ([each for each in able if each.type == kind] for kind in (AccountType.HEAD, AccountType.STAFF))
    partner = next(each for each in able if each.type == AccountType.PARTNER)
    chosen |= {heads[-1].account: "inhabituel", staff[-2].account: "suspension-annoncee", partner.account: "facteur-exige"}  # staff[-1]: `incidents`
    _publish_charter(now)
    return [give_case(each, chosen.get(each.account, ""), now) for each in people]


def give_case(person: DemoPerson, case: str, now: datetime) -> DemoPerson:
    """Lets one thing happen to somebody's access; "": nothing. Whoever can sign in has what recovers it, and the charter."""
    if person.password:
        if not list_contacts(person.account):
            local = person.addresses[0].partition("@")[0]
            import_contact(person.account, f"{local}@{ELSEWHERE}", now, actor="cli")
        if case != "charte":
            accept_charter(person.account, CHARTER, now)
    return replace(MAKERS[case](person, now), case=case)


def _publish_charter(now: datetime) -> None:
    with contextlib.suppress(CharterRefused):  # an earlier start, which did not end, has published it
        publish_charter(CHARTER, FRENCH_CHARTER, ENGLISH_CHARTER, now, by="Académie de Démonstration")


def _waiting(person: DemoPerson, now: datetime) -> DemoPerson:
    code = make_activation_code(person.account, now, actor="cli")
    return replace(person, activation_code=code)


def _without_programs(person: DemoPerson, now: datetime) -> DemoPerson:
    for right in (Right.READING, Right.SENDING):
        decide_right(
            f"account/{person.account}", right, is_allowed=False, networks="", by="Nadia Benali (DSI)", now=now,
            reason="poste de travail compromis : logiciel à réinstaller", from_on=now.date(),
            until_on=now.date() + timedelta(days=30),
        )  # fmt: skip
    add_assignment(person.account, RECTORAT_UAI, ANNOUNCED, now.date())
    return person


def _bound(person: DemoPerson, now: datetime) -> DemoPerson:
    add_assignment(person.account, RECTORAT_UAI, COMPULSORY, now.date() - timedelta(days=60))
    return person


def list_factor_rules(on: date) -> tuple[str, ...]:
    """The demonstration's policy of the second factor."""
    return (
        f"function:{ANNOUNCED}={on + timedelta(days=14)}",
        f"function:{COMPULSORY}={on - timedelta(days=30)}",
    )


def _as_it_is(person: DemoPerson, _now: datetime) -> DemoPerson:
    return person


def _expiring(after: timedelta) -> Case:
    def make(person: DemoPerson, now: datetime) -> DemoPerson:
        queries.set_expiry(person.account, now + after)
        return person

    return make


def _held(person: DemoPerson, now: datetime) -> DemoPerson:
    contain(person.account, Containment.HOLD_SENDING, "burst", {"count": 912, "limit": 500, "minutes": 1}, now, by="guard")
    return person


def _unusual(person: DemoPerson, now: datetime) -> DemoPerson:
    found = (Found(Sign.FIRST_PROGRAM, 30),)
    assessment = Assessment(found, score=30, is_told=True, step=Containment.NONE)
    origin = Origin(make_reference(), now - timedelta(hours=3), "203.0.113.77", "", "Thunderbird")
    note_unusual(person.account, origin, assessment)
    return person


def _announced(person: DemoPerson, now: datetime) -> DemoPerson:
    announce_suspension(person.account, now + timedelta(days=3), "unusual", {}, now, by=GUARD)
    return person


def _with_totp(person: DemoPerson, now: datetime) -> DemoPerson:
    begun = begin_totp(person.account, person.identifier, now)
    confirm_totp(person.account, begun.id, pyotp.TOTP(begun.seed).at(now), "", now)
    return replace(person, totp_seed=begun.seed)


MAKERS: dict[str, Case] = {
    "": _as_it_is,
    "alerte": _expiring(timedelta(days=2, hours=20)),
    "atterrissage": _expiring(-timedelta(days=2)),
    "echu": _expiring(-timedelta(days=20)),
    "second-facteur": _with_totp,
    "envoi-retenu": _held,
    "charte": _as_it_is,
    "droits": _without_programs,
    "inhabituel": _unusual,
    "suspension-annoncee": _announced,
    "facteur-exige": _bound,
    "a-activer": _waiting,
}
