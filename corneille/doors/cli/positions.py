"""`corneille positions`: makes positions with a mail account of their own, and says which functions give which rights."""

import argparse
from typing import TYPE_CHECKING

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.day import parse_day
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.words import _
from corneille.kernel import clock

if TYPE_CHECKING:  # the nouns need an open ground: each command imports them when it runs
    from corneille.kernel.ids import AccountId
    from corneille.people.add_position import PositionRefused

RIGHTS = ("read", "write", "send-as", "on-behalf")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its words."""
    parser = subparsers.add_parser(
        "positions",
        help=_("mail of positions, read by whoever has the function"),
        description=_("A position has mail of its own. Nobody signs in as one: who may read it follows from assignments."),
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    listing = words.add_parser("list", help=_("all positions, one per line: address, days, name, establishment"))
    ask_database(listing, list_all)
    showing = words.add_parser("show", help=_("who has a position, one person and function per line"))
    showing.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the position"))
    showing.add_argument("--on", type=parse_day, metavar="YYYY-MM-DD", help=_("on this day (default: today)"))
    ask_database(showing, show)
    adding = words.add_parser("add", help=_("make a position and its mail, and print its address"))
    adding.add_argument("name", metavar=_("NAME"), help=_("what it is called, for example: direction"))
    adding.add_argument("uai", metavar="UAI", help=_("the establishment"))
    adding.add_argument("--local-part", default="", metavar=_("NAME"), help=_("what stands before the @"))
    _add_days(adding)
    adding.set_defaults(handle=add)  # needs the mail store, as other commands do unless they say otherwise
    giving = words.add_parser(
        "give",
        help=_("say what a function gives"),
        description=_("Whoever has the function at the position's establishment has these rights, as long as they have it."),
    )
    giving.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the position"))
    giving.add_argument("function", metavar=_("FUNCTION"), help=_("as it is written in assignments; case does not matter"))
    giving.add_argument("rights", nargs="+", choices=RIGHTS, metavar=_("RIGHT"), help=", ".join(RIGHTS))
    _add_days(giving)
    ask_database(giving, give)
    taking = words.add_parser("take", help=_("take back what a function gives"))
    taking.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the position"))
    taking.add_argument("function", metavar=_("FUNCTION"), help=_("as it was given"))
    taking.add_argument("--on", type=parse_day, metavar="YYYY-MM-DD", help=_("the last day (default: yesterday)"))
    ask_database(taking, take)
    ending = words.add_parser("end", help=_("give a position its last day; its mail stays"))
    ending.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the position"))
    ending.add_argument("--on", type=parse_day, metavar="YYYY-MM-DD", help=_("the last day (default: today)"))
    ask_database(ending, end)


def list_all(arguments: argparse.Namespace) -> int:
    """Prints every position, fields separated by tabs."""
    from corneille.people.position import list_positions

    for each in list_positions():
        print(each.address, each.term.from_on, each.term.until_on or "-", each.label, each.establishment, sep="\t")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Prints who has a position, fields separated by tabs."""
    from corneille.kernel.today import today
    from corneille.people.position import list_holders

    for each in list_holders(_find(arguments.address), arguments.on or today(clock.now())):
        for why in each.decision.because:
            rights = ",".join(right for right in RIGHTS if right in why.rights)
            print(each.identifier, rights, why.function, why.until_on or "-", each.name, sep="\t")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Makes one position with its mail."""
    from corneille.kernel.today import today
    from corneille.mail.open_mail_account import create_mail_account
    from corneille.people.add_position import NewPosition, PositionRefused, add_position
    from corneille.people.position import find_position

    now = clock.now()
    from_on = arguments.from_on or today(now)
    new = NewPosition(arguments.name, arguments.uai, from_on, arguments.until, arguments.local_part)
    try:
        account = add_position(new, now)
    except PositionRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    create_mail_account(account)
    made = find_position(account)
    assert made is not None
    print(made.address)
    return DONE


def give(arguments: argparse.Namespace) -> int:
    """Says what a function gives."""
    from corneille.kernel.today import today
    from corneille.people import add_position as people
    from corneille.people.position_right import PositionRight, Term

    now = clock.now()
    term = Term(arguments.from_on or today(now), arguments.until)
    rights = [PositionRight(each) for each in arguments.rights]
    try:
        people.give(_find(arguments.address), arguments.function, rights, term, now)
    except people.PositionRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def take(arguments: argparse.Namespace) -> int:
    """Takes back what a function gives."""
    from corneille.people import add_position as people

    try:
        people.take(_find(arguments.address), arguments.function, arguments.on, clock.now())
    except people.PositionRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def end(arguments: argparse.Namespace) -> int:
    """Gives one position its last day."""
    from corneille.kernel.today import today
    from corneille.people import add_position as people

    now = clock.now()
    try:
        people.end_position(_find(arguments.address), arguments.on or today(now), now)
    except people.PositionRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def _add_days(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="from_on", type=parse_day, metavar="YYYY-MM-DD", help=_("first day (today)"))
    parser.add_argument("--until", type=parse_day, metavar="YYYY-MM-DD", help=_("last day"))


def _find(address: str) -> "AccountId":
    from corneille.people.address import resolve_address
    from corneille.people.position import find_position

    account = resolve_address(address)
    if account is None or find_position(account) is None:
        raise CommandRefused(_("No position has the address {address}.").format(address=address))
    return account


def _explain(refused: "PositionRefused") -> str:
    told = {
        "name": _("The name wants 1 to 60 printable characters, without “/”."),
        "establishment": _("No establishment has this UAI code."),
        "taken": _("This establishment has a position of this name."),
        "local-part": _("What stands before the @ is taken, or not of the right shape; give another with --local-part."),
        "function": _("A function wants 1 to 80 printable characters."),
        "rights": _("Say at least one right."),
        "term": _("The last day comes before the first."),
        "absent": _("There is no such position."),
        "there": _("This function gives nothing there."),
    }
    return told[str(refused.data["reason"])]
