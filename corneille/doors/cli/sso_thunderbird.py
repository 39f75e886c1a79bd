"""`corneille sso thunderbird`: the extension by which Thunderbird learns to sign in here."""

import argparse
from pathlib import Path

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.words import _


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "thunderbird",
        help=_("write the extension by which Thunderbird learns to sign in here without a password"),
        description=_(
            "Thunderbird knows by itself the issuers that its makers wrote into it, and no other. Install this extension by "
            "policy (docs/access.md). Name the servers of IMAP and submission, by names that the portal does not have: "
            "Thunderbird would use tokens for calendars too, and calendars take app passwords."
        ),
    )
    parser.add_argument("slug", metavar=_("NAME"), help=_("the short name of the registered program"))
    parser.add_argument(
        "--host", required=True, action="append", metavar=_("SERVER"), help=_("of IMAP or of submission; repeat it")
    )
    parser.add_argument("--out", required=True, type=Path, metavar=_("FILE"), help=_("the .xpi to write"))
    ask_database(parser, thunderbird)


def thunderbird(arguments: argparse.Namespace) -> int:
    """Writes the file."""
    from corneille.sso.client import find_client
    from corneille.sso.sso_settings import MAIL
    from corneille.sso.thunderbird import make_extension

    client = find_client(arguments.slug)
    if client is None or not client.is_program:
        raise CommandRefused(_("No open program is registered under this name: corneille sso add … --program"))
    if MAIL not in client.scopes:
        raise CommandRefused(_("This program may not read mail: register one with --scope mail."))
    if any("." not in host for host in arguments.host):
        raise CommandRefused(_("Thunderbird finds no issuer for a server whose name has no dot."))
    arguments.out.write_bytes(make_extension(client, arguments.host))
    return DONE
