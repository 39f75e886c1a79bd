"""The one decision about a proof of identity, for every door: values in, a value out. No I/O, no clock.

It is asked up to three times in a sign-in: before anything costly, with the proof still `PENDING` (then it refuses,
or answers that the password is needed: go on and check it); once the first proof is known; and, where it asked for
a second one, with that one pending and then known. Rules: `docs/access.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.access.facts import (
    CODE_DOORS,
    MAIL_DOORS,
    Containment,
    FactorDuty,
    Facts,
    PasswordAge,
    Proof,
    SecondProof,
)
from corneille.access.policy import Policy
from corneille.access.reason import STATES, WAYS_OUT, Reason, Restriction, WayOut, Why


@dataclass(frozen=True, slots=True)
class Granted:
    """Yes; `methods` are the proofs given, `restrictions` what must be done first or may not be done."""

    methods: frozenset[str]
    restrictions: frozenset[Restriction] = frozenset()


@dataclass(frozen=True, slots=True)
class NeedsFactor:
    """Not yet: one of these kinds of proof is needed first, best first."""

    kinds: tuple[str, ...]
    why: Why


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

STRONG = frozenset({Proof.APP_PASSWORD, Proof.TOKEN, Proof.PASSKEY, Proof.RECOVERY})
"""Proofs that nobody guesses: no counter of failures refuses them."""

REPAIR_DOORS = frozenset({"web", "step-up"})
"""Where somebody whom the guard has suspended proves who they are, for the repair alone; reset opens for any proof of it."""

SUPPORT = "support-code"
"""What somebody who has nothing else to prove with is given by the help desk."""

WORTHLESS: dict[Proof, Reason] = {
    Proof.PASSKEY_WRONG: Reason.PASSKEY_WRONG,
    Proof.PASSKEY_UNKNOWN: Reason.PASSKEY_UNKNOWN,
    Proof.PASSKEY_LATE: Reason.TICKET_EXPIRED,
    Proof.TOKEN_WRONG: Reason.TOKEN_WRONG,
}
"""Answers to a challenge, and tokens, that prove nothing. Nobody guesses them: they are not counted, and tell nothing
of an account."""

SECONDS: dict[SecondProof, Reason] = {
    SecondProof.WRONG: Reason.FACTOR_WRONG,
    SecondProof.USED: Reason.FACTOR_USED,
    SecondProof.CLOCK: Reason.FACTOR_CLOCK,
    SecondProof.LATE: Reason.TICKET_EXPIRED,
    SecondProof.WRONG_KEY: Reason.PASSKEY_WRONG,
}


def decide(facts: Facts, policy: Policy, now: datetime) -> Decision:
    """Decides about one try; see the module's head for the moments at which it is asked."""
    if not facts.is_input_sound:
        return _refuse(Reason.BAD_INPUT)
    if facts.proof in STRONG:
        return _decide_proved(facts, policy, now)
    if facts.proof in WORTHLESS:
        return _refuse(WORTHLESS[facts.proof])
    if facts.proof is not Proof.PASSWORD:
        refused = _find_slowing(facts, policy, now)
        if refused is not None:
            return refused
    if facts.is_busy:
        return _refuse(Reason.BUSY)
    if facts.door in MAIL_DOORS and not policy.is_main_password_for_mail:
        return _refuse(Reason.MAIN_PASSWORD_HERE)
    match facts.proof:
        case Proof.PENDING:
            return NeedsFactor(kinds=("password",), why=Why.NOT_PROVED)
        case Proof.PASSWORD:
            return _decide_proved(facts, policy, now)
        case _:
            return _decide_wrong(facts)


def find_slowed_until(
    wrong_at: Sequence[datetime], after: int, steps: Sequence[timedelta], memory: timedelta, now: datetime
) -> datetime | None:
    """Until when something is slowed: counted from the last distinct failure, longer with their number."""
    counted = [at for at in wrong_at if at > now - memory]
    beyond = len(counted) - after
    if beyond < 0 or not steps:
        return None
    until = max(counted) + steps[min(beyond, len(steps) - 1)]
    return until if until > now else None


def count_allowed(wrong_at: Sequence[datetime], policy: Policy, now: datetime) -> int:
    """How many different secrets may be counted or under check at one instant: up to slowing, then one more."""
    counted = sum(at > now - policy.memory for at in wrong_at)
    return max(policy.slow_after, counted + 1)


def is_attacked(facts: Facts, policy: Policy) -> bool:
    """Whether so many distinct secrets were tried on the account that a right password alone is not enough."""
    return facts.counted.account_count >= policy.account_after


def _find_slowing(facts: Facts, policy: Policy, now: datetime) -> Refused | None:
    """The pair first; then codes guessed from everywhere, and the network, which never hold a known device back."""
    until = find_slowed_until(facts.counted.pair, policy.slow_after, policy.slow_steps, policy.memory, now)
    if until is not None:
        return _refuse(Reason.SLOWED, until=until)
    if facts.is_known_device:
        return None
    is_known = facts.is_known_place or facts.is_declared_network
    if facts.door in CODE_DOORS and facts.counted.account_count >= policy.codes_after and not is_known:
        return _refuse(Reason.SLOWED, until=now + policy.slow_steps[-1])
    after = policy.declared_spray_after if facts.is_declared_network else policy.spray_after
    until = find_slowed_until(facts.counted.network, after, policy.slow_steps, policy.spray_memory, now)
    return None if until is None else _refuse(Reason.NETWORK_SLOWED, until=until)


def _decide_wrong(facts: Facts) -> Refused:
    exact = _find_obstacle(facts) if facts.is_known else None
    if facts.proof is Proof.SPENT_CODE:  # NUMEN, birth date and code are right: it is the person, and is told so
        return _refuse(exact or Reason.CODE_SPENT)
    if exact is None and facts.proof is Proof.OLD_PASSWORD:
        exact = Reason.OLD_PASSWORD
    told = exact if exact is not None and facts.is_known_device else Reason.WRONG
    return _refuse(told, recorded=exact)


def _decide_proved(facts: Facts, policy: Policy, now: datetime) -> Decision:
    """The first proof is right: is the account fit, is the proof fit for this door, is a second one needed?"""
    why = _find_obstacle(facts) or _find_misplaced(facts, policy, now) or facts.not_entitled
    if why is not None:
        return _refuse(why)
    second = _decide_second(facts, policy, now)
    if second is not None:
        return second
    if facts.door == "submission" and facts.password_age is not PasswordAge.FRESH:
        return _refuse(Reason.SOFT_LANDING if facts.password_age is PasswordAge.SOFT else Reason.PASSWORD_EXPIRED)
    methods = {facts.proof.value}
    if facts.factors.second is SecondProof.RIGHT:
        methods.add(facts.factors.second_kind)
    return Granted(frozenset(methods), _list_restrictions(facts))


def _find_obstacle(facts: Facts) -> Reason | None:
    if not facts.is_person:
        return Reason.NOT_A_LOGIN
    if facts.containment is Containment.SUSPEND and facts.is_for_support:
        return STATES.get(facts.state, Reason.SUSPENDED_FOR_SUPPORT)
    if facts.containment is Containment.SUSPEND and not facts.is_undoable:
        return Reason.SUSPENDED
    if facts.containment is Containment.SUSPEND and not _leads_to_repair(facts):
        return STATES.get(facts.state, Reason.SUSPENDED_BY_GUARD)
    if facts.door == "activation" and facts.state in {"to_activate", "active"}:
        return None if facts.state == "to_activate" else Reason.ACTIVATED
    return STATES.get(facts.state)


def _leads_to_repair(facts: Facts) -> bool:
    """What the guard alone suspended its person undoes: by a code, a letter or a passkey, never by the password of then."""
    if facts.door == "reset":
        return True
    return facts.door in REPAIR_DOORS and (facts.proof is Proof.PASSKEY or facts.is_password_newer)


def _find_misplaced(facts: Facts, policy: Policy, now: datetime) -> Reason | None:
    """A right secret at a door that does not take it."""
    is_mail = facts.door in MAIL_DOORS
    if facts.proof is Proof.PASSWORD and facts.is_password_void:
        return Reason.TAKEN_OVER
    if facts.proof not in {Proof.APP_PASSWORD, Proof.TOKEN}:
        has_factor = bool(facts.factors.enrolled) and facts.proof is Proof.PASSWORD
        return Reason.FACTOR_NEEDED if is_mail and has_factor and not policy.is_main_password_for_mail_with_factor else None
    given = facts.app_password
    if given.is_revoked:
        return Reason.REVOKED
    if given.expires_at is not None and given.expires_at <= now:
        return Reason.EXPIRED
    if not is_mail:
        return Reason.APP_PASSWORD_HERE
    return None if MAIL_DOORS[facts.door] in given.scopes else Reason.SCOPE


def _decide_second(facts: Facts, policy: Policy, now: datetime) -> NeedsFactor | Refused | None:
    """None: no second proof is needed, or it was given."""
    why = _find_why_second(facts, policy)
    second = facts.factors.second
    if why is None or second is SecondProof.RIGHT:
        return None
    if facts.door in MAIL_DOORS:
        return _refuse(Reason.FACTOR_NEEDED)
    until = _find_factor_slowed_until(facts, policy, now)
    if until is not None and second is not SecondProof.NONE:
        return _refuse(Reason.FACTOR_SLOWED, until=until)
    if second in SECONDS:
        return _refuse(SECONDS[second])
    kinds = (*facts.factors.enrolled, *facts.factors.fallbacks)
    is_no_wall = why is Why.POLICY or (why is Why.CONTAINED and facts.is_known_before)
    if is_no_wall and set(kinds) <= {SUPPORT}:  # a compulsory factor is set first thing, then; a containment repaired
        return None
    return NeedsFactor(kinds or (SUPPORT,), why)


def _find_factor_slowed_until(facts: Facts, policy: Policy, now: datetime) -> datetime | None:
    """This place first; then guesses from everywhere, which never hold a known device back. Nobody guesses a key."""
    kind = facts.factors.second_kind
    if kind == "webauthn":
        return None
    until = find_slowed_until(facts.counted.factor, policy.factor_after, policy.factor_steps, policy.memory, now)
    if until is not None or facts.is_known_device:
        return until
    after = policy.totp_after if kind == "totp" else policy.codes_after
    counted = sorted(at for at in facts.counted.factor_everywhere if at > now - policy.memory)
    return counted[-after] + policy.memory if len(counted) >= after else None


def _find_why_second(facts: Facts, policy: Policy) -> Why | None:
    if facts.proof in STRONG:
        return None
    is_mail = facts.door in MAIL_DOORS
    is_asked = facts.is_password_doubted and not facts.is_known_before if is_mail else True
    if facts.containment in {Containment.ASK_FACTOR, Containment.HOLD_SENDING} and is_asked:
        return Why.CONTAINED
    if is_attacked(facts, policy) and not (facts.is_known_device or facts.is_known_place):
        return Why.ATTACKED
    is_compulsory = facts.factors.duty is FactorDuty.COMPULSORY and not facts.factors.enrolled
    if is_mail:  # `_find_misplaced` has asked for an app password where a factor is set
        return Why.POLICY if is_compulsory and not policy.is_main_password_for_mail_with_factor else None
    if is_compulsory:
        return Why.POLICY
    if facts.factors.is_asked:
        return Why.SERVICE
    return Why.ENROLLED if facts.factors.enrolled and not facts.factors.is_remembered else None


def _list_restrictions(facts: Facts) -> frozenset[Restriction]:
    found = set()
    if facts.is_suspension_announced:
        found.add(Restriction.SUSPENSION_ANNOUNCED)
    if facts.containment in {Containment.HOLD_SENDING, Containment.SUSPEND}:
        found.add(Restriction.SENDING_HELD)
    if facts.containment is Containment.SUSPEND:
        found.add(Restriction.REPAIR_FIRST)
    if facts.password_age is PasswordAge.SOFT:
        found.add(Restriction.CHANGE_PASSWORD)
    if facts.password_age is PasswordAge.PAST:
        found.add(Restriction.CHANGE_PASSWORD_FIRST)
    if not facts.factors.enrolled:
        if facts.factors.duty in {FactorDuty.OFFERED, FactorDuty.GRACE}:
            found.add(Restriction.ENROL_FACTOR)
        if facts.factors.duty is FactorDuty.COMPULSORY:
            found.add(Restriction.ENROL_FACTOR_FIRST)
    if facts.is_charter_due:
        found.add(Restriction.ACCEPT_CHARTER_FIRST)
    return frozenset(found)


def _refuse(reason: Reason, *, until: datetime | None = None, recorded: Reason | None = None) -> Refused:
    return Refused(reason, until, WAYS_OUT[reason], recorded)
