"""Mailbox names: levels separated by "/", INBOX in one spelling, NFC (RFC 9051 §5.1)."""

import unicodedata

from corneille.mail.values import Limits, MailboxNameRefused

INBOX = "INBOX"


def normalise_name(name: str) -> str:
    """The one spelling of a name that is looked for; nothing is refused."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    first, slash, rest = text.partition("/")
    return INBOX + slash + rest if first.upper() == INBOX else text


def check_name(name: str) -> str:
    """The one spelling of a name that is to be made; one "/" at the end is dropped (RFC 9051 §6.3.4).

    raises  MailboxNameRefused with why: empty, too-long, too-deep, reserved, control-character
    """
    if any(unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp") for each in name):
        raise MailboxNameRefused(name=ascii(name)[:100], why="control-character")
    text = normalise_name(name.removesuffix("/"))
    levels = text.split("/")
    if not all(level.strip() for level in levels):
        raise MailboxNameRefused(name=text, why="empty")
    if len(text.encode()) > Limits.MAILBOX_NAME_BYTES:
        raise MailboxNameRefused(name=text[:100], why="too-long")
    if len(levels) > Limits.MAILBOX_DEPTH:
        raise MailboxNameRefused(name=text, why="too-deep")
    if text.startswith("#"):  # RFC 9051 §5.1.2.1: other namespaces
        raise MailboxNameRefused(name=text, why="reserved")
    return text


def is_within(name: str, root: str) -> bool:
    """Whether a name is this one or stands below it; both in their normal spelling."""
    return name == root or name.startswith(f"{root}/")


def list_parents(name: str) -> list[str]:
    """The levels above, highest first."""
    levels = name.split("/")
    return ["/".join(levels[:depth]) for depth in range(1, len(levels))]
