"""Names the cause of a refusal; how much is said depends on who asks.

A stranger who has a reference code reads what was said at the time: the exact cause where the first proof was right, and for
a day who decided it; else what helped nobody. The owner, on a session or a known device of theirs, reads the exact cause and
when, where and with what. Anybody may have it sent to the owner's recovery contacts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from corneille.access.activity import AttemptShown, find_attempt_of_anybody
from corneille.access.device import find_device
from corneille.access.reference import parse_reference
from corneille.desk.cause import TOLD_TO_ANYBODY, Cause, choose_cause
from corneille.desk.ruling import Ruling, find_ruling
from corneille.kernel import outbox
from corneille.kernel.ids import AccountId

TOLD_FOR = timedelta(days=1)
"""How long a reference that came after the right password tells who decided: codes are read aloud and written down."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is said of one reference.

    is_exact  the asker has shown that the account is theirs; else `cause` is what anybody was told
    attempt   when, where and with what: only with `is_exact`
    ruling    who decided what is refused, why and until when: with `is_exact`, or where the first proof was right
    door      where it was refused
    """

    reference: str
    cause: Cause
    is_exact: bool
    attempt: AttemptShown | None = None
    ruling: Ruling | None = None
    door: str = ""


def diagnose(typed: str, *, viewer: AccountId | None, device: str | None, now: datetime) -> Diagnosis | None:
    """What a reference code stands for; None: no refusal has this code.

    viewer  who is signed in; device: the device cookie as it came
    """
    reference = parse_reference(typed)
    found = find_attempt_of_anybody(reference) if reference is not None else None
    if reference is None or found is None:
        return None
    account, attempt = found
    if attempt.decision != "refused":
        return None
    exact = choose_cause(attempt.reason)
    if account is not None and (account == viewer or find_device(device, account, now) is not None):
        ruling = find_ruling(account, exact, attempt.door, now)
        return Diagnosis(reference, exact, is_exact=True, attempt=attempt, ruling=ruling, door=attempt.door)
    was_told = attempt.is_proved or exact in TOLD_TO_ANYBODY
    is_ruling_told = account is not None and attempt.is_proved and now - attempt.at < TOLD_FOR
    ruling = find_ruling(account, exact, attempt.door, now) if account is not None and is_ruling_told else None
    return Diagnosis(reference, exact if was_told else Cause.WRONG, is_exact=False, ruling=ruling, door=attempt.door)


def send_cause(typed: str, now: datetime) -> None:
    """Sends the exact cause to the owner's recovery contacts; says nothing to the asker, whatever the code.

    One in an hour at most for each cause: each of a stranger's tries has a code, and would send a mail to every contact.
    """
    reference = parse_reference(typed)
    found = find_attempt_of_anybody(reference) if reference is not None else None
    account, attempt = found if found is not None else (None, None)
    if account is None or attempt is None or attempt.decision != "refused":
        return
    exact = choose_cause(attempt.reason)
    ruling = find_ruling(account, exact, attempt.door, now)
    told: dict[str, outbox.Told] = {
        **(ruling.as_told() if ruling is not None else {}),
        "cause": exact.value, "reference": attempt.reference, "at": attempt.at.isoformat(),
    }  # fmt: skip
    outbox.add_notice(account, "cause", told, now, key=f"cause/{account}/{exact.value}/{now:%Y-%m-%dT%H}")
