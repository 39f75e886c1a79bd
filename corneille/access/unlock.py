"""Unlocking in person: somebody who has lost every way in is seen by whoever looks after their establishment.

Two keys of two people: a code on paper, made by who has seen the person, and what the person adds: the birth date where a
password is chosen, the password where the code stands for a second factor. Nobody else sees the password. Codes are good
once, for three days; the person is told on every channel at once, with « It was not me », which ends them too.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from corneille.access.attempt import Attempt, Outcome
from corneille.access.decide import SUPPORT
from corneille.access.letter_code import TRIES, prove_letter
from corneille.access.one_time_code import UNLOCK, make_code
from corneille.kernel import journal, outbox
from corneille.kernel.ids import AccountId

CODE_LASTS = timedelta(days=3)
WAYS = ("seen-known", "seen-document")
"""How the person was recognised: known by sight, or with an identity document."""
LOST = {"password": (UNLOCK,), "factor": (SUPPORT,), "both": (UNLOCK, SUPPORT)}
"""What somebody may have lost, and the purpose of each code that stands for it."""


def make_unlock_codes(
    account: AccountId, lost: str, way: str, now: datetime, *, by: str, actor: str
) -> tuple[str, ...]:
    """Draws the codes of a letter, in the order of `LOST`; those of the letter before are good no more.

    way    how the person was recognised, one of `WAYS`
    by     who has seen them, as the person reads it
    actor  the same, as the journal names them
    """
    until = now + CODE_LASTS
    with transaction.atomic():
        codes = tuple(make_code(account, purpose, now, CODE_LASTS, tries=TRIES) for purpose in LOST[lost])
        told: dict[str, outbox.Told] = {"name": by, "until": until.isoformat()}
        named = {"name": by, "way": way, "lost": lost}
        journal.append("unlock-letter-made", actor=actor, subject=account, data=dict(named), now=now)
        outbox.add_notice(account, "unlock-letter-made", told, now, key=f"unlock-letter-made/{account}/{now.timestamp()}")
    return codes


def prove_unlock(attempt: Attempt, birth_on: date | None) -> Outcome:
    """Judges identifier, birth date and code (`attempt.secret`); granted, `ticket` is for `finish_reset`."""
    return prove_letter(attempt, UNLOCK, birth_on)
