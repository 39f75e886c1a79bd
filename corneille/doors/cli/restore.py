"""`corneille restore`: brings a backup back into a new data directory."""

import argparse
from pathlib import Path

from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "restore",
        help=_("bring a backup back into a new data directory"),
        description=_(
            "Copies a backup into the data directory, which must be new or empty; nothing is ever overwritten. Numbers "
            "that programs were given after the backup are passed over."
        ),
        epilog=_(
            """\
example:
  corneille --data /srv/elsewhere restore /mnt/backup/2026-11-24
  corneille --data /srv/elsewhere verify
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("source", type=Path, help=_("a folder that `corneille backup` made"))
    parser.set_defaults(handle=restore, needs_ground=False)


def restore(arguments: argparse.Namespace) -> int:
    """Copies, with a bar."""
    from corneille.calendar.skip_changes import skip_changes
    from corneille.mail.restore import restore as restore_from

    parts = {"files": _("files"), "numbers": _("numbers that programs keep")}
    bar = ProgressBar()
    for told in restore_from(arguments.source, arguments.data, [skip_changes]):
        bar.show(told.done, told.total, parts[told.part], part=told.part)
    bar.clear()
    print(_("Restored to {data}. Now: corneille --data {data} verify").format(data=arguments.data))
    return DONE
