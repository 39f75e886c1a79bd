"""`corneille mail …`: bringing back somebody's mail, which the person then reads of, and the search index."""

import argparse
from pathlib import Path

from corneille.doors.cli.outcome import DONE, DONE_PARTLY, CommandRefused
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.who import add_by, add_who, find_who
from corneille.doors.cli.words import _
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal

PAGE_LINES = 500


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's words."""
    parser = subparsers.add_parser(
        "mail",
        help=_("bring back somebody's deleted messages, or their mail from a backup; the search index"),
        description=_("What is brought back is named in the journal, which its owner reads: by whom, and why."),
        epilog=_(
            """\
examples:
  corneille mail deleted cmartin
  corneille mail put-back cmartin --number 4031 --by "Nadia Benali" --reason "ticket 118"
  corneille mail restore cmartin /mnt/backup/2026-11-24 --by "Nadia Benali" --reason "ticket 118"
  corneille mail restore cmartin /mnt/backup/2026-11-24 --message-id "<a1@exemple.fr>" --by "Nadia Benali" --reason "…"
"""
        ),
        formatter_class=TeachingHelp,
    )
    words = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    listing = words.add_parser("deleted", help=_("list what somebody deleted and can still get back"))
    add_who(listing)
    listing.set_defaults(handle=list_deleted)
    putting = words.add_parser("put-back", help=_("put deleted messages back where they were"))
    add_who(putting)
    chosen = putting.add_mutually_exclusive_group(required=True)
    chosen.add_argument("--number", type=int, action="append", metavar="N", help=_("of `mail deleted`; may be repeated"))
    chosen.add_argument("--all", action="store_true", help=_("everything that `mail deleted` lists"))
    _add_why(putting)
    putting.set_defaults(handle=put_back)
    restoring = words.add_parser("restore", help=_("file what a backup holds of somebody's mail and is missing now"))
    add_who(restoring)
    restoring.add_argument("source", type=Path, help=_("a folder that `corneille backup` made"))
    restoring.add_argument("--message-id", default="", metavar="ID", help=_("only the message with this Message-ID"))
    _add_why(restoring)
    restoring.set_defaults(handle=restore)
    indexing = words.add_parser("index", help=_("index what waits for the search, attached documents included"))
    indexing.add_argument("--again", action="store_true", help=_("begin anew; searches go on meanwhile"))
    indexing.set_defaults(handle=index)


def _add_why(parser: argparse.ArgumentParser) -> None:
    add_by(parser)
    parser.add_argument("--reason", required=True, metavar=_("TEXT"), help=_("what the person reads"))


def list_deleted(arguments: argparse.Namespace) -> int:
    """Prints one line for each, fields separated by tabs."""
    from corneille.kernel import journal
    from corneille.mail import recently_deleted
    from corneille.mail.open_mail_account import open_mail_account

    owner, now = find_who(arguments.who).id, clock.now()
    account, before = open_mail_account(owner), None
    journal.append("deleted-mail-listed", actor="cli", subject=owner, data={}, now=now)
    while page := recently_deleted.list_deleted(account, now, before=before, limit=PAGE_LINES):
        for each in page:
            deleted_at = each.deleted_at.isoformat(timespec="seconds")
            print(each.number, deleted_at, each.mailbox_name, each.sender_address, each.subject, sep="\t")
        before = page[-1].number
    return DONE


def put_back(arguments: argparse.Namespace) -> int:
    """Puts back each for itself; says which could not be."""
    from corneille.mail import recently_deleted
    from corneille.mail.open_mail_account import open_mail_account
    from corneille.mail.put_back import put_back_for

    owner, now = find_who(arguments.who).id, clock.now()
    numbers: list[int] = arguments.number or []
    if arguments.all:
        account, before = open_mail_account(owner), None
        while page := recently_deleted.list_deleted(account, now, before=before, limit=PAGE_LINES):
            numbers += [each.number for each in page]
            before = page[-1].number
    outcomes = put_back_for(owner, numbers, now, actor=arguments.by.strip()[:80], reason=arguments.reason.strip()[:200])
    refused = {number: each for number, each in zip(numbers, outcomes, strict=True) if isinstance(each, Refusal)}
    for number, refusal in refused.items():
        print(number, refusal.code, sep="\t")
    print(_("{count} put back.").format(count=len(outcomes) - len(refused)))
    return DONE_PARTLY if refused else DONE


def restore(arguments: argparse.Namespace) -> int:
    """Files what is missing, with a bar."""
    from corneille.mail.restore_mail import restore_mail

    bar, told = ProgressBar(), None
    for told in restore_mail(
        arguments.source, find_who(arguments.who).id, clock.now(),
        actor=arguments.by.strip()[:80], reason=arguments.reason.strip()[:200], message_id=arguments.message_id,
    ):  # fmt: skip
        bar.show(told.done_count, told.total_count, _("messages"))
    bar.clear()
    assert told is not None, "it tells its end"
    if arguments.message_id and not told.total_count:
        raise CommandRefused(_("The backup holds no message of this person with this Message-ID."))
    said = _("{filed} brought back, {known} were there, {damaged} damaged in the backup.")
    print(said.format(filed=told.filed_count, known=told.known_count, damaged=told.damaged_count))
    return DONE_PARTLY if told.damaged_count else DONE


def index(arguments: argparse.Namespace) -> int:
    """Works until nothing waits, with a bar; beside a server, both work."""
    from corneille.mail.index_attachments import index_again, index_all, measure_indexing

    if arguments.again:
        index_again()
    bar, total = ProgressBar(), measure_indexing().left_count
    for left in index_all(clock.now()):
        total = max(total, left.left_count)
        bar.show(total - left.left_count, total, _("messages"))
    bar.clear()
    return DONE
