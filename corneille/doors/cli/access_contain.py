"""`corneille access contain | let-go | show`: what an officer decides about an account, under their name, with a reason."""

import argparse

from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock

STEPS = ("ask-factor", "hold-sending", "suspend")


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the three words."""
    containing = words.add_parser(
        "contain",
        help=_("ask a second factor of an account, hold its sending, or suspend it"),
        description=_("The person is told at once on every channel who decided and why; the journal keeps it."),
    )
    containing.add_argument("who", metavar=_("WHO"), help=_("identifier, address or NUMEN"))
    containing.add_argument("--step", required=True, choices=STEPS, help=", ".join(STEPS))
    containing.add_argument("--by", required=True, metavar=_("NAME"), help=_("who decides"))
    containing.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("what the person reads"))
    containing.set_defaults(handle=contain)
    freeing = words.add_parser("let-go", help=_("end what contains an account; held mail leaves"))
    freeing.add_argument("who", metavar=_("WHO"), help=_("identifier, address or NUMEN"))
    freeing.add_argument("--by", required=True, metavar=_("NAME"), help=_("who decides"))
    freeing.set_defaults(handle=let_go)
    showing = words.add_parser("show", help=_("what contains an account, and what did"))
    showing.add_argument("who", metavar=_("WHO"), help=_("identifier, address or NUMEN"))
    showing.set_defaults(handle=show, needs_ground=False, needs_database=True)


def contain(arguments: argparse.Namespace) -> int:
    """Contains an account."""
    from corneille.access import containment
    from corneille.access.facts import Containment

    account = find_who(arguments.who).id
    step, reason = Containment(arguments.step), arguments.reason.strip()[:32]
    containment.contain(account, step, reason, {}, clock.now(), by=arguments.by.strip()[:80])
    return DONE


def let_go(arguments: argparse.Namespace) -> int:
    """Ends every containment."""
    from corneille.access import containment

    if not containment.let_go(find_who(arguments.who).id, clock.now(), by=arguments.by.strip()[:80]):
        raise CommandRefused(_("Nothing contains this account."))
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """Prints one line for each, fields separated by tabs."""
    from corneille.access.containment import list_contained

    for each in list_contained(find_who(arguments.who).id):
        ended = each.ended_at.isoformat(timespec="seconds") if each.ended_at else "–"
        evidence = " ".join(f"{name}={value}" for name, value in sorted(each.evidence.items()))
        started = each.started_at.isoformat(timespec="seconds")
        print(each.step.value, each.reason, each.by, started, ended, evidence, sep="\t")
    return DONE
