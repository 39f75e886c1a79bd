"""`corneille access contain | cut-off | let-go | show`: what an officer decides about an account, under their name."""

import argparse
from datetime import timedelta

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.who import add_by, add_who, find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock

LONGEST_REASON = 200
STEPS = ("ask-factor", "hold-sending", "suspend")


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the four words."""
    containing = words.add_parser(
        "contain",
        help=_("ask a second factor of an account, hold its sending, or suspend it"),
        description=_("The person is told at once on every channel who decided and why; the journal keeps it."),
    )
    add_who(containing)
    containing.add_argument("--step", required=True, choices=STEPS, help=", ".join(STEPS))
    add_by(containing)
    containing.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("what the person reads"))
    containing.add_argument(
        "--in-hours", type=int, metavar=_("HOURS"), help=_("announce a suspension, 24 hours before it or more")
    )
    containing.set_defaults(handle=contain)
    cutting = words.add_parser(
        "cut-off",
        help=_("somebody else is in an account, that is proved: close all that opens it but its owner's own ways"),
        description=_(
            "Ends sessions, revokes app passwords, voids the password, holds sending. Its owner comes in by a passkey, a "
            "code at a recovery contact that was there a week ago, or a recovery code."
        ),
    )
    add_who(cutting)
    add_by(cutting)
    cutting.set_defaults(handle=cut_off)
    freeing = words.add_parser("let-go", help=_("end what contains an account; held mail leaves"))
    add_who(freeing)
    add_by(freeing)
    freeing.set_defaults(handle=let_go)
    showing = words.add_parser("show", help=_("what contains an account, and what did"))
    add_who(showing)
    ask_database(showing, show)


def contain(arguments: argparse.Namespace) -> int:
    """Contains an account."""
    from corneille.access import announced, containment
    from corneille.access.facts import Containment

    account, now = find_who(arguments.who).id, clock.now()
    step, reason, by = Containment(arguments.step), arguments.reason.strip(), arguments.by.strip()[:80]
    if len(reason) > LONGEST_REASON:
        told = _("The reason is what the person reads: {limit} characters at most.")
        raise CommandRefused(told.format(limit=LONGEST_REASON))
    if arguments.in_hours is None:
        containment.contain(account, step, reason, {}, now, by=by)
        return DONE
    if step is not Containment.SUSPEND:
        raise CommandRefused(_("Only a suspension is announced: --step suspend."))
    try:
        is_new = announced.announce_suspension(account, now + timedelta(hours=arguments.in_hours), reason, {}, now, by=by)
    except announced.TooSoon as refused:
        least = refused.data["hours"]
        raise CommandRefused(_("A suspension is announced {hours} hours before it, or more.").format(hours=least)) from None
    if not is_new:
        raise CommandRefused(_("A suspension of this account is in force or announced already."))
    return DONE


def cut_off(arguments: argparse.Namespace) -> int:
    """Closes an account that was taken over."""
    from corneille.access import cut_off as closing

    closing.cut_off(find_who(arguments.who).id, clock.now(), by=arguments.by.strip()[:80], actor="cli")
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
    from corneille.kernel import journal

    account = find_who(arguments.who).id
    journal.append("containment-read", actor="cli", subject=account, data={}, now=clock.now())
    for each in list_contained(account):
        ended = each.ended_at.isoformat(timespec="seconds") if each.ended_at else "–"
        applies = each.applies_at.isoformat(timespec="seconds") if each.applies_at else "–"
        evidence = " ".join(f"{name}={value}" for name, value in sorted(each.evidence.items()))
        started = each.started_at.isoformat(timespec="seconds")
        print(each.step.value, each.reason, each.by, started, applies, ended, evidence, sep="\t")
    return DONE
