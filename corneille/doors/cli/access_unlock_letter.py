"""`corneille access unlock-letter`: the letter for somebody seen in person who has lost every way in."""

import argparse
from pathlib import Path

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.letter_file import open_letters
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import add_by, add_who, find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock

CHECKED = ("known", "document")
LOST = ("password", "factor", "both")


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "unlock-letter",
        help=_("print a letter for somebody seen in person who has lost the password, the second factor, or both"),
        description=_(
            "Makes codes that are good once, for three days: beside the birth date one lets choose a new password, beside "
            "the password one stands for a second proof. They stand in a PDF to hand over in person. The person is told on "
            "every channel; the journal keeps who made it and how they were recognised. Only you can read the file: print "
            "it, then delete it."
        ),
    )
    add_who(parser)
    add_by(parser)
    parser.add_argument("--lost", required=True, choices=LOST, help=_("what the letter stands for"))
    parser.add_argument(
        "--checked", required=True, choices=CHECKED, help=_("how the person was recognised: by sight, or with a document")
    )
    parser.add_argument("--out", required=True, type=Path, metavar=_("FILE"), help=_("the PDF to write"))
    ask_database(parser, unlock_letter)


def unlock_letter(arguments: argparse.Namespace) -> int:
    """Writes the PDF."""
    from corneille.access.letter_code import LetterRefused
    from corneille.desk.unlock_letter import draw_unlock_letter
    from corneille.people.account_type import AccountState, is_person

    person = find_who(arguments.who)
    if person.state is not AccountState.ACTIVE or not is_person(person.type):
        raise CommandRefused(_("This account is not a person’s active one: nothing is to unlock."))
    way, by = f"seen-{arguments.checked}", arguments.by[:80]
    with open_letters(arguments.out) as stream:
        try:
            stream.write(draw_unlock_letter(person, arguments.lost, way, clock.now(), by=by, actor="cli"))
        except LetterRefused as refused:
            raise CommandRefused(_("No birth date is known, without which a letter opens nothing.")) from refused
    return DONE
