"""`corneille privacy`: the register of processing, as this installation is set."""

import argparse
import sys

from corneille.doors.cli.outcome import DONE
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
  corneille privacy purges                              what was forgotten, and when
"""
        ),
        formatter_class=TeachingHelp,
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    printing = words.add_parser("register", help=_("print the register, with the durations in force"))
    printing.add_argument("--csv", action="store_true", help=_("as a table for a spreadsheet"))
    printing.add_argument("--language", choices=("fr", "en"), default="fr", help=_("fr or en (fr)"))
    printing.set_defaults(handle=register, needs_ground=False, needs_database=True)
    reporting = words.add_parser("purges", help=_("what each purge dropped: today, and in 30 days"))
    reporting.set_defaults(handle=purges, needs_ground=False, needs_database=True)


def register(arguments: argparse.Namespace) -> int:
    """Prints the register on the standard output."""
    from corneille.privacy.format_register import format_csv, format_markdown

    sys.stdout.write((format_csv if arguments.csv else format_markdown)(arguments.language))
    return DONE


def purges(_arguments: argparse.Namespace) -> int:
    """Prints one line for each purge, fields separated by tabs."""
    from corneille.privacy.purge import list_reports

    for each in list_reports(clock.now()):
        last = each.last_at.isoformat(timespec="seconds") if each.last_at else "–"
        print(each.code, last, each.today_count, each.month_count, each.fault or "–", sep="\t")
    return DONE
