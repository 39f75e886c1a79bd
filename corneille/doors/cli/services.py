"""`corneille services`: the services that may post notices for people; their credentials are shown once."""

import argparse

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import add_by
from corneille.doors.cli.words import _
from corneille.kernel import clock


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its three words."""
    parser = subparsers.add_parser(
        "services",
        help=_("register the services that may post notices"),
        description=_("A registered service posts notices to /api/v1/notices; /api/openapi.json describes how."),
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    adding = words.add_parser("add", help=_("register one and print its credential, once"))
    adding.add_argument("slug", metavar=_("NAME"), help=_("a short name: small letters, digits and dashes"))
    adding.add_argument("title", metavar=_("TITLE"), help=_("the name that people read"))
    adding.add_argument("url", metavar="URL", help=_("where it is (https://)"))
    add_by(adding)
    ask_database(adding, add)
    closing = words.add_parser("close", help=_("make its credential worthless; what it posted stays"))
    closing.add_argument("slug", metavar=_("NAME"), help=_("its short name"))
    add_by(closing)
    ask_database(closing, close)
    listing = words.add_parser("list", help=_("all of them, one per line"))
    ask_database(listing, list_all)


def add(arguments: argparse.Namespace) -> int:
    """Registers one service."""
    from corneille.notices.service import ServiceRefused, add_service

    try:
        print(add_service(arguments.slug, arguments.title, arguments.url, clock.now(), by=arguments.by))
    except ServiceRefused as refused:
        raise CommandRefused(_explain(str(refused.data["reason"]))) from refused
    return DONE


def close(arguments: argparse.Namespace) -> int:
    """Closes one service."""
    from corneille.notices.service import close_service

    close_service(arguments.slug, clock.now(), by=arguments.by)
    return DONE


def list_all(arguments: argparse.Namespace) -> int:
    """Prints them, fields separated by tabs."""
    from corneille.notices.service import list_services

    for each in list_services():
        print(each.slug, each.name, each.url, "closed" if each.closed_at else "open", sep="\t")
    return DONE


def _explain(reason: str) -> str:
    told = {
        "slug": _("The short name wants small letters, digits and dashes, 40 at most, a letter first."),
        "name": _("The title wants 1 to 80 printable characters."),
        "url": _("The address wants to begin with https:// and hold 500 characters at most."),
        "taken": _("A service has this short name already."),
    }
    return told[reason]
