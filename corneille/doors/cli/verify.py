"""`corneille verify`: says that the mail store is sound, or what is not."""

import argparse
from itertools import chain
from typing import TYPE_CHECKING

from corneille.doors.cli.outcome import DONE, DONE_PARTLY
from corneille.doors.cli.progress import ProgressBar
from corneille.doors.cli.teaching_help import TeachingHelp
from corneille.doors.cli.words import _, ngettext

if TYPE_CHECKING:
    from corneille.mail.verify import Finding


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command's arguments."""
    parser = subparsers.add_parser(
        "verify",
        help=_("prove that the mail store is sound, or say what is not"),
        description=_(
            "Reads every message and compares it with its digest; checks UIDs, counts, quotas and orphans, and what the "
            "main database knows of mail accounts. It may run while the doors serve. Exit code 1 when something was found."
        ),
        epilog=_(
            """\
examples:
  corneille --data /srv/corneille verify
  corneille --data /srv/corneille verify --repair     counts again what contradicts itself, files again what the index
                                                      has lost; what no segment holds is only named
"""
        ),
        formatter_class=TeachingHelp,
    )
    parser.add_argument(
        "--unclaimed", choices=["leave", "file", "drop"], default="leave",
        help=_("records of earlier versions that no mailbox has, refused or lost: file each once, or give them up"),
    )  # fmt: skip
    parser.add_argument("--repair", action="store_true", help=_("count and file again"))
    parser.set_defaults(handle=verify)


def verify(arguments: argparse.Namespace) -> int:
    """Verifies, with a bar; prints one line a finding."""
    from corneille.mail.verify import Progress, Unclaimed
    from corneille.mail.verify import verify as verify_store
    from corneille.mail.verify_rows import verify_rows

    bar = ProgressBar()
    found_count = unrepaired_count = message_count = 0
    parts = {"accounts": _("mail accounts"), "contents": _("messages"), "segments": _("segments")}
    checks = verify_store(repair=arguments.repair, unclaimed=Unclaimed(arguments.unclaimed))
    for told in chain(verify_rows(repair=arguments.repair), checks):
        if isinstance(told, Progress):
            message_count = max(message_count, told.done_count if told.part == "contents" else 0)
            words = f"{parts[told.part]} {told.done_count}/{told.total_count}"
            bar.show(told.done_count, told.total_count, words, part=told.part)
        else:
            bar.clear()
            print(_describe(told))
            found_count += 1
            unrepaired_count += not told.is_repaired
    bar.clear()
    if found_count:
        print(ngettext("{count} finding", "{count} findings", found_count).format(count=found_count))
        return DONE_PARTLY if unrepaired_count else DONE
    print(ngettext("Sound: {count} message read", "Sound: {count} messages read", message_count).format(count=message_count))
    return DONE


def _describe(finding: "Finding") -> str:
    sentences = {
        "words-corrupt": _("the search index is corrupt: `corneille verify --repair` fills it anew"),
        "index-corrupt": _("the index's file is corrupt: stop the server and run `corneille rebuild`"),
        "mailbox-wrong": _("a mailbox's counts contradict its messages"),
        "account-wrong": _("a mail account's counts contradict its mailboxes"),
        "flags-wrong": _("messages' columns contradict their flags"),
        "message-stray": _("a message without mailbox or content"),
        "seen-stray": _("a reader is said to have read messages that are not there"),
        "places-wrong": _("a content's count of places is wrong"),
        "content-damaged": _("a message's octets are not those that were filed: take it from a backup"),
        "content-unfiled": _("a message that the index has lost: `corneille verify --repair` files it again"),
        "content-unclaimed": _(
            "a record of an earlier version that no mailbox has, refused or lost: `corneille verify --unclaimed` files or "
            "drops it"
        ),
        "words-missing": _("a message is found by no search: it could not be read when it was indexed"),
        "segment-damaged": _("records of a segment cannot be read"),
        "row-lost": _("the store has a mail account that the main database has lost: take its row from a backup"),
        "mail-unbegun": _("the main database has a mail account that the store has not"),
        "quota-differs": _("a mail account's quota in the store is not that of the main database"),
        "mail-missing": _("an account without mail account"),
    }
    told = ", ".join(f"{name} {value}" for name, value in finding.told.items())
    mended = _("repaired") if finding.is_repaired else _("not repaired")
    return f"{finding.code}: {sentences.get(finding.code, finding.code)} ({told}) [{mended}]"
