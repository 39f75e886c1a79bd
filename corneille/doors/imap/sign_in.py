"""Signs a client in: asks access, opens the mail account, and says a refusal in words (ASCII: rev1 allows no more).

Nobody knows yet which language the person reads, so a refusal is said in French, then in English.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from corneille.access.announced import find_announced
from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import Granted, Refused
from corneille.access.facts import PasswordAge
from corneille.access.password_life import find_life
from corneille.access.password_settings import Passwords
from corneille.access.reason import Reason, Restriction
from corneille.access.sign_in import sign_in
from corneille.desk.cause import Cause
from corneille.desk.explanation import address_of_cause, address_of_reference
from corneille.doors.frame.leash import Leash
from corneille.doors.frame.until import format_until
from corneille.doors.imap.replies import No
from corneille.doors.imap.room import alert_room
from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone
from corneille.kernel.settings import of, portal_address
from corneille.mail.open_mail_account import open_mail_account
from corneille.mail.values import MailAccount
from corneille.sso.bearer import sign_in_by_bearer
from corneille.wire.sasl.credentials import Bearer, Credentials

DOOR = "imap"
_Opened = tuple[Outcome, MailAccount | None, str]

WORDS = {
    Reason.WRONG: "Identifiant ou mot de passe incorrect. / Wrong identifier or password.",
    Reason.BAD_INPUT: "Identifiant ou mot de passe illisible. / Identifier or password cannot be read.",
    Reason.SLOWED: "Trop d'essais depuis cet endroit, attendez %s. / Too many tries from this place, wait until %s.",
    Reason.BUSY: "Serveur trop sollicit\u00e9. / The server is busy.",
    Reason.NETWORK_SLOWED: "Trop d'essais depuis ce reseau, attendez %s. / Too many tries from this network, wait until %s.",
    Reason.OLD_PASSWORD: "C'est votre ancien mot de passe, tapez le nouveau. / This is your old password, type the new one.",
    Reason.MOVED: "Ce compte a rejoint une autre academie. / The account has moved to another academie.",
    Reason.NOT_ENTITLED: "Ce compte ne lit pas le courrier dans un logiciel. / This account may not use a mail program.",
    Reason.NETWORK_NOT_ALLOWED: "Pas depuis ce reseau. / Not from this network.",
    Reason.FACTOR_NEEDED: "Il faut ici un mot de passe d'application. / An app password is needed here.",
    Reason.TAKEN_OVER: "Ce mot de passe est ferm\u00e9, choisissez-en un autre. / This password is closed, choose another.",
    Reason.SUSPENDED: "Compte suspendu. / The account is suspended.",
    Reason.SUSPENDED_BY_GUARD: "Compte suspendu jusqu'a sa reparation. / The account is suspended until you repair it.",
    Reason.SUSPENDED_FOR_SUPPORT: "Compte suspendu, joignez l'assistance. / The account is suspended, reach support.",
    Reason.TO_ACTIVATE: "Compte pas encore actif. / The account is not activated yet.",
    Reason.ENDED: "Ce compte n'existe plus. / The account has ended.",
    Reason.NOT_A_LOGIN: "Ce compte n'ouvre pas de session. / Nobody signs in with this account.",
    Reason.MAIN_PASSWORD_HERE: "Il faut ici un mot de passe d'application. / An app password is needed here.",
    Reason.SCOPE: "Cet acc\u00e8s n'ouvre pas IMAP. / This access does not open IMAP.",
    Reason.REVOKED: "L'acc\u00e8s de ce logiciel est retir\u00e9. / This program's access was withdrawn.",
    Reason.EXPIRED: "L'acc\u00e8s de ce logiciel est p\u00e9rim\u00e9. / This program's access has expired.",
    Reason.TOKEN_WRONG: "Jeton inconnu ou perime, reconnectez ce logiciel. / Unknown or expired token, sign in again.",
}
DAY = timedelta(days=1)
LAST_DAYS = 7
"""The date of a password is an alert on the days of the other alerts, and on each of these last ones."""
LET_GO = (
    "Votre acces a change (mot de passe, retrait ou compte ferme), reconnectez-vous. / "
    "What signed you in no longer holds (password changed, app password revoked or account closed); sign in again"
)
TEMPORARY = frozenset({Reason.BUSY, Reason.SLOWED, Reason.NETWORK_SLOWED, Reason.FACTOR_SLOWED})
CODES = {Reason.EXPIRED: "EXPIRED", Reason.REVOKED: "EXPIRED", Reason.SCOPE: "AUTHORIZATIONFAILED"}
"""RFC 5530; all else that is final is AUTHENTICATIONFAILED."""
UNSAID = re.compile("[^ -~]+")


async def sign_session_in(session: Session, given: Credentials | Bearer) -> None:
    """Makes the session that of these credentials' owner. Raises No."""
    if isinstance(given, Credentials) and given.authorization:
        raise No("Nobody acts for somebody else here", "AUTHORIZATIONFAILED")
    attempt = Attempt(
        door=DOOR, identifier=given.identifier, secret=given.token if isinstance(given, Bearer) else given.secret,
        network_address=session.person_address or session.connection.address, device=None, program=session.program,
        now=clock.now(),
    )
    if isinstance(given, Bearer):  # no hash is spent on it: it waits among no guesses
        opened: _Opened | Outcome = await session.shared.bridge.run(_open, sign_in_by_bearer, attempt)
    else:
        opened = await session.shared.admission.admit(partial(_open, sign_in), attempt)
    outcome, mail, told = (opened, None, "") if isinstance(opened, Outcome) else opened
    if outcome.account is None or mail is None:
        _count_refusal(session)
        raise refuse(outcome)
    limit = session.shared.limits.connections_per_account
    if not session.shared.accounts.take(outcome.account, limit):
        raise No(f"There are {limit} connections of this account already", "LIMIT")
    session.account, session.mail = AccountId(outcome.account), mail
    session.shared.guests.leave(session.connection)
    _alert(session, outcome.account, told)
    alert_room(session)
    if outcome.hold is not None:
        session.leash = Leash(outcome.hold, session.shared.bridge, lambda: session.end(LET_GO), lambda: session.program)
    session.connection.expire_in(session.shared.limits.idle_s, of_silence=True)


def _count_refusal(session: Session) -> None:
    """Who goes on guessing is shown out, and waits with the newcomers."""
    session.refused_count += 1
    if session.refused_count >= session.shared.limits.refused_sign_ins:
        session.is_leaving = True
        session.say(b"* BYE Too many refused sign-ins on this connection\r\n")


def _open(judge: Callable[[Attempt], Outcome], attempt: Attempt) -> _Opened:
    """Blocking: runs in the bridge. Gives what the person is to be alerted of, too."""
    outcome = judge(attempt)
    if not isinstance(outcome.decision, Granted) or outcome.account is None or DOOR not in outcome.scopes:
        return outcome, None, ""
    try:
        return outcome, open_mail_account(outcome.account), _choose_alert(outcome.account, outcome.decision, attempt.now)
    except Gone:
        return outcome, None, ""


def _choose_alert(account: AccountId, granted: Granted, now: datetime) -> str:
    """What is said of an announced suspension, of sending that is held, or of the password's date while it is near."""
    announced = find_announced(account) if Restriction.SUSPENSION_ANNOUNCED in granted.restrictions else None
    if announced is not None:
        day, address = announced.at.strftime("%d/%m/%Y"), f"{portal_address()}/reparer"
        if announced.is_undoable:
            return f"Compte suspendu le {day} sans reparation. / Account to be suspended on {day}: repair it. {address}"
        return f"Compte suspendu le {day} : qui, pourquoi, repondre. / Account to be suspended on {day}: who, why. {address}"
    if Restriction.SENDING_HELD in granted.restrictions:
        told = "Vos envois sont retenus, rien n'est perdu. / Your sending is held, nothing is lost."
        return f"{told} {address_of_cause(Cause.SENDING_HELD)}"
    life = find_life(account, now)
    if life is None or life.expires_at is None:
        return ""
    days = math.ceil((life.expires_at - now) / DAY)
    if days > LAST_DAYS and str(days) not in of(Passwords).alert_days:
        return ""
    day, address = life.expires_at.strftime("%d/%m/%Y"), f"{portal_address()}/mot-de-passe"
    if life.age is PasswordAge.FRESH:
        return f"Mot de passe a changer avant le {day}. / Password to be changed before {day}. {address}"
    return f"Mot de passe arrive a sa date : changez-le pour envoyer. / Password past its date. {address}"


def _alert(session: Session, account: AccountId, told: str) -> None:
    """Programs show an ALERT to their person (RFC 9051 §7.1): once a day is enough."""
    today = clock.now().date()
    if told and session.shared.alerted.get(account) != today:
        session.shared.alerted[account] = today
        session.say(f"* OK [ALERT] {_ascii(told)}\r\n".encode("ascii"))


def refuse(outcome: Outcome) -> No:
    """A refusal in words, with the reference that the support asks for, and where help is."""
    decision = outcome.decision
    if isinstance(decision, Refused):
        words = WORDS.get(decision.reason, "Connexion refus\u00e9e. / Sign-in refused.")
        if decision.until is not None:
            words = words.replace("%s", format_until(decision.until))
        code = "UNAVAILABLE" if decision.reason in TEMPORARY else CODES.get(decision.reason, "AUTHENTICATIONFAILED")
    elif isinstance(decision, Granted):
        words = "Ce compte n'a pas de courrier ici. / This account has no mail here."
        code = "AUTHORIZATIONFAILED"
    else:
        words = "Ouvrez d'abord le portail. / Sign in at the portal first."
        code = "CONTACTADMIN"
    return No(_ascii(f"{words} {outcome.reference} {address_of_reference(outcome.reference)}"), code)


def _ascii(text: str) -> str:
    """Without accents, and on one line whatever a setting holds."""
    return UNSAID.sub("", unicodedata.normalize("NFD", text))
