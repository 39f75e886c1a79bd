"""`corneille access support-code`: a code that the help desk reads to somebody once it has made sure who that is."""

import argparse
from datetime import timedelta

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.who import add_by, add_who, find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock

LASTS = timedelta(minutes=15)


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "support-code",
        help=_("a code that stands for a second proof, read to somebody whose identity was checked"),
        description=_(
            "Prints a code that is good once, for fifteen minutes, as a second proof after the right password. The journal "
            "keeps who gave it and how the person was recognised; the person is told on every channel."
        ),
    )
    add_who(parser)
    add_by(parser)
    parser.add_argument("--checked", required=True, metavar=_("TEXT"), help=_("how the person was recognised"))
    ask_database(parser, support_code)


def support_code(arguments: argparse.Namespace) -> int:
    """Prints the code, alone on its line."""
    from django.db import transaction

    from corneille.access.one_time_code import make_code
    from corneille.kernel import journal, outbox

    person, now = find_who(arguments.who), clock.now()
    told: dict[str, journal.Value] = {"name": arguments.by[:80], "reason": arguments.checked[:200]}
    with transaction.atomic():
        code = make_code(person.id, "support-code", now, LASTS)
        journal.append("support-code-given", actor="cli", subject=person.id, data=told, now=now)
        key = f"support-code-given/{person.id}/{now.timestamp()}"
        outbox.add_notice(person.id, "support-code-given", {"name": arguments.by[:80]}, now, key=key)
    print(code)
    return DONE
