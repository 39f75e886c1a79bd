"""What the guard knows when it decides: values, gathered by `access/gather`. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from corneille.access.reason import Reason

MAIL_DOORS = {"imap": "imap", "submission": "smtp", "dav": "dav"}
"""The doors that mail programs use, and the scope that an app password needs there."""
CODE_DOORS = frozenset({"reset", "activation"})
"""The doors that take a code, by mail or on paper, in the place of a password."""
FACTORS = ("webauthn", "totp", "printed")
"""What counts as a second factor, best first; recovery codes only come beside one."""


class Proof(StrEnum):
    """What is known about the first secret so far."""

    PENDING = "pending"
    WRONG = "wrong"
    OLD_PASSWORD = "old-password"  # noqa: S105  # the password before this one
    PASSWORD = "password"  # noqa: S105  # the main password, and it is right
    SPENT_CODE = "spent-code"  # the right code of a letter that was used, or is too old
    APP_PASSWORD = "app-password"  # noqa: S105
    TOKEN = "token"  # noqa: S105  # an access token of our own single sign-on
    TOKEN_WRONG = "token-wrong"  # noqa: S105  # nobody's, past its time, or not of who is meant
    PASSKEY = "passkey"  # verified its person: two factors in one
    PASSKEY_WRONG = "passkey-wrong"
    PASSKEY_UNKNOWN = "passkey-unknown"  # nobody's here, or removed
    PASSKEY_LATE = "passkey-late"
    RECOVERY = "recovery"  # a one-time code sent to a verified recovery contact, or of the support


class SecondProof(StrEnum):
    """What is known about the second proof so far."""

    NONE = "none"
    PENDING = "pending"
    WRONG = "wrong"
    USED = "used"
    CLOCK = "clock"
    LATE = "late"  # the answer of a passkey came too late
    WRONG_KEY = "wrong-key"  # it is not one of the person's passkeys, or proves nothing
    RIGHT = "right"


class Containment(StrEnum):
    """How far an account that behaves unusually is contained; each step includes those before it."""

    NONE = "none"
    ASK_FACTOR = "ask-factor"
    HOLD_SENDING = "hold-sending"
    SUSPEND = "suspend"


class PasswordAge(StrEnum):
    """Where the main password is in its life."""

    FRESH = "fresh"
    SOFT = "soft"  # past its date: mail is read, sending asks for the change
    PAST = "past"  # past the soft landing too: the web asks for the change before anything else


class FactorDuty(StrEnum):
    """What the policy asks of this person, here, for this application."""

    NONE = "none"
    OFFERED = "offered"
    GRACE = "grace"  # compulsory from a date on that is announced, or within its grace
    COMPULSORY = "compulsory"


@dataclass(frozen=True, slots=True)
class Counted:
    """Failures, each list: when each distinct one was first tried.

    pair           this account's wrong secrets from this place (a network, or a known device alone)
    account_count  this account's distinct wrong secrets from every network, known devices apart; counted up to
                   the policy's threshold only; at the doors of codes, its wrong codes
    network        one instant for each account with a wrong secret from this network
    factor         this account's wrong second proofs of this kind, six digits or long codes, from this place
    factor_everywhere  the same from every network, known devices apart
    """

    pair: Sequence[datetime] = ()
    account_count: int = 0
    network: Sequence[datetime] = ()
    factor: Sequence[datetime] = ()
    factor_everywhere: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class Factors:
    """The second proof: what there is, what is asked, what was given.

    enrolled       kinds that the person has set: "webauthn", "totp", "printed"; with any, "recovery-code" too
    fallbacks      kinds that prove the person without a factor: "recovery-contact", "support-code"
    is_remembered  this known device gave a second proof not long ago, and the policy lets it count
    is_asked       what is to be opened wants a second proof now
    """

    enrolled: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    is_remembered: bool = False
    is_asked: bool = False
    duty: FactorDuty = FactorDuty.NONE
    second: SecondProof = SecondProof.NONE
    second_kind: str = ""


@dataclass(frozen=True, slots=True)
class AppPasswordFacts:
    """The app password that is the proof, or what stands behind a token that is."""

    scopes: frozenset[str] = frozenset()
    is_revoked: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything.

    door                 "web", "imap", "submission", "dav", "reset", "step-up", "activation"
    is_known             the identifier is somebody's; everything told to strangers is the same either way
    is_known_device      this account's own device cookie or live session came with it
    is_known_place       this mail program, or at the doors of codes anything of the account's, signed in from this network
                         not long ago: known to the account's counter alone, never to the pair's
    is_undoable          it is suspended by the guard alone, and no proof was added lately: a strong one leads to the repair
    is_for_support       it is suspended by the guard alone, and one was
    is_password_newer    the password was set since the suspension began, by more than the one before it
    is_password_doubted  what contains the account says that somebody else may have its password
    is_known_before      this device, or this mail program's place, was the account's before what contains it was seen
    is_password_void     somebody else has it, that is proved: only a stronger proof opens, until there is another
    is_declared_network  an establishment's own
    not_entitled         NOT_ENTITLED or NETWORK_NOT_ALLOWED, when a right is missing for this door, here, now
    """

    door: str
    proof: Proof
    is_input_sound: bool = True
    is_known: bool = False
    is_person: bool = True
    state: str = "active"
    is_known_device: bool = False
    is_known_place: bool = False
    is_declared_network: bool = False
    is_busy: bool = False
    counted: Counted = field(default_factory=Counted)
    app_password: AppPasswordFacts = field(default_factory=AppPasswordFacts)
    factors: Factors = field(default_factory=Factors)
    containment: Containment = Containment.NONE
    is_suspension_announced: bool = False
    is_undoable: bool = False
    is_for_support: bool = False
    is_password_newer: bool = False
    is_password_doubted: bool = False
    is_known_before: bool = False
    password_age: PasswordAge = PasswordAge.FRESH
    is_password_void: bool = False
    not_entitled: Reason | None = None
    is_charter_due: bool = False
