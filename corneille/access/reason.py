"""Why the guard says no, what it asks for, and what the person can do: stable codes. Pure.

Doors translate them; `docs/causes.md` has a row for each; auto-dépannage has a page for each.
"""

from enum import StrEnum


class Reason(StrEnum):
    """Why not."""

    WRONG = "wrong"
    BAD_INPUT = "bad-input"
    SLOWED = "slowed"
    NETWORK_SLOWED = "network-slowed"  # many accounts were tried from this network
    BUSY = "busy"
    OLD_PASSWORD = "old-password"  # noqa: S105  # right until it was changed
    SOFT_LANDING = "soft-landing"  # the password has reached its date: sending asks for the change
    PASSWORD_EXPIRED = "password-expired"  # noqa: S105  # so does the web, before anything else
    TAKEN_OVER = "taken-over"  # somebody else has the password, that is proved
    SUSPENDED = "suspended"  # by an officer, by name
    SUSPENDED_BY_GUARD = "suspended-by-guard"  # its person proves who they are otherwise, and repairs it
    SUSPENDED_FOR_SUPPORT = "suspended-for-support"  # by the guard, but whoever is suspected may have added a proof
    TO_ACTIVATE = "to-activate"
    ACTIVATED = "activated"  # already: one signs in
    CODE_SPENT = "code-spent"  # the right code of a letter, used or too old
    ENDED = "ended"
    MOVED = "moved"
    NOT_A_LOGIN = "not-a-login"
    NOT_ENTITLED = "not-entitled"  # by type, function or establishment
    NETWORK_NOT_ALLOWED = "network-not-allowed"
    MAIN_PASSWORD_HERE = "main-password-here"  # noqa: S105  # mail programs need an app password
    FACTOR_NEEDED = "factor-needed"  # a mail program cannot give the second proof
    APP_PASSWORD_HERE = "app-password-here"  # noqa: S105  # the web needs the main password
    SCOPE = "scope"
    REVOKED = "revoked"
    EXPIRED = "expired"
    TOKEN_WRONG = "token-wrong"  # noqa: S105  # no access token of ours, or past its time
    FACTOR_WRONG = "factor-wrong"
    FACTOR_USED = "factor-used"  # a code that was accepted before
    FACTOR_CLOCK = "factor-clock"  # the code of another time: the clock of the phone is wrong
    FACTOR_SLOWED = "factor-slowed"
    TICKET_EXPIRED = "ticket-expired"  # too long between what was asked and the answer
    PASSKEY_WRONG = "passkey-wrong"
    PASSKEY_UNKNOWN = "passkey-unknown"  # nobody's here, or removed


class Why(StrEnum):
    """Why a second proof is asked."""

    NOT_PROVED = "not-proved"
    ENROLLED = "enrolled"
    POLICY = "policy"
    ATTACKED = "attacked"
    CONTAINED = "contained"
    SERVICE = "service"


class Restriction(StrEnum):
    """What somebody who was let in may not do yet, must do first, or must answer. `…_FIRST`: before any other page."""

    SUSPENSION_ANNOUNCED = "suspension-announced"
    SENDING_HELD = "sending-held"
    REPAIR_FIRST = "repair-first"
    CHANGE_PASSWORD = "change-password"  # noqa: S105  # before sending
    CHANGE_PASSWORD_FIRST = "change-password-first"  # noqa: S105
    ENROL_FACTOR = "enrol-factor"
    ENROL_FACTOR_FIRST = "enrol-factor-first"
    ACCEPT_CHARTER_FIRST = "accept-charter-first"


class WayOut(StrEnum):
    """What the person can do about it, best first."""

    RETRY = "retry"
    WAIT = "wait"
    KNOWN_DEVICE = "known-device"
    PASSKEY = "passkey"
    RECOVER = "recover"
    ACTIVATE = "activate"
    APP_PASSWORD = "app-password"  # noqa: S105
    MAIN_PASSWORD = "main-password"  # noqa: S105
    NEW_PASSWORD = "new-password"  # noqa: S105  # type the new one where the old one is kept
    CHANGE_PASSWORD = "change-password"  # noqa: S105
    OTHER_FACTOR = "other-factor"
    SET_CLOCK = "set-clock"
    PERMIT = "permit"  # let the program ask once more
    RIGHTS = "rights"
    REPAIR_ACCOUNT = "repair-account"
    SETTINGS = "settings"
    MAKE_ROOM = "make-room"
    STATE = "state"
    SUPPORT = "support"


WAYS_OUT: dict[Reason, tuple[WayOut, ...]] = {
    Reason.WRONG: (WayOut.RETRY, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.BAD_INPUT: (WayOut.RETRY,),
    Reason.SLOWED: (WayOut.WAIT, WayOut.KNOWN_DEVICE, WayOut.PASSKEY, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.NETWORK_SLOWED: (WayOut.WAIT, WayOut.KNOWN_DEVICE, WayOut.PASSKEY, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.BUSY: (WayOut.RETRY,),
    Reason.OLD_PASSWORD: (WayOut.NEW_PASSWORD, WayOut.APP_PASSWORD, WayOut.RECOVER),
    Reason.SOFT_LANDING: (WayOut.CHANGE_PASSWORD, WayOut.RECOVER),
    Reason.PASSWORD_EXPIRED: (WayOut.CHANGE_PASSWORD, WayOut.RECOVER),
    Reason.TAKEN_OVER: (WayOut.RECOVER, WayOut.PASSKEY, WayOut.SUPPORT),
    Reason.SUSPENDED: (WayOut.SUPPORT,),
    Reason.SUSPENDED_BY_GUARD: (WayOut.RECOVER, WayOut.PASSKEY, WayOut.SUPPORT),
    Reason.SUSPENDED_FOR_SUPPORT: (WayOut.SUPPORT,),
    Reason.TO_ACTIVATE: (WayOut.ACTIVATE, WayOut.SUPPORT),
    Reason.ACTIVATED: (WayOut.MAIN_PASSWORD, WayOut.RECOVER),
    Reason.CODE_SPENT: (WayOut.ACTIVATE, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.ENDED: (WayOut.SUPPORT,),
    Reason.MOVED: (WayOut.SUPPORT,),
    Reason.NOT_A_LOGIN: (WayOut.SUPPORT,),
    Reason.NOT_ENTITLED: (WayOut.RIGHTS, WayOut.SUPPORT),
    Reason.NETWORK_NOT_ALLOWED: (WayOut.RIGHTS, WayOut.SUPPORT),
    Reason.MAIN_PASSWORD_HERE: (WayOut.APP_PASSWORD,),
    Reason.FACTOR_NEEDED: (WayOut.APP_PASSWORD, WayOut.SUPPORT),
    Reason.APP_PASSWORD_HERE: (WayOut.MAIN_PASSWORD, WayOut.RECOVER),
    Reason.SCOPE: (WayOut.APP_PASSWORD,),
    Reason.REVOKED: (WayOut.APP_PASSWORD,),
    Reason.EXPIRED: (WayOut.APP_PASSWORD,),
    Reason.TOKEN_WRONG: (WayOut.PERMIT, WayOut.APP_PASSWORD, WayOut.SUPPORT),
    Reason.FACTOR_WRONG: (WayOut.RETRY, WayOut.OTHER_FACTOR, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.FACTOR_USED: (WayOut.WAIT, WayOut.OTHER_FACTOR),
    Reason.FACTOR_CLOCK: (WayOut.SET_CLOCK, WayOut.OTHER_FACTOR, WayOut.SUPPORT),
    Reason.FACTOR_SLOWED: (WayOut.WAIT, WayOut.OTHER_FACTOR, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.TICKET_EXPIRED: (WayOut.RETRY,),
    Reason.PASSKEY_WRONG: (WayOut.RETRY, WayOut.MAIN_PASSWORD, WayOut.SUPPORT),
    Reason.PASSKEY_UNKNOWN: (WayOut.MAIN_PASSWORD, WayOut.RECOVER, WayOut.SUPPORT),
}
STATES: dict[str, Reason] = {
    "suspended": Reason.SUSPENDED,
    "to_activate": Reason.TO_ACTIVATE,
    "ended": Reason.ENDED,
    "moved": Reason.MOVED,
}
"""Why an account that is not active lets nobody in."""
