"""The guard at the doors that take a code by mail or on paper (reset, activation), in the place of a password."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace

from corneille.access.attempt import Attempt, Outcome, format_row
from corneille.access.attempt_log import log
from corneille.access.decide import Granted, NeedsFactor, decide
from corneille.access.facts import Facts, Proof
from corneille.access.gather import Case, gather
from corneille.access.reference import make_reference
from corneille.access.secret import is_sound
from corneille.access.settings import current_policy
from corneille.access.ticket import make_ticket
from corneille.kernel.ids import AccountId


def prove_code(attempt: Attempt, purpose: Callable[[AccountId], str], check: Callable[[Case], Proof]) -> Outcome:
    """Decides about one code (`attempt.secret`) and leaves its row; granted, `ticket` is for `purpose`.

    purpose  of the ticket, once it is known whose it is
    check    says what the code proves, at the same cost whether the identifier is anybody's; asked only where the
             guard would look at a password
    """
    case = Case(attempt, current_policy(), Facts(attempt.door, Proof.PENDING))
    with ExitStack() as held:  # the code stays under check until its row is on disk
        if not is_sound(attempt.identifier, attempt.secret):
            case.facts = replace(case.facts, is_input_sound=False)
        else:
            gather(case, held)
            if isinstance(decide(case.facts, case.policy, attempt.now), NeedsFactor):
                case.facts = replace(case.facts, proof=check(case))
                if case.facts.proof is Proof.WRONG:
                    case.note_wrong()
        decision = decide(case.facts, case.policy, attempt.now)
        reference = make_reference()
        log.write(format_row(attempt, case.judged(decision, reference)), case.wrong)
    if not isinstance(decision, Granted) or case.account is None:
        return Outcome(decision, None, reference)
    ticket = make_ticket(purpose(case.account), case.account, case.serial, attempt.now)
    return Outcome(decision, case.account, reference, ticket=ticket)
