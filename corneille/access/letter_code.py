"""Codes of letters: handed over on paper by the establishment, and good only together with the birth date of their person.

Whoever reads a letter has one half of the proof. Both halves are guessed, and counted, together: the same code with another
date is another guess. A wrong date costs the letter a try only beside its right code, so that no stranger uses it up.
"""

import hmac
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from corneille.access.attempt import Attempt, Outcome
from corneille.access.code_door import prove_code
from corneille.access.facts import Proof
from corneille.access.gather import NOBODY, Case
from corneille.access.one_time_code import find_open_name, judge_code, name_code
from corneille.access.ticket import find_holder, read_ticket
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import Ground, of
from corneille.people.find import find_birth_date

TRIES = 20
"""Wrong dates that whoever holds a letter may give: more than for codes on a screen, and few among fifteen thousand."""


class LetterRefused(Refusal):
    """No letter is made; `reason`: "no-birth-date", without which its code is worth nothing, or "own-way" (`desk`)."""

    code = "letter-refused"


def refuse_unprovable(account: AccountId) -> None:
    """Raises LetterRefused where the code of a letter could never be proved."""
    if find_birth_date(account) is None:
        raise LetterRefused(reason="no-birth-date")


def find_letter_end(now: datetime, lasts: timedelta) -> datetime:
    """The end, where we are, of the day that a letter names as its last."""
    zone = ZoneInfo(of(Ground).time_zone)
    return datetime.combine((now + lasts).astimezone(zone).date(), time.max, zone).astimezone(UTC)


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
