"""PLAIN (RFC 4616): everything in one message."""

from corneille.wire.sasl.credentials import Credentials, SaslRefused


def parse_plain(message: bytes) -> Credentials:
    """Reads `[authzid] NUL authcid NUL passwd`. Raises SaslRefused."""
    parts = message.split(b"\0")
    if len(parts) != 3:
        raise SaslRefused("PLAIN takes three fields separated by NUL")
    try:
        authorization, identifier, secret = (part.decode() for part in parts)
    except UnicodeDecodeError:
        raise SaslRefused("PLAIN takes UTF-8") from None
    if not identifier or not secret:
        raise SaslRefused("PLAIN needs an identifier and a password")
    return Credentials(identifier, secret, authorization if authorization != identifier else "")
