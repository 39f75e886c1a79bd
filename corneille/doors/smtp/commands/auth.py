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
from corneille.doors.frame.refused import OF_DOORS, OTHERWISE, TEMPORARY, WORDS, tell_refused, to_ascii
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
DOOR = "submission"
TRY_LATER = 454


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
        door=DOOR,
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
        return reply(TRY_LATER, "4.7.0", to_ascii(WORDS[Reason.BUSY]))
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
    """A refusal in words, with the reference that the support asks for, and where help is."""
    decision, code, enhanced = outcome.decision, 535, "5.7.8"
    if outcome.account is not None:
        words = OF_DOORS[DOOR][Reason.SCOPE]
    elif isinstance(decision, NeedsFactor):
        words, code, enhanced = WORDS[Reason.FACTOR_NEEDED], 534, "5.7.9"
    elif isinstance(decision, Refused):
        words = tell_refused(decision, DOOR)
        if decision.reason in TEMPORARY:
            code, enhanced = TRY_LATER, "4.7.0"
    else:
        words = OTHERWISE
    told = f"{words} {outcome.reference} {address_of_reference(outcome.reference)}"
    return reply(code, enhanced, to_ascii(told))
