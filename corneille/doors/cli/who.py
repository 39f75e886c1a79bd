"""Whom a command is about: what is typed for WHO."""

from typing import TYPE_CHECKING

from corneille.doors.cli.outcome import CommandRefused
from corneille.doors.cli.words import _

if TYPE_CHECKING:
    from corneille.people.find import Person


def find_who(typed: str) -> "Person":
    """The person whose identifier, address or NUMEN it is. Raises CommandRefused."""
    from corneille.people.find import find_account

    person = find_account(typed)
    if person is None:
        raise CommandRefused(_("Nobody has this identifier, address or NUMEN."))
    return person
