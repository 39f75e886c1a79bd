"""`corneille access factors`: how many of each establishment have set a second factor."""

import argparse

from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.words import _
from corneille.kernel import clock
from corneille.kernel.today import today


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "factors",
        help=_("how many of each establishment have set a second factor, the fewest first"),
        description=_("One line for each: UAI, name, active people, those with a second factor, per cent."),
    )
    parser.set_defaults(handle=factors, needs_ground=False, needs_database=True)


def factors(_arguments: argparse.Namespace) -> int:
    """Prints them, fields separated by tabs."""
    from corneille.access.factor_share import list_shares

    for each in list_shares(today(clock.now())):
        print(each.uai or "–", each.establishment or "–", each.people_count, each.enrolled_count, each.percent, sep="\t")
    return DONE
