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
    SENDING_HELD = "sending-held"
    FACTOR_LOST = "factor-lost"
    FACTOR_WRONG = "factor-wrong"
    FACTOR_USED = "factor-used"
    FACTOR_CLOCK = "factor-clock"
    FACTOR_SLOWED = "factor-slowed"
    TICKET_EXPIRED = "ticket-expired"
    PASSKEY_WRONG = "passkey-wrong"
    PASSKEY_UNKNOWN = "passkey-unknown"
    TAKEN_OVER = "taken-over"
    SUSPENDED = "suspended"
    SUSPENDED_BY_GUARD = "suspended-by-guard"
    SUSPENDED_FOR_SUPPORT = "suspended-for-support"
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
    TOKEN_WRONG = "token-wrong"  # noqa: S105
    BAD_INPUT = "bad-input"
    WRONG_SETTINGS = "wrong-settings"
    TLS_REFUSED = "tls-refused"
    QUOTA = "quota"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class Row:
    """One cause.

    doors    where it can happen: "web", "imap", "submission", "dav"; each of these cells has its case in
             `tests/doors/test_causes.py`, which fails where one has none
    seen     what a mail program shows, or the page says, enough to recognise it
    ways     what the person can do, best first
    """

    cause: Cause
    doors: tuple[str, ...]
    seen: str
    ways: tuple[WayOut, ...]


WEB, SENDING, MAIL = ("web",), ("web", "submission"), ("imap", "submission")
PROGRAMS, ALL = (*MAIL, "dav"), ("web", *MAIL, "dav")
AUTH = "NO [AUTHENTICATIONFAILED] · 535 5.7.8 · 401"
WAIT = "429 · NO [UNAVAILABLE] · 454 4.7.0 · 503"

ROWS: tuple[Row, ...] = (
    Row(Cause.WRONG, ALL, AUTH, WAYS_OUT[Reason.WRONG]),
    Row(Cause.SLOWED, ALL, WAIT, WAYS_OUT[Reason.SLOWED]),
    Row(Cause.NETWORK_SLOWED, ALL, WAIT, WAYS_OUT[Reason.NETWORK_SLOWED]),
    Row(Cause.BUSY, ALL, WAIT.removeprefix("429 · "), WAYS_OUT[Reason.BUSY]),
    Row(Cause.OLD_PASSWORD, ALL, AUTH, WAYS_OUT[Reason.OLD_PASSWORD]),
    Row(Cause.SOFT_LANDING, SENDING, "535 5.7.8 · 550 5.7.1", (WayOut.CHANGE_PASSWORD,)),
    Row(Cause.PASSWORD_EXPIRED, SENDING, "535 5.7.8 · 550 5.7.1", WAYS_OUT[Reason.PASSWORD_EXPIRED]),
    Row(Cause.SENDING_HELD, ("web", *MAIL), "OK [ALERT] · 250 2.0.0 … held", (WayOut.REPAIR_ACCOUNT, WayOut.SUPPORT)),
    Row(Cause.FACTOR_LOST, WEB, "", (WayOut.OTHER_FACTOR, WayOut.SUPPORT)),
    Row(Cause.FACTOR_WRONG, WEB, "", WAYS_OUT[Reason.FACTOR_WRONG]),
    Row(Cause.FACTOR_USED, WEB, "", WAYS_OUT[Reason.FACTOR_USED]),
    Row(Cause.FACTOR_CLOCK, WEB, "", WAYS_OUT[Reason.FACTOR_CLOCK]),
    Row(Cause.FACTOR_SLOWED, WEB, "429", WAYS_OUT[Reason.FACTOR_SLOWED]),
    Row(Cause.TICKET_EXPIRED, WEB, "", WAYS_OUT[Reason.TICKET_EXPIRED]),
    Row(Cause.PASSKEY_WRONG, WEB, "", WAYS_OUT[Reason.PASSKEY_WRONG]),
    Row(Cause.PASSKEY_UNKNOWN, WEB, "", WAYS_OUT[Reason.PASSKEY_UNKNOWN]),
    Row(Cause.TAKEN_OVER, ALL, AUTH, WAYS_OUT[Reason.TAKEN_OVER]),
    Row(Cause.SUSPENDED, ALL, f"{AUTH} · BYE", WAYS_OUT[Reason.SUSPENDED]),
    Row(Cause.SUSPENDED_BY_GUARD, ALL, f"{AUTH} · BYE", WAYS_OUT[Reason.SUSPENDED_BY_GUARD]),
    Row(Cause.SUSPENDED_FOR_SUPPORT, ALL, f"{AUTH} · BYE", WAYS_OUT[Reason.SUSPENDED_FOR_SUPPORT]),
    Row(Cause.NOT_ENTITLED, ALL, AUTH, WAYS_OUT[Reason.NOT_ENTITLED]),
    Row(Cause.NETWORK_NOT_ALLOWED, ALL, AUTH, WAYS_OUT[Reason.NETWORK_NOT_ALLOWED]),
    Row(Cause.TO_ACTIVATE, ALL, AUTH, WAYS_OUT[Reason.TO_ACTIVATE]),
    Row(Cause.ACTIVATED, WEB, "", WAYS_OUT[Reason.ACTIVATED]),
    Row(Cause.CODE_SPENT, WEB, "", WAYS_OUT[Reason.CODE_SPENT]),
    Row(Cause.ENDED, ALL, AUTH, WAYS_OUT[Reason.ENDED]),
    Row(Cause.MOVED, ALL, AUTH, WAYS_OUT[Reason.MOVED]),
    Row(Cause.NOT_A_LOGIN, ALL, AUTH, WAYS_OUT[Reason.NOT_A_LOGIN]),
    Row(Cause.APP_PASSWORD_NEEDED, PROGRAMS, AUTH, WAYS_OUT[Reason.MAIN_PASSWORD_HERE]),
    Row(Cause.APP_PASSWORD_HERE, WEB, "", WAYS_OUT[Reason.APP_PASSWORD_HERE]),
    Row(Cause.APP_PASSWORD_REVOKED, PROGRAMS, "NO [EXPIRED] · 535 5.7.8 · 401 · BYE", WAYS_OUT[Reason.REVOKED]),
    Row(Cause.APP_PASSWORD_EXPIRED, PROGRAMS, "NO [EXPIRED] · 535 5.7.8 · 401", WAYS_OUT[Reason.EXPIRED]),
    Row(Cause.APP_PASSWORD_SCOPE, PROGRAMS, "NO [AUTHORIZATIONFAILED] · 535 5.7.8 · 401", WAYS_OUT[Reason.SCOPE]),
    Row(Cause.TOKEN_WRONG, MAIL, "NO [AUTHENTICATIONFAILED] · 535 5.7.8", WAYS_OUT[Reason.TOKEN_WRONG]),
    Row(Cause.BAD_INPUT, ALL, AUTH, WAYS_OUT[Reason.BAD_INPUT]),
    Row(
        Cause.WRONG_SETTINGS, PROGRAMS, "NO [CANNOT] · 504 5.5.4 · 530 5.7.0 · 404 · connection refused · time out",
        (WayOut.SETTINGS,),
    ),
    Row(Cause.TLS_REFUSED, MAIL, "NO [PRIVACYREQUIRED] · 538 5.7.11 · 530 5.7.0", (WayOut.SETTINGS,)),
    Row(Cause.QUOTA, ("web", *MAIL), "NO [OVERQUOTA] · 452 4.2.2", (WayOut.MAKE_ROOM, WayOut.SUPPORT)),
    Row(Cause.INCIDENT, ALL, "NO [SERVERBUG] · 451 4.3.0 · 500 · 421 · BYE", (WayOut.STATE, WayOut.WAIT)),
)  # fmt: skip

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
        Cause.TICKET_EXPIRED, Cause.PASSKEY_WRONG, Cause.PASSKEY_UNKNOWN, Cause.TOKEN_WRONG, Cause.NOT_A_LOGIN,
    }
)  # fmt: skip
"""What helps no stranger, whoever tried. A position's address is public, and nobody signs in with it, so nobody could ever
be its owner here. Everything else waits for a proof, unless the refusal itself came after one (`desk/diagnose`)."""


def find_row(cause: Cause) -> Row:
    """The table's row; there is one for each cause."""
    return next(row for row in ROWS if row.cause is cause)


def choose_cause(reason: str) -> Cause:
    """The cause that a refusal's exact reason stands for."""
    known = Reason(reason)
    return OF_REASON.get(known) or Cause(known.value)
