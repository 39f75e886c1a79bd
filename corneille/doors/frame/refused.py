"""How a refused sign-in reads in a program, whatever it speaks: one table, in French, then in English.

Nobody knows yet which language the person reads. Doors whose protocol allows no more than ASCII say `to_ascii` of it.
"""

import unicodedata

from corneille.access.decide import Refused
from corneille.access.reason import Reason
from corneille.doors.frame.until import format_until

TEMPORARY = frozenset({Reason.BUSY, Reason.SLOWED, Reason.NETWORK_SLOWED, Reason.FACTOR_SLOWED})
"""Not the fault of what was typed: a program must not throw its password away because of a stranger's tries."""

WORDS = {
    Reason.WRONG: "Identifiant ou mot de passe incorrect. / Wrong identifier or password.",
    Reason.BAD_INPUT: "Identifiant ou mot de passe illisible. / Identifier or password cannot be read.",
    Reason.SLOWED: "Trop d’essais depuis cet endroit, attendez %s. / Too many tries from this place, wait until %s.",
    Reason.NETWORK_SLOWED: "Trop d’essais depuis ce réseau, attendez %s. / Too many tries from this network, wait until %s.",
    Reason.FACTOR_SLOWED: "Trop d’essais, attendez %s. / Too many tries, wait until %s.",
    Reason.BUSY: "Serveur trop sollicité, réessayez. / The server is busy, try again.",
    Reason.OLD_PASSWORD: "C’est votre ancien mot de passe, tapez le nouveau. / This is your old password, type the new one.",
    Reason.SOFT_LANDING: (
        "Votre mot de passe est arrivé à sa date : changez-le au portail, puis envoyez."
        " / Your password has reached its date: change it at the portal, then send."
    ),
    Reason.PASSWORD_EXPIRED: (
        "Votre mot de passe a dépassé sa date : changez-le au portail, puis envoyez."
        " / Your password is past its date: change it at the portal, then send."
    ),
    Reason.TAKEN_OVER: (
        "Ce mot de passe est fermé, choisissez-en un autre au portail."
        " / This password is closed, choose another at the portal."
    ),
    Reason.SUSPENDED: "Compte suspendu. / The account is suspended.",
    Reason.SUSPENDED_BY_GUARD: "Compte suspendu jusqu’à sa réparation. / The account is suspended until you repair it.",
    Reason.SUSPENDED_FOR_SUPPORT: "Compte suspendu, joignez l’assistance. / The account is suspended, reach support.",
    Reason.TO_ACTIVATE: "Compte pas encore actif. / The account is not activated yet.",
    Reason.ENDED: "Ce compte n’existe plus. / The account has ended.",
    Reason.MOVED: "Ce compte a rejoint une autre académie. / The account has moved to another academie.",
    Reason.NOT_A_LOGIN: "Ce compte n’ouvre pas de session. / Nobody signs in with this account.",
    Reason.NETWORK_NOT_ALLOWED: "Pas depuis ce réseau. / Not from this network.",
    Reason.MAIN_PASSWORD_HERE: "Il faut ici un mot de passe d’application. / An app password is needed here.",
    Reason.FACTOR_NEEDED: "Il faut ici un mot de passe d’application. / An app password is needed here.",
    Reason.REVOKED: "L’accès de ce logiciel est retiré. / This program’s access was withdrawn.",
    Reason.EXPIRED: "L’accès de ce logiciel est périmé. / This program’s access has expired.",
    Reason.TOKEN_WRONG: "Jeton inconnu ou périmé, reconnectez ce logiciel. / Unknown or expired token, sign in again.",
}
OF_DOORS = {
    "imap": {
        Reason.NOT_ENTITLED: "Ce compte ne lit pas le courrier dans un logiciel. / This account may not use a mail program.",
        Reason.SCOPE: "Cet accès n’ouvre pas IMAP. / This access does not open IMAP.",
    },
    "submission": {
        Reason.NOT_ENTITLED: (
            "Ce compte n’envoie pas depuis un logiciel. / This account may not send mail from a program."
        ),
        Reason.SCOPE: "Cet accès n’envoie pas de courrier. / This access does not send mail.",
    },
    "dav": {
        Reason.NOT_ENTITLED: "Ce compte n’a pas l’agenda dans un logiciel. / This account may not use a calendar program.",
        Reason.SCOPE: "Cet accès n’ouvre pas l’agenda. / This access does not open the calendar.",
    },
}
"""What depends on what one comes for."""
OTHERWISE = "Connexion refusée. / Sign-in refused."


def tell_refused(refused: Refused, door: str) -> str:
    """Why, and until when where that is known."""
    if refused.reason in TEMPORARY and refused.until is None:
        return WORDS[Reason.BUSY]
    told = OF_DOORS[door].get(refused.reason) or WORDS.get(refused.reason, OTHERWISE)
    return told if refused.until is None else told.replace("%s", format_until(refused.until))


def to_ascii(text: str) -> str:
    """Without accents, and on one line whatever a setting holds."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in plain if " " <= each <= "~")
