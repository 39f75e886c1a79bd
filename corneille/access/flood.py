"""A flood of guesses: which tries are refused before anything is read for them, many in one write.

So a flood costs the others next to nothing, and each refusal still has a reference and a row.
"""

from collections.abc import Sequence

from corneille.access import hasher
from corneille.access.app_password import parse_app_password
from corneille.access.attempt import Attempt, Judged, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.decide import decide
from corneille.access.facts import Facts, Proof
from corneille.access.hash_budget import Rank
from corneille.access.network import is_declared
from corneille.access.reference import make_reference
from corneille.access.settings import Access, current_policy
from corneille.access.wrong_secret import hash_unknown
from corneille.kernel.settings import of


def is_strangers(attempt: Attempt) -> bool:
    """Whether it comes from nowhere known. App passwords, devices and declared networks are never in a flood."""
    if attempt.device or parse_app_password(attempt.secret) is not None:
        return False
    return not is_declared(attempt.network_address, of(Access).declared_networks)


def is_flooded(attempt: Attempt) -> bool:
    """Whether it is a stranger's and would find no place among the password checks."""
    return is_strangers(attempt) and is_full()


def is_full() -> bool:
    """Whether there is no place for any stranger now."""
    return hasher.current().budget.is_full(Rank.STRANGER)


def refuse_flooded(attempts: Sequence[Attempt]) -> list[Outcome]:
    """Answers « busy » to each, uncounted; the rows of all are on disk when this returns. Blocking."""
    policy, outcomes, rows = current_policy(), [], []
    for attempt in attempts:
        decision = decide(Facts(attempt.door, Proof.PENDING, is_busy=True), policy, attempt.now)
        judged = Judged(decision, make_reference(), method="", unknown=hash_unknown(attempt.identifier))
        rows.append(format_row(attempt, judged))
        outcomes.append(Outcome(decision, None, judged.reference))
    log.write_all(rows)
    return outcomes
