"""What happened to an account at every door, for its owner."""

from dataclasses import dataclass
from datetime import datetime

from corneille.access.locate import locate
from corneille.access.models import SignInAttempt
from corneille.access.place import Place
from corneille.access.program import Program, describe_program
from corneille.access.reference import parse_reference
from corneille.kernel.ids import AccountId
from corneille.kernel.plain_sql import find_rows

LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class AttemptShown:
    """One attempt.

    network   the address that it came from
    place     where that is, as well as anybody knows today
    decision  "granted", "needs-factor" or "refused"
    reason    the exact one, a code of `decide.Reason`; empty when granted
    is_proved the first proof was right: then what was refused was told as it is
    """

    at: datetime
    door: str
    network: str
    place: Place
    program: Program
    decision: str
    reason: str
    reference: str
    is_known_device: bool
    is_proved: bool


def list_attempts(account: AccountId, limit: int) -> list[AttemptShown]:
    """The newest attempts on the account, whoever made them."""
    limited = max(0, min(limit, LIMIT))
    rows = find_rows(SignInAttempt, "WHERE account_id = %s ORDER BY at DESC, id DESC LIMIT %s", [account, limited])
    places: dict[str, Place] = {}
    return [_show(row, places) for row in rows]


def find_attempt(account: AccountId, reference: str) -> AttemptShown | None:
    """The attempt on this account with this reference code, as typed."""
    code = parse_reference(reference)
    row = SignInAttempt.objects.filter(account_id=account, reference=code).order_by("-at").first() if code else None
    return _show(row, {}) if row else None


def find_attempt_of_anybody(reference: str) -> tuple[AccountId | None, AttemptShown] | None:
    """The attempt with this code and whose it was; who asks decides what may be told of it."""
    row = SignInAttempt.objects.filter(reference=reference).order_by("-at").first()
    if row is None:
        return None
    return (AccountId(row.account_id) if row.account_id is not None else None), _show(row, {})


def find_owner_of(reference: str) -> AccountId | None:
    """Whose sign-in was refused with this code, as typed; None: nobody's. One query, whatever the code."""
    rows = SignInAttempt.objects.filter(reference=parse_reference(reference) or "", decision="refused")
    found = rows.order_by("-at").values_list("account_id", flat=True).first()
    return AccountId(found) if found is not None else None


def _show(row: SignInAttempt, places: dict[str, Place]) -> AttemptShown:
    """`places`: what was looked up already; thousands of rows have few addresses."""
    if row.network_address not in places:
        places[row.network_address] = locate(row.network_address)
    return AttemptShown(
        at=row.at,
        door=row.door,
        network=row.network_address,
        place=places[row.network_address],
        program=describe_program(row.program),
        decision=row.decision,
        reason=row.reason,
        reference=row.reference,
        is_known_device=row.device_id is not None,
        is_proved=bool(row.method),
    )
