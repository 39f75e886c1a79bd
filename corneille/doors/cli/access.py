"""`corneille access`: the guard's rules, tried out, seen and changed. One file for each word: `access_<word>.py`."""

import argparse

from corneille.doors.cli import (
    access_charter,
    access_contain,
    access_factors,
    access_leaked,
    access_letters,
    access_rights,
    access_simulate,
    access_support_code,
    access_unlock_letter,
)
from corneille.doors.cli.words import _


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its words."""
    parser = subparsers.add_parser(
        "access",
        help=_("sign-in rules: try them out, see and change what stands for an account"),
        description=_("The rules by which people sign in."),
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    access_simulate.add_parser(words)
    access_support_code.add_parser(words)
    access_leaked.add_parser(words)
    access_contain.add_parser(words)
    access_letters.add_parser(words)
    access_unlock_letter.add_parser(words)
    access_charter.add_parser(words)
    access_rights.add_parser(words)
    access_factors.add_parser(words)
