"""AUTH (RFC 4954): the same guard as every other door, after TLS only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import NeedsFactor, Refused
from corneille.access.reason import Reason
from corneille.access.sign_in import sign_in
from corneille.desk.cause import Cause
from corneille.desk.explanation import address_of_reference
from corneille.doors.frame.leash import Leash
from corneille.doors.frame.limits import LimitSettings
from corneille.doors.frame.until import format_until
from corneille.doors.smtp import replies
from corneille.doors.smtp.door import Kind
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import of
from corneille.sso.bearer import find_configuration, sign_in_by_bearer
from corneille.sso.sso_settings import MAIL
from corneille.wire.sasl.base64 import NotBase64, decode_base64, encode_base64
from corneille.wire.sasl.bearer import format_failure
from corneille.wire.sasl.credentials import Bearer, Credentials, SaslRefused
from corneille.wire.sasl.exchange import MECHANISMS, Exchange
from corneille.wire.smtp.command import Auth
from corneille.wire.smtp.line import AUTH_BYTES, RefusedLine
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session

SCOPE = "smtp"
TEMPORARY = frozenset({Reason.SLOWED, Reason.NETWORK_SLOWED, Reason.FACTOR_SLOWED, Reason.BUSY})
REFUSED = "identifiant ou mot de passe incorrect / wrong identifier or password"
TRY_LATER = 454
CROWDED = "trop de connexions a la fois, reessayez / too many people are signing in"
TOO_MANY_TRIES = "trop d'essais, attendez %(until)s / too many tries, wait until %(until)s"
WORDS: dict[Reason, str] = {
    Reason.OLD_PASSWORD: "c'est votre ancien mot de passe, tapez le nouveau / this is your old password, type the new one",
    Reason.SOFT_LANDING: (
        "votre mot de passe est arrive a sa date : changez-le au portail, puis envoyez"
        " / your password has reached its date: change it at the portal, then send"
    ),
    Reason.PASSWORD_EXPIRED: (
        "votre mot de passe a depasse sa date : changez-le au portail, puis envoyez"
        " / your password is past its date: change it at the portal, then send"
    ),
    Reason.TAKEN_OVER: (
        "ce mot de passe est ferme : choisissez-en un autre au portail"
        " / this password is closed: choose another at the portal"
    ),
    Reason.SUSPENDED: "compte suspendu / the account is suspended",
    Reason.SUSPENDED_BY_GUARD: "compte suspendu jusqu'a sa reparation / the account is suspended until you repair it",
    Reason.SUSPENDED_FOR_SUPPORT: "compte suspendu, joignez l'assistance / the account is suspended, reach support",
    Reason.TO_ACTIVATE: "compte pas encore actif / the account is not activated yet",
    Reason.ENDED: "ce compte n'existe plus / the account has ended",
    Reason.MOVED: "ce compte a rejoint une autre academie / the account has moved to another academie",
    Reason.NOT_A_LOGIN: "ce compte n'ouvre pas de session / nobody signs in with this account",
    Reason.NOT_ENTITLED: "ce compte n'envoie pas depuis un logiciel / this account may not send mail from a program",
    Reason.NETWORK_NOT_ALLOWED: "ce compte n'envoie pas depuis ce reseau / this account may not send mail from this network",
    Reason.MAIN_PASSWORD_HERE: "il faut ici un mot de passe d'application / an app password is needed here",
    Reason.FACTOR_NEEDED: "il faut ici un mot de passe d'application / an app password is needed here",
    Reason.SCOPE: "cet acces n'envoie pas de courrier / this access does not send mail",
    Reason.REVOKED: "l'acces de ce logiciel est retire / this program's access was withdrawn",
    Reason.EXPIRED: "l'acces de ce logiciel est perime / this program's access has expired",
    Reason.TOKEN_WRONG: (
        "jeton inconnu ou perime, reconnectez ce logiciel"
        " / the token is unknown or has expired, sign in again from the program"
    ),
}
"""What a program shows its person, in ASCII (RFC 5321 §4.2); the exact reason where `decide` lets it be told."""


async def auth(session: "Session", command: Auth) -> Sequence[Reply]:
    """Signs the writer in, or says with which reference they ask for help."""
    if (refused := _refuse(session, command)) is not None:
        return (refused,)
    try:
        found = await _ask(session, command)
    except NotBase64:
        return (reply(501, "5.5.2", "the response is not Base64"),)
    except SaslRefused as broken:
        return (reply(501, "5.5.2", str(broken)),)
    if isinstance(found, Reply):
        return (found,)
    if isinstance(found, Credentials) and found.authorization:
        return (
            reply(
                535, "5.7.8", "to act as somebody else is not offered: leave the authorization identity empty"
            ),
        )
    answer = await _sign_in(session, found)
    if isinstance(found, Bearer) and session.account is None:
        await _tell_why(session, command.mechanism, answer)
    return (answer,)


async def _tell_why(session: "Session", mechanism: str, answer: Reply) -> None:
    """The mechanism's own refusal comes first (RFC 7628 §3.2.2); what the program answers to it says nothing."""
    status = "temporarily_unavailable" if answer.code == TRY_LATER else "invalid_token"
    told = format_failure(mechanism, status, MAIL, find_configuration())
    await session.say(reply(334, None, encode_base64(told).decode()))
    await session.read_line(AUTH_BYTES)


def _refuse(session: "Session", command: Auth) -> Reply | None:
    if session.door.kind is not Kind.SUBMISSION:
        told = "AUTH is not offered here; programs use the submission ports"
        return replies.explain(502, "5.5.1", told, Cause.WRONG_SETTINGS)
    if session.greeting is None:
        return replies.BAD_SEQUENCE_GREETING
    if not session.is_tls:
        return replies.tls_first(538, "5.7.11")
    if session.account is not None:
        return reply(503, "5.5.1", "signed in already")
    if session.mail is not None:
        return reply(503, "5.5.1", "not while a message is open")
    if command.mechanism not in MECHANISMS:
        told = f"the mechanisms are {', '.join(MECHANISMS)}"
        return replies.explain(504, "5.5.4", told, Cause.WRONG_SETTINGS)
    return None


async def _ask(session: "Session", command: Auth) -> Credentials | Bearer | Reply:
    """Goes through the mechanism; a Reply when the client gives up or breaks a line."""
    exchange = Exchange(command.mechanism)
    initial = command.initial
    credentials = exchange.answer(decode_base64(initial.encode())) if initial is not None else None
    while credentials is None:
        await session.say(reply(334, None, encode_base64(exchange.challenge).decode()))
        line = await session.read_line(AUTH_BYTES)
        if isinstance(line, RefusedLine):
            return replies.reply_to_line(line.fault)
        if line == b"*":
            return reply(501, "5.7.0", "given up")
        credentials = exchange.answer(decode_base64(line))
    return credentials


async def _sign_in(session: "Session", given: Credentials | Bearer) -> Reply:
    attempt = Attempt(
        door="submission",
        identifier=given.identifier,
        secret=given.token if isinstance(given, Bearer) else given.secret,
        network_address=session.person_address or session.connection.network_address,
        device=None,
        program=session.greeting.name if session.greeting else "",
        now=clock.now(),
    )
    try:
        if isinstance(given, Bearer):  # no hash is spent on it: it waits among no guesses
            outcome = await session.door.bridge.run(sign_in_by_bearer, attempt)
        else:
            outcome = await session.door.admission.admit(sign_in, attempt)
    except Refusal:
        return reply(454, "4.7.0", CROWDED)
    if outcome.account is not None and SCOPE in outcome.scopes:
        session.account = outcome.account
        session.door.guests.leave(session.connection)
        if outcome.hold is not None:
            session.leash = Leash(outcome.hold, session.door.bridge, session.let_go, lambda: attempt.program)
        return reply(235, "2.7.0", "welcome")
    session.refused_sign_in_count += 1
    if session.refused_sign_in_count >= of(LimitSettings).refused_sign_ins:
        session.is_ending = True
    return explain_refusal(outcome)


def explain_refusal(outcome: Outcome) -> Reply:
    help_address = address_of_reference(outcome.reference)
    if outcome.account is not None:
        return reply(
            535, "5.7.8",
            f"ce mot de passe n'envoie pas / this password is not for sending mail; {outcome.reference} {help_address}",
        )
    if isinstance(outcome.decision, NeedsFactor):
        return reply(534, "5.7.9", f"{WORDS[Reason.FACTOR_NEEDED]}; {outcome.reference} {help_address}")
    if isinstance(outcome.decision, Refused) and outcome.decision.reason in TEMPORARY:
        # 454, not 535: a program must not throw its password away because of a stranger's tries.
        until = outcome.decision.until
        told = CROWDED if until is None else TOO_MANY_TRIES % {"until": format_until(until)}
        return reply(454, "4.7.0", f"{told}; {outcome.reference} {help_address}")
    told = WORDS.get(outcome.decision.reason, REFUSED) if isinstance(outcome.decision, Refused) else REFUSED
    return reply(535, "5.7.8", f"{told}; {outcome.reference} {help_address}")
