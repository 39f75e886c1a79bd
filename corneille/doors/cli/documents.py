"""`corneille documents end`: an officer ends a document that is shared by a link, under their name."""

import argparse

from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import add_by
from corneille.doors.cli.words import _
from corneille.kernel import clock
from corneille.kernel.refusal import Gone


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    words = commands.add_parser("documents", help=_("documents shared by links")).add_subparsers(required=True)
    ending = words.add_parser(
        "end",
        help=_("end a shared document by its link"),
        description=_("The link opens nothing any more and the file is deleted; the journal keeps who decided."),
    )
    ending.add_argument("link", metavar=_("LINK"), help=_("the address that opens the document"))
    add_by(ending)
    ending.set_defaults(handle=end)


def end(arguments: argparse.Namespace) -> int:
    """Ends one."""
    from corneille.documents.share import end_link

    secret = arguments.link.strip().rstrip("/").rpartition("/")[2]
    try:
        end_link(secret, clock.now(), by=arguments.by.strip()[:80], actor="cli")
    except Gone:
        raise CommandRefused(_("No document is shared by this link, or it is over already.")) from None
    return DONE
