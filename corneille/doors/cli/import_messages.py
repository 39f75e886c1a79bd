"""`corneille import`: mail from an mbox, a Maildir or a folder of .eml into somebody's mail account."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _, ngettext
from corneille.kernel import clock

if TYPE_CHECKING:
    from corneille.mail.import_messages import Progress
    from corneille.mail.source.found import PassedOver


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "import",
        help=_("import an mbox, a Maildir or a folder of .eml into somebody's mail"),
        description=_(
            "Imports mail from files. An import that was interrupted goes on when the same command is given again: a "
            "message that the mailbox already has is never filed a second time. Damaged and empty files are passed over "
            "and named."
        ),
        epilog=_(
            """\
examples:
  corneille import ~/old.mbox --to mdupont2
  corneille import ~/Maildir --to marie.dupont@ac-exemple.test
  corneille import ~/Thunderbird/Mail/LocalFolders --to mdupont2 --mailbox "Ancien poste"
  corneille import ~/export-eml --to mdupont2 --flat
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument("source", type=Path, help=_("an mbox file, a Maildir, a folder of .eml and mbox files, or one .eml"))
    parser.add_argument("--to", required=True, metavar=_("PERSON"), help=_("identifier, mail address or NUMEN"))
    parser.add_argument(
        "--mailbox", metavar=_("NAME"),
        help=_("file into this mailbox, the source's folders below it (default: INBOX, folders beside it)"),
    )  # fmt: skip
    parser.add_argument("--flat", action="store_true", help=_("file everything into one mailbox, whatever its folder"))
    parser.add_argument("--kind", choices=["auto", "mbox", "maildir", "eml"], default="auto", help=_("what the source is"))
    parser.add_argument(
        "--mbox-kind", choices=["auto", "rd", "o", "cl", "cl2"], default="auto",
        help=_("how the mbox protects lines that begin with “From ” (auto: rd, or Content-Length where it is right)"),
    )  # fmt: skip
    parser.set_defaults(handle=import_messages)


def import_messages(arguments: argparse.Namespace) -> int:
    """Imports, with a bar; ends with the counts and, one by one, what was passed over."""
    from corneille.mail.import_messages import Source
    from corneille.mail.import_messages import import_messages as import_from
    from corneille.mail.open_mail_account import open_mail_account
    from corneille.mail.source.choose_source import SourceKind
    from corneille.mail.source.mbox import MboxKind
    from corneille.people.find import find_account

    person = find_account(arguments.to)
    if person is None:
        raise CommandRefused(_("Nobody has the identifier, address or NUMEN “{typed}”.").format(typed=arguments.to))
    source = Source(
        arguments.source,
        arguments.mailbox,
        SourceKind(arguments.kind),
        MboxKind(arguments.mbox_kind),
        keeps_folders=not arguments.flat,
    )
    bar = ProgressBar()
    last: Progress | None = None
    for last in import_from(open_mail_account(person.id), source, clock.now()):
        bar.clear()
        for passed_over in last.passed_over:
            print(_describe(passed_over), file=sys.stderr)
        bar.show(last.done_bytes, last.total_bytes, _tell(last))
    bar.clear()
    assert last is not None, "an import tells its progress at least once"
    print(_tell(last))
    return DONE_PARTLY if last.passed_over_count else DONE


def _tell(progress: "Progress") -> str:
    filed, known, passed_over = progress.filed_count, progress.known_count, progress.passed_over_count
    parts = [ngettext("{count} message imported", "{count} messages imported", filed).format(count=filed)]
    if known:
        parts.append(ngettext("{count} already there", "{count} already there", known).format(count=known))
    if passed_over:
        parts.append(ngettext("{count} passed over", "{count} passed over", passed_over).format(count=passed_over))
    return ", ".join(parts)


def _describe(passed_over: "PassedOver") -> str:
    reasons = {
        "empty": _("empty"),
        "too-large": _("too large ({size_bytes} bytes)"),
        "not-mail": _("not mail"),
        "unreadable": _("cannot be read: {error}"),
        "deleted": _("deleted in the source"),
    }
    return _("passed over: {place}: {why}").format(
        place=passed_over.place, why=reasons[passed_over.why].format(**passed_over.data)
    )
