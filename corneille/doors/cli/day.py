"""Days in the command line, of the years that may be meant."""

import argparse
from datetime import date

from corneille.doors.cli.words import _
from corneille.kernel.day import FIRST_DAY, LAST_DAY
from corneille.kernel.day import parse_day as parse


def parse_day(text: str) -> date:
    """Reads YYYY-MM-DD. Raises ArgumentTypeError, with what would be right."""
    try:
        return parse(text)
    except ValueError:
        wanted = _("a day as YYYY-MM-DD, of the years {first} to {last}")
        raise argparse.ArgumentTypeError(wanted.format(first=FIRST_DAY.year, last=LAST_DAY.year)) from None
