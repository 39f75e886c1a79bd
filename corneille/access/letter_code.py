"""Codes of letters: handed over on paper by the establishment, and good only together with the birth date of their person.

Whoever reads a letter has one half of the proof. Both halves are guessed, and counted, together: the same code with another
date is another guess. A wrong date costs the letter a try only beside its right code, so that no stranger uses it up.
"""

import hmac
from dataclasses import replace
from datetime import date, datetime, timedelta

from corneille.access.attempt import Attempt, Outcome
from corneille.access.code_door import prove_code
from corneille.access.facts import Proof
from corneille.access.gather import NOBODY, Case
from corneille.access.one_time_code import find_open_name, judge_code, name_code
from corneille.access.ticket import find_holder, read_ticket
from corneille.kernel.ids import AccountId
from corneille.people.find import find_birth_date

TRIES = 20
"""Wrong dates that whoever holds a letter may give: more than for codes on a screen, and few among fifteen thousand."""


def prove_letter(attempt: Attempt, purpose: str, birth_on: date | None) -> Outcome:
    """Judges identifier, birth date and code (`attempt.secret`) of a letter; a spent one is told to its person alone.

    Granted, `ticket` is good while the code of this very letter is open (`read_letter_ticket`).
    """
    code = attempt.secret
    together = replace(attempt, secret=f"{birth_on} {code}" if code else "")

    def check(case: Case) -> Proof:
        account = case.account or NOBODY
        born = find_birth_date(account)
        is_born = hmac.compare_digest(str(born or "-").encode(), str(birth_on or "+").encode())
        match judge_code(account, purpose, code, attempt.now, is_beside_right=is_born):
            case "good":
                return Proof.RECOVERY
            case "spent":
                return Proof.SPENT_CODE
            case _:
                return Proof.WRONG

    return prove_code(together, lambda account: name_code(account, purpose, code), check)


def read_letter_ticket(purpose: str, ticket: str, now: datetime, lasts: timedelta) -> AccountId | None:
    """Whose it is; None: as `read_ticket`, or its letter was used, disowned or followed by a newer one."""
    holder = find_holder(ticket)
    name = find_open_name(holder, purpose) if holder is not None else None
    return read_ticket(name, ticket, now, lasts) if name is not None else None
