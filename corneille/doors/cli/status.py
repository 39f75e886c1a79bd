"""`corneille status`: what people are told about the service, from a terminal, when pages may be what does not work."""

import argparse
from datetime import datetime

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.day import parse_day
from corneille.doors.cli.outcome import DONE, CommandRefused
from corneille.doors.cli.words import _
from corneille.kernel import clock


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command and its words."""
    parser = subparsers.add_parser("status", help=_("say what does not work, or will not, and that it is over"))
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    announcing = words.add_parser("announce", help=_("an incident of now, or works (--from, --until); prints its number"))
    announcing.add_argument("--title-fr", required=True, metavar=_("TEXT"))
    announcing.add_argument("--title-en", required=True, metavar=_("TEXT"))
    _add_texts(announcing)
    concerns = _("what it concerns; repeat it")
    announcing.add_argument("--affects", action="append", required=True, metavar="CODE", help=concerns)
    announcing.add_argument("--from", dest="begins_at", type=_read_moment, metavar="2026-12-01T18:00", help=_("works begin"))
    announcing.add_argument("--until", dest="ends_at", type=_read_moment, metavar="2026-12-01T20:00", help=_("works end"))
    ask_database(announcing, announce)
    for name, is_over, told in (("say", False, _("add to what was said")), ("end", True, _("say that it is over"))):
        saying = words.add_parser(name, help=told)
        saying.add_argument("number", type=int, metavar=_("NUMBER"))
        _add_texts(saying)
        ask_database(saying, say, is_over=is_over)
    listing = words.add_parser("list", help=_("what is said now, one per line"))
    ask_database(listing, list_all)


def _add_texts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fr", required=True, metavar=_("TEXT"), help=_("what there is to say, in French"))
    parser.add_argument("--en", required=True, metavar=_("TEXT"), help=_("the same in English"))


def _read_moment(text: str) -> datetime:
    """The hour of this machine's clock, where no zone is given."""
    parse_day(text[:10])
    return datetime.fromisoformat(text).astimezone()


def announce(arguments: argparse.Namespace) -> int:
    """Announces one."""
    from corneille.desk.disruption import AFFECTED, DisruptionRefused, NewDisruption
    from corneille.desk.disruption import announce as announce_disruption

    now = clock.now()
    new = NewDisruption(
        "works" if arguments.ends_at else "incident", (arguments.title_fr, arguments.title_en), (arguments.fr, arguments.en),
        arguments.affects, arguments.begins_at or now, arguments.ends_at,
    )  # fmt: skip
    try:
        print(announce_disruption(new, now, actor="cli"))
    except DisruptionRefused as refused:
        wanted = {
            "title": _("Titles want 1 to 120 characters."),
            "text": _("Texts want 1 to 2,000 characters."),
            "affected": _("What it concerns is among: {codes}.").format(codes=", ".join(AFFECTED)),
            "dates": _("Works begin before they end, end later than now and within a year, and last two weeks at most."),
        }
        raise CommandRefused(wanted[str(refused.data["field"])]) from refused
    return DONE


def say(arguments: argparse.Namespace) -> int:
    """Adds to one, or ends it."""
    from corneille.desk.disruption import say_more

    texts = arguments.fr, arguments.en
    say_more(arguments.number, texts, clock.now(), actor="cli", is_over=arguments.is_over)
    return DONE


def list_all(arguments: argparse.Namespace) -> int:
    """Prints them, fields separated by tabs."""
    from corneille.desk.disruption import list_disruptions

    for each in list_disruptions(clock.now(), "fr"):
        print(each.id, each.phase, each.kind, ",".join(each.affected), each.title, sep="\t")
    return DONE
