"""`corneille rebuild`: makes a lost or corrupt mail index again from the segments."""

import argparse

from corneille.doors.cli.ask_database import ask_database
from corneille.doors.cli.outcome import DONE, DONE_PARTLY
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.words import _, ngettext


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "rebuild",
        help=_("make a lost or corrupt mail index again from the segments"),
        description=_(
            "For an index that is lost or corrupt, and no backup: stop the server first. Every message comes back where it "
            "was filed first, with the flags it had then; later moves and flags, what each reader of a position's mail had "
            "read, empty mailboxes and subscriptions do not. Mail programs will read everything again."
        ),
    )
    ask_database(parser, rebuild)


def rebuild(arguments: argparse.Namespace) -> int:
    """Rebuilds every shard, with a bar."""
    from corneille.mail.rebuild import rebuild as rebuild_from

    bar = ProgressBar()
    message_count = damaged_count = 0
    for told in rebuild_from(arguments.data.resolve()):
        bar.show(told.segments_done, told.segment_count, _("segments"))
        if told.is_done:
            message_count += told.message_count
            damaged_count += told.damaged_count
    bar.clear()
    print(ngettext("{count} message found", "{count} messages found", message_count).format(count=message_count))
    if damaged_count:
        print(ngettext("{count} damaged record", "{count} damaged records", damaged_count).format(count=damaged_count))
    return DONE_PARTLY if damaged_count else DONE
