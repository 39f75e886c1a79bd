"""STARTTLS (RFC 9051 §6.2.1). What came in clear is forgotten, so that nobody slips commands in before TLS."""

from corneille.doors.imap.replies import AlreadyAnswered, Bad
from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command


async def start_tls(session: Session, command: Command) -> str:
    connection = session.connection
    if connection.is_tls:
        raise Bad("TLS is there already")
    # The client's first TLS octets must find nobody reading in clear.
    connection.read(wanted=False)
    session.forget_input()
    session.say(f"{command.tag} OK Begin TLS\r\n".encode())
    session.flush()
    try:
        await connection.start_tls(session.shared.tls)
    except OSError as error:  # also ssl.SSLError: the client sees TLS's own alert
        raise ConnectionResetError from error
    # What is buffered now came through TLS: it is kept.
    session.program = ""  # nothing said in clear is believed
    raise AlreadyAnswered
