"""The one decision about a proof of identity, for every door: values in, a value out. No I/O, no clock.

It is asked twice in a sign-in: before anything costly, with the proof still `PENDING` (then it refuses, or
answers that the password is needed: go on and check it), and once the proof is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAIL_DOORS = {"imap": "imap", "submission": "smtp", "dav": "dav"}
"""The doors that mail programs use, and the scope that an app password needs there."""


class Proof(StrEnum):
    """What is known about the secret so far."""

    PENDING = "pending"
    WRONG = "wrong"
    PASSWORD = "password"  # noqa: S105  # the main password, and it is right
    APP_PASSWORD = "app-password"  # noqa: S105


class Reason(StrEnum):
    """Why not. Doors translate these into their own words."""

    WRONG = "wrong"
    BAD_INPUT = "bad-input"
    SLOWED = "slowed"
    BUSY = "busy"
    SUSPENDED = "suspended"
    TO_ACTIVATE = "to-activate"
    ENDED = "ended"
    NOT_A_LOGIN = "not-a-login"
    MAIN_PASSWORD_HERE = "main-password-here"  # noqa: S105  # mail programs need an app password
    APP_PASSWORD_HERE = "app-password-here"  # noqa: S105  # the web needs the main password
    SCOPE = "scope"
    REVOKED = "revoked"
    EXPIRED = "expired"


class WayOut(StrEnum):
    """What the person can do about it, best first."""

    RETRY = "retry"
    WAIT = "wait"
    RECOVER = "recover"
    ACTIVATE = "activate"
    APP_PASSWORD = "app-password"  # noqa: S105
    MAIN_PASSWORD = "main-password"  # noqa: S105
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules in force.

    slow_after       distinct wrong secrets from one place before that place is slowed
    slow_steps       how long, at that count, at one more, …; the last one stays
    memory           how long a wrong secret counts
    """

    slow_after: int = 5
    slow_steps: tuple[timedelta, ...] = tuple(timedelta(minutes=each) for each in (1, 2, 5, 15, 30))
    memory: timedelta = timedelta(hours=24)
    is_main_password_for_mail: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guard knows when it decides.

    is_known         the identifier is somebody's; everything told to strangers is the same either way
    is_known_device  this account's own device cookie came with it: `wrong_at` then counts that device alone
    wrong_at         when each distinct wrong secret was first tried, for this account from this place
    scopes           of the app password, when it is the proof
    """

    door: str
    proof: Proof
    is_input_sound: bool = True
    is_known: bool = False
    is_person: bool = True
    state: str = "active"
    is_known_device: bool = False
    wrong_at: Sequence[datetime] = ()
    is_busy: bool = False
    scopes: frozenset[str] = frozenset()
    is_app_password_revoked: bool = False
    app_password_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Granted:
    """Yes; `methods` are the proofs given, `restrictions` what the session may not do."""

    methods: frozenset[str]
    restrictions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NeedsFactor:
    """Not yet: one of these kinds of proof is needed first."""

    kinds: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No.

    reason   what the asker may be told
    until    when the same try would be looked at again; None: no time changes it
    way_out  what the person can do, best first
    recorded the exact reason, for the owner and the support (by the reference code); never for a stranger
    """

    reason: Reason
    until: datetime | None = None
    way_out: tuple[WayOut, ...] = ()
    recorded: Reason | None = None

    @property
    def exact(self) -> Reason:
        return self.recorded or self.reason


Decision = Granted | NeedsFactor | Refused

WAYS_OUT: dict[Reason, tuple[WayOut, ...]] = {
    Reason.WRONG: (WayOut.RETRY, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.BAD_INPUT: (WayOut.RETRY,),
    Reason.SLOWED: (WayOut.WAIT, WayOut.RECOVER, WayOut.SUPPORT),
    Reason.BUSY: (WayOut.RETRY,),
    Reason.SUSPENDED: (WayOut.SUPPORT,),
    Reason.TO_ACTIVATE: (WayOut.ACTIVATE, WayOut.SUPPORT),
    Reason.ENDED: (WayOut.SUPPORT,),
    Reason.NOT_A_LOGIN: (WayOut.SUPPORT,),
    Reason.MAIN_PASSWORD_HERE: (WayOut.APP_PASSWORD,),
    Reason.APP_PASSWORD_HERE: (WayOut.MAIN_PASSWORD, WayOut.RECOVER),
    Reason.SCOPE: (WayOut.APP_PASSWORD,),
    Reason.REVOKED: (WayOut.APP_PASSWORD,),
    Reason.EXPIRED: (WayOut.APP_PASSWORD,),
}
STATES: dict[str, Reason] = {
    "suspended": Reason.SUSPENDED,
    "to_activate": Reason.TO_ACTIVATE,
    "ended": Reason.ENDED,
}


def decide(facts: Facts, policy: Policy, now: datetime) -> Decision:
    """Decides about one try; see the module's head for the two moments at which it is asked."""
    if not facts.is_input_sound:
        return _refuse(Reason.BAD_INPUT)
    if facts.proof is Proof.APP_PASSWORD:
        return _decide_app_password(facts, now)
    until = find_slowed_until(facts.wrong_at, policy, now)
    if until is not None and facts.proof is not Proof.PASSWORD:
        return _refuse(Reason.SLOWED, until=until)
    if facts.is_busy:
        return _refuse(Reason.BUSY)
    if facts.door in MAIL_DOORS and not policy.is_main_password_for_mail:
        return _refuse(Reason.MAIN_PASSWORD_HERE)
    match facts.proof:
        case Proof.PENDING:
            return NeedsFactor(kinds=("password",), why="not-proved")
        case Proof.PASSWORD:
            why = _find_obstacle(facts)
            return _refuse(why) if why else Granted(methods=frozenset({"password"}))
        case _:
            return _decide_wrong(facts)


def find_slowed_until(wrong_at: Sequence[datetime], policy: Policy, now: datetime) -> datetime | None:
    """Until when this place is slowed: after the last distinct wrong secret, longer with their number."""
    counted = [at for at in wrong_at if at > now - policy.memory]
    beyond = len(counted) - policy.slow_after
    if beyond < 0 or not policy.slow_steps:
        return None
    until = max(counted) + policy.slow_steps[min(beyond, len(policy.slow_steps) - 1)]
    return until if until > now else None


def count_allowed(wrong_at: Sequence[datetime], policy: Policy, now: datetime) -> int:
    """How many different secrets may be counted or under check at one instant: up to slowing, then one more."""
    counted = sum(at > now - policy.memory for at in wrong_at)
    return max(policy.slow_after, counted + 1)


def _decide_app_password(facts: Facts, now: datetime) -> Decision:
    why = _find_obstacle(facts)
    if why is None and facts.is_app_password_revoked:
        why = Reason.REVOKED
    if why is None and facts.app_password_expires_at is not None and facts.app_password_expires_at <= now:
        why = Reason.EXPIRED
    if why is None and facts.door not in MAIL_DOORS:
        why = Reason.APP_PASSWORD_HERE
    if why is None and MAIL_DOORS[facts.door] not in facts.scopes:
        why = Reason.SCOPE
    return _refuse(why) if why else Granted(methods=frozenset({"app-password"}))


def _decide_wrong(facts: Facts) -> Refused:
    exact = _find_obstacle(facts) if facts.is_known else None
    told = exact if exact is not None and facts.is_known_device else Reason.WRONG
    return _refuse(told, recorded=exact)


def _find_obstacle(facts: Facts) -> Reason | None:
    if not facts.is_person:
        return Reason.NOT_A_LOGIN
    return STATES.get(facts.state)


def _refuse(reason: Reason, *, until: datetime | None = None, recorded: Reason | None = None) -> Refused:
    return Refused(reason, until, WAYS_OUT[reason], recorded)
