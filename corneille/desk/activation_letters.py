"""Makes activation letters: a fresh code for each person who waits, and one PDF to print and hand over in person."""

from collections.abc import Sequence
from datetime import datetime

from corneille.access.activate import CODE_LASTS, make_activation_code
from corneille.access.letter_code import find_letter_end
from corneille.desk.letter import ACTIVATION, address_letter, draw_letters
from corneille.people.account_type import AccountState, is_person
from corneille.people.find import Person, list_without_birth_date


def make_letters(people: Sequence[Person], now: datetime, *, actor: str) -> tuple[bytes, int]:
    """The PDF, a page for each who waits for activation, and how many; letters made before are good no more.

    Who has no birth date (`list_without_birth_date`) could do nothing with a letter, and gets none.

    actor  who asked, as the journal names them
    """
    unborn, until = list_without_birth_date([person.id for person in people]), find_letter_end(now, CODE_LASTS)
    letters = [
        address_letter(person, (make_activation_code(person.id, now, actor=actor),), until)
        for person in people
        if person.state is AccountState.TO_ACTIVATE and is_person(person.type) and person.id not in unborn
    ]
    return draw_letters(letters, ACTIVATION), len(letters)
