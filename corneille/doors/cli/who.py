"""Whom a command is about, and under whose name it acts: WHO and --by, the same in every command."""

import argparse
from typing import TYPE_CHECKING

from corneille.doors.cli.outcome import CommandRefused
from corneille.doors.cli.words import _

if TYPE_CHECKING:
    from corneille.people.find import Person


def add_who(parser: "argparse._ActionsContainer", name: str = "who") -> None:
    """Declares WHO, the person whom the command is about; `name`: "--who" where it may be left out."""
    parser.add_argument(name, metavar=_("WHO"), help=_("identifier, address or NUMEN"))


def add_by(parser: argparse.ArgumentParser) -> None:
    """Declares --by: who decides, as the person and the journal read it."""
    parser.add_argument("--by", required=True, type=_read_name, metavar=_("NAME"), help=_("who decides"))


def _read_name(typed: str) -> str:
    if not typed.strip():
        raise argparse.ArgumentTypeError(_("a name is needed, such as “Nadia Benali”"))
    return typed.strip()


def find_who(typed: str) -> "Person":
    """The person whose identifier, address or NUMEN it is. Raises CommandRefused."""
    from corneille.people.find import find_account

    person = find_account(typed)
    if person is None:
        raise CommandRefused(_("Nobody has this identifier, address or NUMEN."))
    return person
