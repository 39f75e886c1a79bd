"""`corneille journal`: proves that the journal is what was written, says where it ends, shows what concerns somebody."""

import argparse
from typing import TYPE_CHECKING

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.who import add_who, find_who
from corneille.doors.cli.words import _, ngettext
from corneille.kernel import clock

if TYPE_CHECKING:
    from corneille.kernel.journal_verify import End, Fault

LINES = 200
MAC_LENGTH = 64


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its three words."""
    parser = subparsers.add_parser(
        "journal",
        help=_("prove that the journal is whole, and read it"),
        description=_(
            "Who did what to which account, and every sign-in attempt: append-only, chained, sealed by month, kept a year."
        ),
        epilog=_(
            """\
examples:
  corneille journal verify                              the chain, the seals, the attempts
  corneille journal end                                 where it ends: keep this line on another machine …
  corneille journal verify --since 1234:0f3a…           … and ask later that the journal still contains it
  corneille journal list mdupont2                       what was done to one account
"""
        ),
        formatter_class=TeachingHelp,
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    verifying = words.add_parser("verify", help=_("prove that nothing was changed, taken out, put in or cut off"))
    verifying.add_argument("--since", metavar="NUMBER:MAC", help=_("an end that `corneille journal end` printed earlier"))
    ask_database(verifying, verify)
    ending = words.add_parser("end", help=_("print where the journal ends"))
    ask_database(ending, end)
    listing = words.add_parser("list", help=_("what was done to one account, the newest first"))
    add_who(listing)
    ask_database(listing, list_lines)


def verify(arguments: argparse.Namespace) -> int:
    """Prints one line a fault; exit code 1 when there is one."""
    from corneille.access.attempt_seal import list_altered
    from corneille.kernel.journal_verify import find_end, verify_journal

    since = _parse_end(arguments.since) if arguments.since else None
    count = 0
    for fault in verify_journal(clock.now(), since):
        print(_describe(fault))
        count += 1
    for where in list_altered():
        print(_("attempts {where}: not what was written").format(where=where))
        count += 1
    if count:
        print(ngettext("{count} finding", "{count} findings", count).format(count=count))
        return DONE_PARTLY
    number = find_end().number
    print(ngettext("Whole: {count} line checked", "Whole: {count} lines checked", number).format(count=number))
    return DONE


def end(arguments: argparse.Namespace) -> int:
    """Prints NUMBER:MAC."""
    from corneille.kernel.journal_verify import find_end

    found = find_end()
    print(f"{found.number}:{found.mac}")
    return DONE


def list_lines(arguments: argparse.Namespace) -> int:
    """Prints lines, fields separated by tabs."""
    from corneille.kernel import journal

    person = find_who(arguments.who)
    lines = journal.list_lines(person.id, LINES)
    journal.append("register-read", actor="cli", subject=person.id, data={}, now=clock.now())
    for line in lines:
        told = " ".join(f"{name}={value}" for name, value in sorted(line.data.items()))
        print(line.number, line.at.isoformat(timespec="seconds"), line.action, line.actor, told, sep="\t")
    return DONE


def _parse_end(text: str) -> "End":
    from corneille.kernel.journal_verify import End

    number, _colon, mac = text.partition(":")
    if not number.isdecimal() or len(mac) != MAC_LENGTH:
        raise CommandRefused(_("--since wants NUMBER:MAC, as `corneille journal end` prints it."))
    return End(int(number), mac)


def _describe(fault: "Fault") -> str:
    sentences = {
        "altered": _("line {where}: not what was written"),
        "missing": _("lines {where}: missing"),
        "seal": _("month {where}: its seal does not hold"),
        "dropped-too-early": _("month {where}: its lines went before their time"),
        "end": _("line {where}: it was the last one and is no longer there"),
        "unknown-key": _("{where}: signed with a key that keys.json does not have"),
    }
    return sentences[fault.kind].format(where=fault.where)
