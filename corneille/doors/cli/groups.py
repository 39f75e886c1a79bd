"""`corneille groups`: lists that one may write to; makes and ends them, shows who is on one, today or on a past day."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.day import parse_day
from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.doors.cli.who import find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock

if TYPE_CHECKING:  # the nouns need an open ground: each command imports them when it runs
    from corneille.groups.group import GroupRefused, GroupShown

KEEPERS = ("computed", "head")
WRITERS = ("members", "establishment", "academie", "owners", "world")


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its words."""
    parser = subparsers.add_parser(
        "groups",
        help=_("make, show and end lists that one may write to"),
        description=_("A list has an address; who is on it follows from the directory, or is put on it by hand."),
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    listing = words.add_parser("list", help=_("all lists, one per line: address, writers, keeper, days, title"))
    ask_database(listing, list_all)
    showing = words.add_parser("show", help=_("who is on a list, one per line"))
    showing.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the list"))
    showing.add_argument("--on", type=parse_day, metavar="YYYY-MM-DD", help=_("at the end of this past day"))
    ask_database(showing, show)
    _add_add(words)
    ending = words.add_parser("end", help=_("give a list its last day; its address is never given again"))
    ending.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the list"))
    ending.add_argument("--on", type=parse_day, metavar="YYYY-MM-DD", help=_("the last day (default: today)"))
    ask_database(ending, end)
    importing = words.add_parser("import", help=_("put everybody whom a CSV file names on a list, all or nobody"))
    importing.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the list"))
    importing.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_("one person a line, in a column Courriel or Identifiant")
    )
    importing.add_argument("--dry-run", action="store_true", help=_("only say what would change"))
    ask_database(importing, import_people)
    for word, handle, told in (
        ("put", put, _("put somebody, or another list, on a list by hand")),
        ("take-out", take_out, _("take somebody, or another list, out of a list")),
    ):
        changing = words.add_parser(word, help=told)
        changing.add_argument("address", metavar=_("ADDRESS"), help=_("the address of the list"))
        changing.add_argument("who", metavar=_("WHO"), help=_("identifier, address or NUMEN, or the address of a list"))
        ask_database(changing, handle)


def _add_add(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = words.add_parser(
        "add",
        help=_("make a list and print its address"),
        description=_(
            "Makes a list. Who is on it: the people whose assignment is all that is said by --at, --department, --function "
            "and --subject; with none of them, only those who are put on it by hand."
        ),
    )
    parser.add_argument("local_part", metavar=_("NAME"), help=_("what stands before the @"))
    parser.add_argument("title", metavar=_("TITLE"), help=_("the name that people read"))
    parser.add_argument("--domain", default="", metavar=_("DOMAIN"), help=_("one of yours (default: the principal one)"))
    parser.add_argument("--uai", default="", metavar="UAI", help=_("the establishment that the list is of"))
    parser.add_argument(
        "--keeper", choices=KEEPERS, default="computed",
        help=_("who changes it besides you: nobody (computed), or the head of its establishment (head)"),
    )  # fmt: skip
    parser.add_argument(
        "--writers", choices=WRITERS, default="members",
        help=_(
            "who may write: the people on it (members), of its establishment, of the whole académie (academie), the head of "
            "its establishment alone (owners), or the outside too (world)"
        ),
    )  # fmt: skip
    parser.add_argument("--at", default="", metavar="UAI", help=_("on it: who works at this establishment"))
    parser.add_argument("--department", default="", metavar=_("NUMBER"), help=_("on it: who works in this department"))
    parser.add_argument("--function", default="", metavar=_("TEXT"), help=_("on it: who has this function"))
    parser.add_argument("--subject", default="", metavar=_("TEXT"), help=_("on it: who teaches this subject"))
    parser.add_argument("--from", dest="from_on", type=parse_day, metavar="YYYY-MM-DD", help=_("first day (today)"))
    parser.add_argument("--until", type=parse_day, metavar="YYYY-MM-DD", help=_("last day"))
    ask_database(parser, add)


def list_all(arguments: argparse.Namespace) -> int:
    """Prints every list, fields separated by tabs."""
    from corneille.groups.gate import list_all as list_groups

    for each in list_groups():
        until = each.term.until_on or "-"
        print(each.address, each.writers, each.keeper, each.term.from_on, until, each.title, sep="\t")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Prints the people of one list, fields separated by tabs."""
    from corneille.groups.gate import list_members

    for each in list_members(_find(arguments.address), clock.now(), arguments.on):
        print(each.person.address or "-", each.origin, each.person.name, sep="\t")
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Makes one list."""
    from corneille.groups.add import NewGroup, add_group
    from corneille.groups.decide import Keeper, Rule, Term, Writers
    from corneille.groups.gate import get_group
    from corneille.groups.group import GroupRefused, here

    now = clock.now()
    uai, at = arguments.uai.strip().upper(), arguments.at.strip().upper()
    rule = Rule(at, arguments.department, arguments.function, arguments.subject)
    term = Term(arguments.from_on or here(now).date(), arguments.until)
    keeper, writers = Keeper(arguments.keeper), Writers(arguments.writers)
    new = NewGroup(arguments.local_part, arguments.title, uai, keeper, writers, rule, term, arguments.domain)
    try:
        print(get_group(add_group(new, now)).address)
    except GroupRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def end(arguments: argparse.Namespace) -> int:
    """Gives one list its last day."""
    from corneille.groups.add import end_group
    from corneille.groups.group import GroupRefused, here

    now = clock.now()
    try:
        end_group(_find(arguments.address).id, arguments.on or here(now).date(), now, by=None)
    except GroupRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def put(arguments: argparse.Namespace) -> int:
    """Puts one person or list on a list."""
    from corneille.groups.audience import find_list
    from corneille.groups.entry import add_inner, add_member
    from corneille.groups.group import GroupRefused

    group = _find(arguments.address)
    inner = find_list(arguments.who)
    try:
        if inner is not None:
            add_inner(group.id, inner, clock.now(), by=None)
        else:
            add_member(group.id, find_who(arguments.who).id, clock.now(), by=None)
    except GroupRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def import_people(arguments: argparse.Namespace) -> int:
    """Brings people onto one list; each line of the output says who, and what was or would be done."""
    from corneille.groups.import_people import import_people as bring_in
    from corneille.groups.import_people import plan_people
    from corneille.groups.read_people import NoColumn, read_people
    from corneille.wire.table.read import Unreadable, decode_table, read_table

    group = _find(arguments.address)
    try:
        named = read_people(read_table(decode_table(arguments.file.read_bytes())))
    except Unreadable as unreadable:
        raise CommandRefused(_("Not a CSV file that can be read: {reason}.").format(reason=unreadable.reason)) from None
    except NoColumn as missing:
        told = _("No column has the title Courriel or Identifiant; there is: {titles}")
        raise CommandRefused(told.format(titles=missing)) from None
    plan = (plan_people if arguments.dry_run else bring_in)(group.id, named, clock.now(), by=None)
    for person in plan.new:
        print("new", person.identifier, person.principal_address, person.display_name, sep="\t")
    for person in plan.known:
        print("known", person.identifier, person.principal_address, person.display_name, sep="\t")
    for fault in plan.faults:
        print(fault.wrong, fault.named.line, fault.named.typed, sep="\t")
    return DONE_PARTLY if plan.faults else DONE


def take_out(arguments: argparse.Namespace) -> int:
    """Takes one person or list out of a list."""
    from corneille.groups.audience import find_list
    from corneille.groups.entry import take_inner_out
    from corneille.groups.entry import take_out as take_person_out
    from corneille.groups.group import GroupRefused

    group = _find(arguments.address)
    inner = find_list(arguments.who)
    try:
        if inner is not None:
            take_inner_out(group.id, inner, clock.now(), by=None)
        else:
            take_person_out(group.id, find_who(arguments.who).id, clock.now(), by=None)
    except GroupRefused as refused:
        raise CommandRefused(_explain(refused)) from refused
    return DONE


def _find(address: str) -> "GroupShown":
    from corneille.groups.audience import find_list
    from corneille.groups.gate import get_group

    number = find_list(address)
    if number is None:
        raise CommandRefused(_("No list has the address {address}.").format(address=address))
    return get_group(number)


def _explain(refused: "GroupRefused") -> str:
    told = {
        "local": _("What stands before the @ wants small letters, digits, dots and hyphens, 60 at most."),
        "taken": _("Somebody or something has, or had, this address."),
        "domain": _("This is none of your domains."),
        "title": _("The title wants 1 to 120 printable characters."),
        "establishment": _("No establishment has this UAI code."),
        "department": _("There is no establishment in this department."),
        "function": _("A function or a subject has 80 printable characters at most."),
        "term": _("The last day comes before the first."),
        "owners": _("Writers of this kind want --uai: the establishment that the list is of."),
        "keeper": _("A list kept by a head wants --uai: the establishment that it is of."),
        "nobody": _("This account has ended."),
        "member": _("This person is on the list already."),
        "absent": _("This person or list is not on the list."),
        "itself": _("A list cannot be put on itself."),
        "inner": _("This list is on it already."),
    }
    return told[str(refused.data["reason"])]
