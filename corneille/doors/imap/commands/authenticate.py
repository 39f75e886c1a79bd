"""AUTHENTICATE (RFC 9051 §6.2.2) by PLAIN or LOGIN: never in clear."""

from corneille.desk.cause import Cause
from corneille.doors.imap.replies import Bad, No, explain, tls_first
from corneille.doors.imap.session import Session
from corneille.doors.imap.sign_in import sign_session_in
from corneille.wire.imap.parse import Command
from corneille.wire.sasl.base64 import NotBase64, decode_base64, encode_base64
from corneille.wire.sasl.credentials import Credentials, SaslRefused
from corneille.wire.sasl.exchange import Exchange


async def authenticate(session: Session, command: Command) -> str:
    if not session.connection.is_tls:
        raise tls_first()
    try:
        exchange = Exchange(command.value.mechanism)
    except SaslRefused as refused:
        told = f"Choisissez \"mot de passe normal\" dans votre logiciel. / Unknown mechanism: {refused}."
        raise explain(told, "CANNOT", Cause.WRONG_SETTINGS) from None
    credentials = await _converse(session, exchange, command.value.initial)
    await sign_session_in(session, credentials)
    return f"[CAPABILITY {session.capabilities.decode()}] Signed in"


async def _converse(session: Session, exchange: Exchange, initial: bytes | None) -> Credentials:
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
