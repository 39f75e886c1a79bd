"""The few questions: where it happens, and what one sees there; each answer leads to a cause."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corneille.desk.cause import Cause


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happens."""

    code: str
    title: Promise
    icon: str


@dataclass(frozen=True, slots=True)
class Symptom:
    """What one sees there."""

    text: Promise
    cause: Cause


PLACES = (
    Place("portail", _("On the portal, in a browser"), "globe"),
    Place("logiciel", _("In a mail program on a computer"), "laptop"),
    Place("telephone", _("On a phone or a tablet"), "phone"),
)

ON_THE_PORTAL = (
    Symptom(_("It says that the identifier and the password do not go together"), Cause.WRONG),
    Symptom(_("I no longer know my password"), Cause.OLD_PASSWORD),
    Symptom(_("It asks me to wait"), Cause.SLOWED),
    Symptom(_("It asks for a code that I do not have, or no longer have"), Cause.FACTOR_LOST),
    Symptom(_("It refuses the code of my application"), Cause.FACTOR_CLOCK),
    Symptom(_("It asks me to change my password first"), Cause.PASSWORD_EXPIRED),
    Symptom(_("It says that my sending is held"), Cause.SENDING_HELD),
    Symptom(_("It says that my account is suspended"), Cause.SUSPENDED),
    Symptom(_("It says that my account is suspended until I repair it"), Cause.SUSPENDED_BY_GUARD),
    Symptom(_("It says that my account is suspended until support has seen me"), Cause.SUSPENDED_FOR_SUPPORT),
    Symptom(_("I am new here, and have never signed in"), Cause.TO_ACTIVATE),
    Symptom(_("I have changed académie, or left"), Cause.MOVED),
    Symptom(_("The page does not come at all"), Cause.INCIDENT),
)
IN_A_PROGRAM = (
    Symptom(_("It asks for the password again and again"), Cause.APP_PASSWORD_NEEDED),
    Symptom(_("It worked until I changed my password"), Cause.OLD_PASSWORD),
    Symptom(_("It receives, but does not send"), Cause.SOFT_LANDING),
    Symptom(_("What I send does not arrive"), Cause.SENDING_HELD),
    Symptom(_("It cannot reach the server, or waits without end"), Cause.WRONG_SETTINGS),
    Symptom(_("It speaks of a connection that is not secure, of TLS or SSL"), Cause.TLS_REFUSED),
    Symptom(_("It says that the mailbox is full"), Cause.QUOTA),
    Symptom(_("It worked, and an app password was revoked"), Cause.APP_PASSWORD_REVOKED),
    Symptom(_("It opened this site to be let in, and no longer gets in"), Cause.TOKEN_WRONG),
    Symptom(_("It says to try again later"), Cause.SLOWED),
    Symptom(_("Everything has stopped at once, also for my colleagues"), Cause.INCIDENT),
)
OF_PLACE = {"portail": ON_THE_PORTAL, "logiciel": IN_A_PROGRAM, "telephone": IN_A_PROGRAM}


def list_places() -> tuple[Place, ...]:
    """The first question."""
    return PLACES


def find_place(code: str) -> Place | None:
    """One answer to the first question."""
    return next((place for place in PLACES if place.code == code), None)


def list_symptoms(code: str) -> tuple[Symptom, ...]:
    """The second question, at one place."""
    return OF_PLACE[code]
