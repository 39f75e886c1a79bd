"""Signing in with an access token of our own single sign-on: nobody guesses one, and no counter of failures refuses one."""

from dataclasses import dataclass, replace
from datetime import datetime

from corneille.access.app_password import note_use
from corneille.access.attempt import Attempt, Judged, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.connection import Hold
from corneille.access.decide import Granted, decide
from corneille.access.facts import AppPasswordFacts, Facts, Proof
from corneille.access.gather import Case, open_case
from corneille.access.network import format_address
from corneille.access.reason import Reason
from corneille.access.reference import make_reference
from corneille.access.settings import current_policy
from corneille.kernel.ids import AccountId


@dataclass(frozen=True, slots=True)
class Token:
    """A token that was given to a program or service, and what stands behind it.

    is_good      it is within its time and of the person whom the program names
    is_for_them  the service is open to its owner today
    permission   the number of the permission behind it (`access/permission`), last used then; None: the web session
    """

    account: AccountId
    service: str
    facts: AppPasswordFacts
    is_good: bool
    is_for_them: bool
    permission: int | None = None
    last_used_at: datetime | None = None
    session_key: str = ""


def sign_in_with_token(attempt: Attempt, token: Token | None) -> Outcome:
    """Decides about one token and leaves its row. None: it is nobody's, and whom the program names is not looked at."""
    proof = Proof.TOKEN if token is not None and token.is_good else Proof.TOKEN_WRONG
    known = open_case(token.account, attempt, proof) if token is not None else None
    case = known or Case(attempt, current_policy(), Facts(attempt.door, Proof.TOKEN_WRONG))
    if token is not None and known is not None:
        missing = None if token.is_for_them else Reason.NOT_ENTITLED
        case.facts = replace(
            case.facts, app_password=token.facts, not_entitled=case.facts.not_entitled or missing
        )
    decision, reference = decide(case.facts, case.policy, attempt.now), make_reference()
    judged = case.judged(decision, reference) if known is not None else Judged(decision, reference, method="")
    log.write(format_row(attempt, judged), None)
    if not isinstance(decision, Granted) or token is None:
        return Outcome(decision, None, reference)
    if token.permission is not None:
        note_use(token.permission, token.last_used_at, attempt.network_address, attempt.program, attempt.now)
    hold = Hold(
        token.account, token.permission, case.serial, attempt.door, format_address(attempt.network_address), attempt.now,
        token.session_key, token.service,
    )  # fmt: skip
    return Outcome(decision, token.account, reference, token.facts.scopes, hold=hold)
