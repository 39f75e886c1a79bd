"""One try at a proof of identity, what came of it, and the row that it leaves."""

from dataclasses import dataclass, field
from datetime import datetime

from corneille.access.connection import Hold
from corneille.access.decide import Decision, Granted, NeedsFactor, Refused
from corneille.access.models import SignInAttempt
from corneille.access.network import format_address
from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try.

    door             "web", "imap", "submission", "dav", "reset", "step-up"
    identifier       as typed: identifier, address or NUMEN
    network_address  of the person, never of our own caller
    device           the device cookie as it came
    program          what the program says of itself: User-Agent, IMAP ID, EHLO
    origin           of the page ("https://portail.example"), which a passkey is bound to
    needs_second     a second proof is asked for whatever this device remembers: another service wants one
    """

    door: str
    identifier: str = field(repr=False)
    secret: str = field(repr=False)
    network_address: str
    device: str | None = field(repr=False)
    program: str
    now: datetime
    origin: str = ""
    needs_second: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the door does next.

    account    only when granted
    reference  what a refused person reads to the support; also in the attempt row
    scopes     {"web"}, or what the app password (or the main password at a mail door) opens
    device     the device cookie to set, on the web
    hold       by what a mail program is in: `access/hold`
    ticket     with `NeedsFactor`: what `second_step` wants back with the second proof
    """

    decision: Decision
    account: AccountId | None
    reference: str
    scopes: frozenset[str] = frozenset()
    device: str | None = field(default=None, repr=False)
    ticket: str | None = field(default=None, repr=False)
    hold: Hold | None = None

    @property
    def is_password_right(self) -> bool:
        """Whether the first proof was right, for somebody in a session that was given its second one when it opened."""
        return self.account is not None or self.ticket is not None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was decided about whom, for the row; `unknown`: a hash of what was typed, when it is nobody's."""

    decision: Decision
    reference: str
    method: str
    account: AccountId | None = None
    unknown: str = ""
    device: int | None = None


def format_row(attempt: Attempt, judged: Judged) -> SignInAttempt:
    """The row to write, with no secret in it."""
    match judged.decision:
        case Granted():
            decided, reason = "granted", ""
        case NeedsFactor():
            decided, reason = "needs-factor", judged.decision.why.value
        case Refused():
            decided, reason = "refused", judged.decision.exact.value
    return SignInAttempt(
        at=attempt.now,
        reference=judged.reference,
        account_id=judged.account,
        unknown=judged.unknown,
        door=attempt.door,
        network_address=format_address(attempt.network_address),
        program=_printable(attempt.program),
        device_id=judged.device,
        method=judged.method,
        decision=decided,
        reason=reason,
    )


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text[:200])
