"""`corneille backup`: copies a whole installation while it serves."""

import argparse
from pathlib import Path

from corneille.doors.cli.outcome import DONE
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "backup",
        help=_("copy the whole installation into a folder, while it serves"),
        description=_(
            "Copies databases, mail, keys and settings into an empty folder, while the doors serve. The copy holds the "
            "installation's secrets: keep it as safe as the original. A folder without backup.json is not finished."
        ),
        epilog=_(
            """\
examples:
  corneille --data /srv/corneille backup /mnt/backup/2026-11-24
  corneille --data /srv/elsewhere restore /mnt/backup/2026-11-24
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("target", type=Path, help=_("the folder to copy into: new, or empty"))
    parser.set_defaults(handle=backup)


def backup(arguments: argparse.Namespace) -> int:
    """Copies, with a bar for each part."""
    from corneille.mail.backup import backup as back_up

    parts = {"index": _("index"), "segments": _("messages"), "database": _("database"), "files": _("files")}
    bar = ProgressBar()
    for each in back_up(arguments.data.resolve(), arguments.target):
        bar.show(each.done_bytes, each.total_bytes, parts[each.part], part=each.part)
    bar.clear()
    told = _("Copied to {target}. To prove it: corneille restore into a new folder, then verify.")
    print(told.format(target=arguments.target))
    return DONE
