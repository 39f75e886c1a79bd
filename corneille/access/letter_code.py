"""Codes of letters: handed over on paper by the establishment, and good only together with the birth date of their person.

Whoever reads a letter has one half of the proof; wrong codes cost the letter a try only beside the right birth date, so that
no stranger uses it up.
"""

import hmac
from datetime import date

from corneille.access.facts import Proof
from corneille.access.gather import NOBODY, Case
from corneille.access.one_time_code import cost_try, is_code
from corneille.people.find import find_guessable

TRIES = 20
"""More than for codes on a screen: a letter is typed with errors, and the pair is slowed after five anyway."""


def check_letter(case: Case, purpose: str, birth_on: date | None) -> Proof:
    """What birth date and code (`attempt.secret`) prove together; a right code that is spent is told to the person alone."""
    account = case.account or NOBODY
    born = find_guessable(account).birth_on
    is_born = hmac.compare_digest(str(born or "-").encode(), str(birth_on or "+").encode())
    found = is_code(account, purpose, case.attempt.secret, case.attempt.now)
    if not is_born or found == "wrong":
        cost_try(account if is_born else NOBODY, purpose)
        return Proof.WRONG
    return Proof.RECOVERY if found == "good" else Proof.SPENT_CODE
