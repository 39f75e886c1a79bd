"""Unlocking in person: somebody who has lost every way in is seen by whoever looks after their establishment.

A code on paper, made by who has seen the person, is good beside what the person adds: the birth date where a password is
chosen, the password where the code stands for a second factor. A birth date is no secret from colleagues: what holds who
makes a letter back is that the person is told on every channel at once, with « It was not me », which ends it (from the
mailbox once a week: `access/disowned_letter`), and that the journal names them. Nobody else sees the password. Codes are
good once, until the end of the third day.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Outcome
from corneille.access.containment import find_step
from corneille.access.decide import SUPPORT
from corneille.access.facts import Containment
from corneille.access.letter_code import TRIES, find_letter_end, prove_letter, refuse_unprovable
from corneille.access.one_time_code import UNLOCK, make_code, spend_code
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId

CODE_LASTS = timedelta(days=3)
WAYS = ("seen-known", "seen-document")
"""How the person was recognised: known by sight, or with an identity document."""
LOST = {"password": (UNLOCK,), "factor": (SUPPORT,), "both": (UNLOCK, SUPPORT)}
"""What somebody may have lost, and the purpose of each code that stands for it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The codes of a letter, in the order of `LOST[lost]`, and until when they are good."""

    lost: str
    codes: tuple[str, ...]
    until: datetime


def make_unlock_codes(account: AccountId, lost: str, way: str, now: datetime, *, by: str, actor: str) -> Drawn:
    """Draws the codes of a letter; every code of the letters before is good no more. Raises LetterRefused.

    lost   what was lost; while the account is contained a second proof is asked for, so that a password alone is "both"
    way    how the person was recognised, one of `WAYS`
    by     who has seen them, as the person reads it
    actor  the same, as the journal names them
    """
    if lost == "password" and find_step(account) is not Containment.NONE:
        lost = "both"
    if UNLOCK in LOST[lost]:
        refuse_unprovable(account)
    until = find_letter_end(now, CODE_LASTS)
    with transaction.atomic():
        for each in LOST["both"]:  # whatever the letters before were for
            spend_code(account, each, now)
        codes = tuple(make_code(account, purpose, now, until - now, tries=TRIES) for purpose in LOST[lost])
        told: dict[str, outbox.Told] = {"name": by, "until": until.isoformat()}
        named = {"name": by, "way": way, "lost": lost}
        journal.append("unlock-letter-made", actor=actor, subject=account, data=dict(named), now=now)
        outbox.add_notice(account, "unlock-letter-made", told, now, key=f"unlock-letter-made/{account}/{now.timestamp()}")
    return Drawn(lost, codes, until)


def prove_unlock(attempt: Attempt, birth_on: date | None) -> Outcome:
    """Judges identifier, birth date and code (`attempt.secret`); granted, `ticket` is for `finish_reset`."""
    return prove_letter(attempt, UNLOCK, birth_on)
