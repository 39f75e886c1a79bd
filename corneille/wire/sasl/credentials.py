"""What a mechanism ends with."""

from dataclasses import dataclass, field


class SaslRefused(ValueError):
    """The exchange makes no sense; the text says why, without repeating what was sent."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks, and the secret; the secret is never in a repr."""

    identifier: str
    secret: str = field(repr=False)
    authorization: str = ""  # whom to act as (RFC 4616); empty: oneself


@dataclass(frozen=True, slots=True)
class Bearer:
    """An access token, and whose mail its program expects to open; empty: whosever it is."""

    identifier: str
    token: str = field(repr=False)
