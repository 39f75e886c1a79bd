"""`corneille privacy`: the register of processing, as this installation is set."""

import argparse
import sys
from datetime import datetime

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, DONE_PARTLY
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _
from corneille.kernel import clock


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its word."""
    parser = subparsers.add_parser(
        "privacy",
        help=_("what is kept of people, why and how long"),
        description=_("What each part of Corneille says that it keeps: the register of processing (GDPR art. 30)."),
        epilog=_(
            """\
examples:
  corneille privacy register                            as a Markdown table, in French
  corneille privacy register --csv > registre.csv       for a spreadsheet
  corneille privacy register --language en              in English
  corneille privacy purges                              what was deleted because its time is over
"""
        ),
        formatter_class=TeachingHelp,
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    printing = words.add_parser("register", help=_("print the register, with the durations in force"))
    printing.add_argument("--csv", action="store_true", help=_("as a table for a spreadsheet"))
    printing.add_argument("--language", choices=("fr", "en"), default="fr", help=_("fr or en (fr)"))
    ask_database(printing, register)
    listing = words.add_parser("purges", help=_("what each purge deleted; exit code 1 where one has not run for a day"))
    ask_database(listing, purges)


def register(arguments: argparse.Namespace) -> int:
    """Prints the register on the standard output."""
    from corneille.privacy.format_register import format_csv, format_markdown

    sys.stdout.write((format_csv if arguments.csv else format_markdown)(arguments.language))
    return DONE


def purges(_arguments: argparse.Namespace) -> int:
    """Prints code, last run, deleted then, deleted in thirty days, the oldest left, separated by tabs; "-" for none."""
    from corneille.privacy.purge import list_purges

    shown = list_purges(clock.now())
    for each in shown:
        counts = (each.removed_count, each.recent_count)
        print(each.purge.code, _format(each.ran_at), *counts, _format(each.oldest_at), sep="\t")
    return DONE_PARTLY if any(each.is_late for each in shown) else DONE


def _format(at: datetime | None) -> str:
    return "-" if at is None else at.isoformat(timespec="seconds")
