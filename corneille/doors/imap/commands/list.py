"""LIST (RFC 9051 §6.3.9, with RFC 5819 STATUS and RFC 6154 SPECIAL-USE) and LSUB (RFC 3501 §6.3.9)."""

from collections.abc import Iterable
from dataclasses import dataclass

from corneille.doors.imap.commands.status import format_status
from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.pattern import Pattern
from corneille.doors.imap.session import Session
from corneille.mail import mailbox as mailboxes
from corneille.mail.values import Mailbox
from corneille.wire.imap.commands.list import List
from corneille.wire.imap.parse import Command


@dataclass(slots=True)
class Entry:
    """One name: a mailbox, or only a level above some, or a subscription whose mailbox has gone."""

    name: str
    mailbox: Mailbox | None = None
    is_subscribed: bool = False
    has_children: bool = False
    has_subscribed_below: bool = False


async def list_mailboxes(session: Session, command: Command) -> str:
    asked: List = command.value
    if asked.patterns == ("",) and not asked.selections:
        session.say(b'* LIST (\\Noselect) "/" ""\r\n')
        return "LIST done"
    patterns = [Pattern(asked.reference + pattern) for pattern in asked.patterns]
    for entry in _gather(session):
        if not any(pattern.matches(entry.name) for pattern in patterns):
            continue
        if not _is_selected(entry, asked.selections):
            continue
        is_above = "RECURSIVEMATCH" in asked.selections and entry.has_subscribed_below
        child_info = b' ("CHILDINFO" ("SUBSCRIBED"))' if is_above else b""
        attributes = _attributes(entry, tells_subscribed=bool({"SUBSCRIBED"} & (asked.selections | asked.returns)))
        session.say(b'* LIST (%b) "/" %b%b\r\n' % (attributes, format_name(session, entry.name), child_info))
        if asked.status_items and entry.mailbox is not None:
            session.say(format_status(session, entry.mailbox, asked.status_items))
    return "LIST done"


def _is_selected(entry: Entry, selections: frozenset[str]) -> bool:
    """Whether the selection options (RFC 5258 §3.1) want this name."""
    if "SPECIAL-USE" in selections and (entry.mailbox is None or entry.mailbox.special_use is None):
        return False
    if "SUBSCRIBED" in selections:
        return entry.is_subscribed or ("RECURSIVEMATCH" in selections and entry.has_subscribed_below)
    return entry.mailbox is not None or entry.has_children  # a subscription alone is no mailbox


async def list_subscribed(session: Session, command: Command) -> str:
    """LSUB; a level above a subscribed name stands for it where `%` stops short (RFC 3501 §6.3.9)."""
    asked: List = command.value
    pattern = asked.reference + asked.patterns[0]
    if not pattern:
        session.say(b'* LSUB (\\Noselect) "/" ""\r\n')
        return "LSUB done"
    matcher, stops_short = Pattern(pattern), pattern.endswith("%")
    for entry in _gather(session):
        if not matcher.matches(entry.name):
            continue
        if entry.is_subscribed:
            flags = b"" if entry.mailbox is not None else b"\\Noselect"
        elif stops_short and entry.has_subscribed_below:
            flags = b"\\Noselect"
        else:
            continue
        session.say(b'* LSUB (%b) "/" %b\r\n' % (flags, format_name(session, entry.name)))
    return "LSUB done"


def _gather(session: Session) -> list[Entry]:
    """Every name that there is to show, INBOX first, then by name."""
    entries = {each.name: Entry(each.name, each) for each in mailboxes.list_mailboxes(session.opened)}
    subscribed = mailboxes.list_subscribed_names(session.opened)
    for name in subscribed:
        entries.setdefault(name, Entry(name)).is_subscribed = True
    for name in [name for name, entry in entries.items() if entry.mailbox is not None]:
        for above in _levels_above(name):
            entries.setdefault(above, Entry(above)).has_children = True
    for name in subscribed:
        for above in _levels_above(name):
            entries.setdefault(above, Entry(above)).has_subscribed_below = True
    return sorted(entries.values(), key=lambda entry: (entry.name != "INBOX", entry.name.split("/")))


def _levels_above(name: str) -> Iterable[str]:
    parts = name.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _attributes(entry: Entry, *, tells_subscribed: bool) -> bytes:
    attributes = []
    if entry.mailbox is None:
        # \NonExistent says it all to extended clients; older ones know only \Noselect.
        attributes += ["\\NonExistent", "\\Noselect"]
    attributes.append("\\HasChildren" if entry.has_children else "\\HasNoChildren")
    if entry.is_subscribed and tells_subscribed:
        attributes.append("\\Subscribed")
    if entry.mailbox is not None and entry.mailbox.special_use is not None:
        attributes.append(entry.mailbox.special_use.value)
    return " ".join(attributes).encode()
