"""Every cause that can keep somebody out or hold their mail, with where it shows and what to do. Pure.

The pages, `docs/causes.md` and the tests are all made from this table: a cause without a row here cannot be named.
"""

from dataclasses import dataclass
from enum import StrEnum

from corneille.access.reason import WAYS_OUT, Reason, WayOut


class Cause(StrEnum):
    """What is the matter; those that the guard knows carry its code."""

    WRONG = "wrong"
    SLOWED = "slowed"
    NETWORK_SLOWED = "network-slowed"
    BUSY = "busy"
    OLD_PASSWORD = "old-password"  # noqa: S105
    SOFT_LANDING = "soft-landing"
    PASSWORD_EXPIRED = "password-expired"  # noqa: S105
    FACTOR_LOST = "factor-lost"
    FACTOR_WRONG = "factor-wrong"
    FACTOR_USED = "factor-used"
    FACTOR_CLOCK = "factor-clock"
    FACTOR_SLOWED = "factor-slowed"
    TICKET_EXPIRED = "ticket-expired"
    PASSKEY_WRONG = "passkey-wrong"
    PASSKEY_UNKNOWN = "passkey-unknown"
    SUSPENDED = "suspended"
    NOT_ENTITLED = "not-entitled"
    NETWORK_NOT_ALLOWED = "network-not-allowed"
    TO_ACTIVATE = "to-activate"
    ACTIVATED = "activated"
    CODE_SPENT = "code-spent"
    ENDED = "ended"
    MOVED = "moved"
    NOT_A_LOGIN = "not-a-login"
    APP_PASSWORD_NEEDED = "app-password-needed"  # noqa: S105
    APP_PASSWORD_HERE = "app-password-here"  # noqa: S105
    APP_PASSWORD_REVOKED = "app-password-revoked"  # noqa: S105
    APP_PASSWORD_EXPIRED = "app-password-expired"  # noqa: S105
    APP_PASSWORD_SCOPE = "app-password-scope"  # noqa: S105
    BAD_INPUT = "bad-input"
    WRONG_SETTINGS = "wrong-settings"
    TLS_REFUSED = "tls-refused"
    QUOTA = "quota"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Row:
    """One cause.

    doors    where it can happen: "web", "imap", "submission"
    seen     what a mail program shows, or the page says, enough to recognise it
    ways     what the person can do, best first
    """

    cause: Cause
    doors: tuple[str, ...]
    seen: str
    ways: tuple[WayOut, ...]


WEB, MAIL, ALL = ("web",), ("imap", "submission"), ("web", "imap", "submission")

ROWS: tuple[Row, ...] = (
    Row(Cause.WRONG, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.WRONG]),
    Row(Cause.SLOWED, ALL, "429 · NO [UNAVAILABLE] · 454 4.7.0", WAYS_OUT[Reason.SLOWED]),
    Row(Cause.NETWORK_SLOWED, ALL, "429 · NO [UNAVAILABLE] · 454 4.7.0", WAYS_OUT[Reason.NETWORK_SLOWED]),
    Row(Cause.BUSY, ALL, "NO [UNAVAILABLE] · 454 4.7.0", WAYS_OUT[Reason.BUSY]),
    Row(Cause.OLD_PASSWORD, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.OLD_PASSWORD]),
    Row(Cause.SOFT_LANDING, ("web", "submission"), "535 5.7.8 · 550 5.7.1", (WayOut.CHANGE_PASSWORD,)),
    Row(Cause.PASSWORD_EXPIRED, ("web", "submission"), "535 5.7.8 · 550 5.7.1", WAYS_OUT[Reason.PASSWORD_EXPIRED]),
    Row(Cause.FACTOR_LOST, WEB, "", (WayOut.OTHER_FACTOR, WayOut.SUPPORT)),
    Row(Cause.FACTOR_WRONG, WEB, "", WAYS_OUT[Reason.FACTOR_WRONG]),
    Row(Cause.FACTOR_USED, WEB, "", WAYS_OUT[Reason.FACTOR_USED]),
    Row(Cause.FACTOR_CLOCK, WEB, "", WAYS_OUT[Reason.FACTOR_CLOCK]),
    Row(Cause.FACTOR_SLOWED, WEB, "429", WAYS_OUT[Reason.FACTOR_SLOWED]),
    Row(Cause.TICKET_EXPIRED, WEB, "", WAYS_OUT[Reason.TICKET_EXPIRED]),
    Row(Cause.PASSKEY_WRONG, WEB, "", WAYS_OUT[Reason.PASSKEY_WRONG]),
    Row(Cause.PASSKEY_UNKNOWN, WEB, "", WAYS_OUT[Reason.PASSKEY_UNKNOWN]),
    Row(Cause.SUSPENDED, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8 · BYE", WAYS_OUT[Reason.SUSPENDED]),
    Row(Cause.NOT_ENTITLED, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.NOT_ENTITLED]),
    Row(Cause.NETWORK_NOT_ALLOWED, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.NETWORK_NOT_ALLOWED]),
    Row(Cause.TO_ACTIVATE, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.TO_ACTIVATE]),
    Row(Cause.ACTIVATED, WEB, "", WAYS_OUT[Reason.ACTIVATED]),
    Row(Cause.CODE_SPENT, WEB, "", WAYS_OUT[Reason.CODE_SPENT]),
    Row(Cause.ENDED, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.ENDED]),
    Row(Cause.MOVED, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.MOVED]),
    Row(Cause.NOT_A_LOGIN, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.NOT_A_LOGIN]),
    Row(Cause.APP_PASSWORD_NEEDED, MAIL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.MAIN_PASSWORD_HERE]),
    Row(Cause.APP_PASSWORD_HERE, WEB, "", WAYS_OUT[Reason.APP_PASSWORD_HERE]),
    Row(Cause.APP_PASSWORD_REVOKED, MAIL, "NO [EXPIRED] · 535 5.7.8 · BYE", WAYS_OUT[Reason.REVOKED]),
    Row(Cause.APP_PASSWORD_EXPIRED, MAIL, "NO [EXPIRED] · 535 5.7.8", WAYS_OUT[Reason.EXPIRED]),
    Row(Cause.APP_PASSWORD_SCOPE, MAIL, "NO [AUTHORIZATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.SCOPE]),
    Row(Cause.BAD_INPUT, ALL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.BAD_INPUT]),
    Row(Cause.WRONG_SETTINGS, MAIL, "connection refused · time out · 550 5.1.1", (WayOut.SETTINGS,)),
    Row(Cause.TLS_REFUSED, MAIL, "NO [PRIVACYREQUIRED] · 538 5.7.11", (WayOut.SETTINGS,)),
    Row(Cause.QUOTA, ALL, "NO [OVERQUOTA] · 452 4.2.2", (WayOut.MAKE_ROOM, WayOut.SUPPORT)),
    Row(Cause.INCIDENT, ALL, "421 · BYE · 500", (WayOut.STATE, WayOut.WAIT)),
)

OF_REASON: dict[Reason, Cause] = {
    Reason.MAIN_PASSWORD_HERE: Cause.APP_PASSWORD_NEEDED,
    Reason.FACTOR_NEEDED: Cause.APP_PASSWORD_NEEDED,
    Reason.REVOKED: Cause.APP_PASSWORD_REVOKED,
    Reason.EXPIRED: Cause.APP_PASSWORD_EXPIRED,
    Reason.SCOPE: Cause.APP_PASSWORD_SCOPE,
}

TOLD_TO_ANYBODY = frozenset(
    {
        Cause.WRONG, Cause.SLOWED, Cause.NETWORK_SLOWED, Cause.BUSY, Cause.BAD_INPUT,
        Cause.TICKET_EXPIRED, Cause.PASSKEY_WRONG, Cause.PASSKEY_UNKNOWN,
    }
)  # fmt: skip
"""What was said at the time to whoever tried; everything else helps a stranger, and waits for a proof."""


def find_row(cause: Cause) -> Row:
    """The table's row; there is one for each cause."""
    return next(row for row in ROWS if row.cause is cause)


def choose_cause(reason: str) -> Cause:
    """The cause that a refusal's exact reason stands for."""
    known = Reason(reason)
    return OF_REASON.get(known) or Cause(known.value)
