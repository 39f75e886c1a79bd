"""AUTHENTICATE (RFC 9051 §6.2.2) by password or by access token: never in clear."""

from corneille.desk.cause import Cause
from corneille.doors.imap.replies import Bad, No, explain, tls_first
from corneille.doors.imap.session import Session
from corneille.doors.imap.sign_in import sign_session_in
from corneille.sso.bearer import find_configuration
from corneille.sso.sso_settings import MAIL
from corneille.wire.imap.parse import Command
from corneille.wire.sasl.base64 import NotBase64, decode_base64, encode_base64
from corneille.wire.sasl.bearer import format_failure
from corneille.wire.sasl.credentials import Bearer, Credentials, SaslRefused
from corneille.wire.sasl.exchange import Exchange


async def authenticate(session: Session, command: Command) -> str:
    if not session.connection.is_tls:
        raise tls_first()
    try:
        exchange = Exchange(command.value.mechanism)
    except SaslRefused as refused:
        told = f"Choisissez \"mot de passe normal\" dans votre logiciel. / Unknown mechanism: {refused}."
        raise explain(told, "CANNOT", Cause.WRONG_SETTINGS) from None
    given = await _converse(session, exchange, command.value.initial)
    try:
        await sign_session_in(session, given)
    except No as no:
        if isinstance(given, Bearer):
            await _tell_why(session, exchange.mechanism, STATUS.get(no.code, "invalid_token"))
        raise
    return f"[CAPABILITY {session.capabilities.decode()}] Signed in"


STATUS = {"AUTHORIZATIONFAILED": "insufficient_scope", "UNAVAILABLE": "temporarily_unavailable"}
"""What a program is told by the refusal's code, else that it wants another token (RFC 7628 §3.2.2)."""


async def _tell_why(session: Session, mechanism: str, status: str) -> None:
    """The mechanism's own refusal comes first; what the program answers to it says nothing."""
    told = format_failure(mechanism, status, MAIL, find_configuration())
    session.say(b"+ %b\r\n" % encode_base64(told))
    await session.read_line()


async def _converse(session: Session, exchange: Exchange, initial: bytes | None) -> Credentials | Bearer:
    encoded = initial
    while True:
        if encoded is None:
            session.say(b"+ %b\r\n" % encode_base64(exchange.challenge))
            encoded = await session.read_line()
            if encoded == b"*":
                raise Bad("Given up, as asked")
        try:
            credentials = exchange.answer(decode_base64(encoded))
        except NotBase64:
            raise Bad("The response is not Base64") from None
        except SaslRefused as refused:
            raise No(str(refused), "AUTHENTICATIONFAILED") from None
        if credentials is not None:
            return credentials
        encoded = None
