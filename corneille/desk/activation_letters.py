"""Makes activation letters: a fresh code for each person who waits, and one PDF to print and hand over in person."""

from collections.abc import Sequence
from datetime import datetime

from corneille.access.activate import CODE_LASTS, make_activation_code
from corneille.desk.letter import Letter, draw_letters
from corneille.kernel.settings import Ground, of, portal_address
from corneille.people.account_type import AccountState
from corneille.people.find import Person


def make_letters(people: Sequence[Person], now: datetime, *, actor: str) -> tuple[bytes, int]:
    """The PDF, a page for each who waits for activation, and how many; letters made before are good no more.

    actor  who asked, as the journal names them
    """
    letters = [_make(person, now, actor) for person in people if person.state is AccountState.TO_ACTIVATE]
    return draw_letters(letters), len(letters)


def _make(person: Person, now: datetime, actor: str) -> Letter:
    return Letter(
        name=person.display_name,
        establishment=person.establishments[0] if person.establishments else "",
        identifier=person.identifier,
        address=person.principal_address,
        code=make_activation_code(person.id, now, actor=actor),
        url=f"{portal_address()}/activer",
        academie=of(Ground).academie,
        until=(now + CODE_LASTS).strftime("%d/%m/%Y"),
    )
