"""`corneille compact`: gives back the space of deleted mail, or erases it on demand."""

import argparse

from corneille.doors.cli.outcome import DONE, DONE_PARTLY
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _, ngettext


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "compact",
        help=_("give back the space of deleted mail, or erase it now"),
        description=_(
            "The server does this by itself in quiet hours; here it is done at once, beside it. A segment that the server "
            "writes is left to the server."
        ),
        epilog=_(
            """\
examples:
  corneille --data /srv/corneille compact             what was deleted longer ago than [mail] keep_deleted_days
  corneille --data /srv/corneille compact --erase     all that was deleted: nothing of it can be brought back
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("--erase", action="store_true", help=_("erase all that was deleted until now, for good"))
    parser.set_defaults(handle=compact)


def compact(arguments: argparse.Namespace) -> int:
    """Compacts every shard, with a bar."""
    from corneille.kernel import clock
    from corneille.mail.compact import Compacted, demand_erasure
    from corneille.mail.compact import compact as compact_all

    bar, told = ProgressBar(), Compacted(0)
    for told in demand_erasure(clock.now(), actor="cli") if arguments.erase else compact_all():
        bar.show(told.segments_done, told.segment_count, _("segments"))
    bar.clear()
    count = told.removed_count
    print(ngettext("{count} segment rewritten", "{count} segments rewritten", count).format(count=count))
    print(_("{count} bytes given back").format(count=told.freed_bytes))
    if told.damaged_count:
        print(
            ngettext(
                "{count} damaged segment left as it is: see `corneille verify`",
                "{count} damaged segments left as they are: see `corneille verify`",
                told.damaged_count,
            ).format(count=told.damaged_count)
        )
    return DONE_PARTLY if told.damaged_count else DONE
