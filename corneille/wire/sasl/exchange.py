"""The conversation of a mechanism, step by step, whichever door carries it."""

from collections.abc import Callable

from corneille.wire.sasl import bearer
from corneille.wire.sasl.credentials import Bearer, Credentials, SaslRefused
from corneille.wire.sasl.plain import parse_plain

IN_ONE_MESSAGE: dict[str, Callable[[bytes], Credentials | Bearer]] = {
    "PLAIN": parse_plain,
    bearer.OAUTHBEARER: bearer.parse_oauthbearer,
    bearer.XOAUTH2: bearer.parse_xoauth2,
}
MECHANISMS = ("PLAIN", "LOGIN", *bearer.MECHANISMS)


class Exchange:
    """Asks and listens until there are credentials: `challenge` is what to send next, decoded.

    raises  SaslRefused for a mechanism that is not in MECHANISMS
    """

    __slots__ = ("_identifier", "challenge", "mechanism")

    def __init__(self, mechanism: str) -> None:
        self.mechanism = mechanism.upper()
        if self.mechanism not in MECHANISMS:
            raise SaslRefused(f"the mechanisms are {', '.join(MECHANISMS)}")
        self._identifier: str | None = None
        self.challenge = b"" if self.mechanism in IN_ONE_MESSAGE else b"Username:"

    def answer(self, message: bytes) -> Credentials | Bearer | None:
        """Takes one decoded response; None when `challenge` is to be sent. Raises SaslRefused."""
        if self.mechanism in IN_ONE_MESSAGE:
            return IN_ONE_MESSAGE[self.mechanism](message)
        try:
            text = message.decode()
        except UnicodeDecodeError:
            raise SaslRefused("LOGIN takes UTF-8") from None
        if "\0" in text:
            raise SaslRefused("LOGIN takes no NUL")
        if self._identifier is None:
            if not text:
                raise SaslRefused("LOGIN needs an identifier")
            self._identifier, self.challenge = text, b"Password:"
            return None
        if not text:
            raise SaslRefused("LOGIN needs a password")
        return Credentials(self._identifier, text)

    def __repr__(self) -> str:
        return f"Exchange({self.mechanism})"
