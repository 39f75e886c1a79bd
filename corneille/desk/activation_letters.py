"""Makes activation letters: a fresh code for each person who waits, and one PDF to print and hand over in person."""

from collections.abc import Sequence
from datetime import datetime

from corneille.access.activate import CODE_LASTS, make_activation_code
from corneille.desk.letter import ACTIVATION, address_letter, draw_letters
from corneille.people.account_type import AccountState
from corneille.people.find import Person


def make_letters(people: Sequence[Person], now: datetime, *, actor: str) -> tuple[bytes, int]:
    """The PDF, a page for each who waits for activation, and how many; letters made before are good no more.

    actor  who asked, as the journal names them
    """
    letters = [
        address_letter(person, (make_activation_code(person.id, now, actor=actor),), now + CODE_LASTS)
        for person in people
        if person.state is AccountState.TO_ACTIVATE
    ]
    return draw_letters(letters, ACTIVATION), len(letters)
