"""`corneille access charter`: publishes a version of the IT charter; everybody is asked for it from then on."""

import argparse
from pathlib import Path

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.who import add_by
from corneille.doors.cli.words import _
from corneille.kernel import clock


def add_parser(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the word."""
    parser = words.add_parser(
        "charter",
        help=_("publish a version of the IT charter"),
        description=_("Everybody is asked to accept it at their next page, before anything else; mail programs go on."),
    )
    parser.add_argument("version", metavar=_("VERSION"), help=_("its name, such as 2026-09"))
    parser.add_argument("--french", required=True, type=Path, metavar=_("FILE"), help=_("the text in French (UTF-8)"))
    parser.add_argument("--english", required=True, type=Path, metavar=_("FILE"), help=_("the text in English (UTF-8)"))
    add_by(parser)
    ask_database(parser, charter)


def charter(arguments: argparse.Namespace) -> int:
    """Publishes it."""
    from corneille.access.charter import publish_charter

    french, english = (path.read_text(encoding="utf-8") for path in (arguments.french, arguments.english))
    publish_charter(arguments.version[:20], french, english, clock.now(), by=arguments.by[:80])
    return DONE
