"""`corneille access leaked`: makes the file of leaked passwords from a download of « Pwned Passwords »."""

import argparse
import sys
from pathlib import Path

from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _, ngettext


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "leaked",
        help=_("make the file of leaked passwords that new ones are compared with"),
        description=_(
            "Reads lines SHA1:COUNT in ascending order (the « ordered by hash » download of Pwned Passwords) and writes the "
            "first eight octets of each. Then set [passwords] leaked_file. Nothing is ever asked of the network."
        ),
        epilog=_(
            """\
example:
  corneille access leaked pwned-passwords-sha1-ordered-by-hash.txt /srv/corneille/leaked.bin
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("source", metavar=_("FILE"), help=_("the list, or - for standard input"))
    parser.add_argument("target", type=Path, metavar=_("TARGET"), help=_("the file to write"))
    parser.set_defaults(handle=leaked, needs_ground=False, needs_settings=True)


def leaked(arguments: argparse.Namespace) -> int:
    """Writes the file and says how many it holds."""
    from corneille.access.leaked import write_leaked

    if arguments.source == "-":
        count = write_leaked(sys.stdin, arguments.target)
    else:
        with Path(arguments.source).open(encoding="ascii") as stream:
            count = write_leaked(stream, arguments.target)
    print(ngettext("{count} password", "{count} passwords", count).format(count=count))
    return DONE
