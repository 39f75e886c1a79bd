"""`corneille access letters`: activation letters as PDF, for one person or for everybody of an establishment who waits."""

import argparse
from pathlib import Path

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.letter_file import open_letters
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import add_who
from corneille.doors.cli.words import _, ngettext
from corneille.kernel import clock


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "letters",
        help=_("print activation letters, for one person or a whole establishment"),
        description=_(
            "Makes a fresh code for each account that waits for activation, and a PDF with a page for each, to hand over in "
            "person. A letter made before is good no more. Only you can read the file: print it, then delete it."
        ),
    )
    whom = parser.add_mutually_exclusive_group(required=True)
    add_who(whom, "--who")
    whom.add_argument("--uai", metavar="UAI", help=_("everybody of this establishment who waits"))
    parser.add_argument("--out", required=True, type=Path, metavar=_("FILE"), help=_("the PDF to write"))
    ask_database(parser, letters)


def letters(arguments: argparse.Namespace) -> int:
    """Writes the PDF and says how many letters it holds."""
    from corneille.desk.activation_letters import make_letters
    from corneille.people.find import find_account, list_waiting, list_without_birth_date

    if arguments.uai is not None:
        people = list_waiting(arguments.uai)
    else:
        found = find_account(arguments.who)
        people = [found] if found is not None else []
    unborn = list_without_birth_date([person.id for person in people])
    with open_letters(arguments.out) as stream:
        content, count = make_letters(people, clock.now(), actor="cli")
        if not count:
            raise CommandRefused(
                _("No birth date is known, without which a letter opens nothing.") if unborn
                else _("Nobody here waits for activation.")
            )  # fmt: skip
        stream.write(content)
    for person in people:
        if person.id in unborn:
            print(_("{who}: no birth date is known, no letter is made").format(who=person.identifier))
    print(ngettext("{count} letter", "{count} letters", count).format(count=count))
    return DONE
