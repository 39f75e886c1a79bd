"""`corneille access rights`: gives or takes a right for an account, a type, an establishment or a function; shows them."""

import argparse

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.day import parse_day
from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.who import add_who, find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock
from corneille.kernel.today import today

RIGHTS = ("web", "imap", "submission", "dav")


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "rights",
        help=_("give or take a right, with a reason and dates; show what stands"),
        description=_(
            "The most particular decision wins: an account’s over its function’s, then its establishment’s, then its type’s."
            " People for whom something changes are told, with the day: one at once, many at up to 250 a minute."
        ),
    )
    whom = parser.add_mutually_exclusive_group(required=True)
    add_who(whom, "--who")
    whom.add_argument("--type", metavar=_("TYPE"), help=_("an account type, such as externe"))
    whom.add_argument("--uai", metavar="UAI", help=_("everybody of this establishment"))
    whom.add_argument("--function", metavar=_("FUNCTION"), help=_("everybody who has this function, such as principal"))
    parser.add_argument("--deny", choices=RIGHTS, help=", ".join(RIGHTS))
    parser.add_argument("--allow", choices=RIGHTS, help=", ".join(RIGHTS))
    parser.add_argument("--declared-networks", action="store_true", help=_("allowed from the declared networks alone"))
    parser.add_argument("--reason", default="", metavar=_("TEXT"), help=_("what the person reads"))
    parser.add_argument("--by", default="", metavar=_("NAME"), help=_("who decides"))
    parser.add_argument("--from", dest="from_on", type=parse_day, metavar="YYYY-MM-DD", help=_("first day (today)"))
    parser.add_argument("--until", dest="until_on", type=parse_day, metavar="YYYY-MM-DD", help=_("last day"))
    ask_database(parser, rights)


def rights(arguments: argparse.Namespace) -> int:
    """Decides, when asked to; then shows an account's rights, one line each, or how many people are meant."""
    from corneille.access.right import DECLARED, Right
    from corneille.access.rights import decide_right, list_rights
    from corneille.access.tell_right import list_meant

    now = clock.now()
    person = find_who(arguments.who) if arguments.who else None
    scope = f"account/{person.id}" if person else _name_scope(arguments)
    for right, is_allowed in ((arguments.deny, False), (arguments.allow, True)):
        if right is not None:
            decide_right(
                scope, Right(right), is_allowed=is_allowed, networks=DECLARED if arguments.declared_networks else "",
                reason=arguments.reason, by=arguments.by, from_on=arguments.from_on or today(now),
                until_on=arguments.until_on, now=now,
            )  # fmt: skip
    for each in list_rights(person.id, person.type.value, now) if person else ():
        told = each.decided
        stands = ("allowed" if each.is_allowed else "denied") + (" (declared networks)" if each.networks else "")
        why = f"{told.reason} · {told.by} · {told.from_on} – {told.until_on or ''}" if told else ""
        print(each.right.value, stands, why, each.changes[0].on if each.changes else "", sep="\t")
    if person is None:
        print(scope, len(list_meant(scope, arguments.from_on or today(now))), sep="\t")
    return DONE


def _name_scope(arguments: argparse.Namespace) -> str:
    """The many whom the decision is for."""
    if arguments.function:
        return f"function/{arguments.function.casefold()}"
    return f"type/{arguments.type}" if arguments.type else f"uai/{str(arguments.uai).upper()}"
