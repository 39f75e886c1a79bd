"""The command line's table: from what a noun or a setting refuses to one sentence."""

from corneille.doors.cli.outcome import CommandRefused
from corneille.doors.cli.words import _
from corneille.kernel.refusal import Refusal
from corneille.kernel.settings import SettingsRefused


def explain(refused: Refusal | CommandRefused | SettingsRefused) -> str:
    """What cannot be done, and why; a code without a sentence here is shown with its data."""
    if not isinstance(refused, Refusal):
        return str(refused)
    reason = _reasons(str(refused.data.get("why", ""))).get(refused.code) or _sentences().get(refused.code)
    return reason.format_map(_Shown(refused.data)) if reason else _("Refused: {what}.").format(what=refused)


class _Shown(dict[str, object]):
    """A refusal's data, with a dash for what it does not tell."""

    def __missing__(self, key: str) -> str:
        return "–"


def _sentences() -> dict[str, str]:
    return {
        "gone": _("There is no such person, mailbox or message."),
        "mailbox-gone": _("There is no such mailbox."),
        "mailbox-name-refused": _("A mailbox cannot have this name: {name}."),
        "too-many-mailboxes": _("This mail account has as many mailboxes as it may have."),
        "over-quota": _("The mail account is full. What was filed stays; raise its quota and give the same command again."),
        "message-too-large": _("The message is larger than [mail] message_bytes allows."),
        "disk-full": _("The disk is almost full. What was filed stays; make room and give the same command again."),
        "busy": _("Another process holds the mail for the moment. Try again."),
        "storage-fault": _("The disk refused to write or to read. Look at the system's log, then run `corneille verify`."),
        "domain-refused": _("{domain} cannot be a mail domain here ({reason})."),
        "password-refused": _("This password is refused: too short, too easily guessed, or made of the person's own names."),
        "person-refused": _("This person cannot be added: {field}, {reason}."),
        "establishment-refused": _("There is no establishment {uai}, or its code is wrong."),
        "store-open": _("The mail store is in use: stop the server first."),
        "charter-refused": _("Version {version} was published before, or a text is empty."),
        "right-refused": _("A decision wants a name, a reason, and an end that is not before its beginning."),
        "leaked-refused": _("Line {line}: not a SHA-1 in hexadecimal, or not in ascending order. Nothing was written."),
        "source-refused": _("{path} cannot be read as mail."),
    }


def _reasons(why: str) -> dict[str, str]:
    """Sentences that depend on the refusal's `why`."""
    source = {
        "absent": _("{path} does not exist."),
        "empty": _("{path} is empty: there is no message in it."),
        "unreadable": _("{path} cannot be read: {error}."),
        "not-mail": _("{path} is neither an mbox file, a Maildir, nor a folder or file of .eml; tell which with --kind."),
    }
    data = {
        "taken": _("{path} is a data directory already."),
        "not-empty": _("{path} is not empty; a data directory begins as an empty one."),
    }
    backup = {"not-empty": _("{target} is not empty; a backup begins in an empty folder.")}
    restore = {
        "no-backup": _("{source} is not a folder."),
        "unfinished": _("{source} holds no finished backup: backup.json is missing."),
        "unreadable": _("The backup in {source} cannot be read: is it whole?"),
        "newer-format": _("{source} was made by a later version of this program."),
        "not-empty": _("{data} is not empty; nothing is ever overwritten."),
    }
    lost = {
        "missing": _("The mail index in {folder} is not there, and segments hold mail: run `corneille rebuild`."),
        "empty": _("The mail index in {folder} is empty, and segments hold mail: run `corneille rebuild`."),
        "corrupt": _("The mail index in {folder} is corrupt: stop the server and run `corneille rebuild`."),
    }
    right = {"scope": _("Nobody is meant by {scope}. What there is: {known}.")}
    tables = {
        "source-refused": source, "data-refused": data, "backup-refused": backup, "restore-refused": restore,
        "index-lost": lost, "right-refused": right,
    }  # fmt: skip
    return {code: told[why] for code, told in tables.items() if why in told}
