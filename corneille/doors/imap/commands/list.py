"""LIST (RFC 9051 §6.3.9, with RFC 5819 STATUS and RFC 6154 SPECIAL-USE) and LSUB (RFC 3501 §6.3.9)."""

from corneille.doors.imap.commands.acl import format_my_rights
from corneille.doors.imap.listing import Entry, format_entry, gather
from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.pattern import Pattern
from corneille.doors.imap.place import list_positions
from corneille.doors.imap.session import Session
from corneille.doors.imap.status_reply import make_status, note_asked
from corneille.wire.imap.commands.list import List
from corneille.wire.imap.parse import Command


async def list_mailboxes(session: Session, command: Command) -> str:
    asked: List = command.value
    note_asked(session, asked.status_items)
    if asked.patterns == ("",) and not asked.selections:
        session.say(b'* LIST (\\Noselect) "/" ""\r\n')
        return "LIST done"
    patterns = [Pattern(asked.reference + pattern) for pattern in asked.patterns]
    listed = [entry for entry in await _gather(session) if any(pattern.matches(entry.name) for pattern in patterns)]
    names = {entry.name for entry in listed}
    for entry in listed:
        if not _is_selected(entry, asked.selections, names):
            continue
        is_above = "RECURSIVEMATCH" in asked.selections and entry.subscribed_below
        child_info = b' ("CHILDINFO" ("SUBSCRIBED"))' if is_above else b""
        tells_subscribed = "SUBSCRIBED" in asked.selections | asked.returns
        session.say(format_entry(
            session, entry, tells_subscribed=tells_subscribed, is_extended=asked.is_extended, data=child_info
        ))
        if entry.mailbox is not None and entry.place is not None:
            if asked.status_items:
                session.say(await make_status(session, entry.place.account, entry.mailbox, asked.status_items))
            if "MYRIGHTS" in asked.returns:
                session.say(format_my_rights(session, entry.name, entry.place))
    return "LIST done"


def _is_selected(entry: Entry, selections: frozenset[str], listed: set[str]) -> bool:
    """Whether the selection options (RFC 5258 §3.1) want this name; RECURSIVEMATCH passes over a level all of whose
    subscribed names are `listed` themselves."""
    if "SPECIAL-USE" in selections and (entry.mailbox is None or entry.mailbox.special_use is None):
        return False
    if "SUBSCRIBED" in selections:
        is_above = "RECURSIVEMATCH" in selections and not listed.issuperset(entry.subscribed_below)
        return entry.is_subscribed or is_above
    return entry.mailbox is not None or entry.has_children  # a subscription alone is no mailbox


async def list_subscribed(session: Session, command: Command) -> str:
    """LSUB; a level above a subscribed name stands for it where `%` stops short (RFC 3501 §6.3.9)."""
    asked: List = command.value
    pattern = asked.reference + asked.patterns[0]
    if not pattern:
        session.say(b'* LSUB (\\Noselect) "/" ""\r\n')
        return "LSUB done"
    matcher, stops_short = Pattern(pattern), pattern.endswith("%")
    for entry in await _gather(session):
        if not matcher.matches(entry.name):
            continue
        if entry.is_subscribed:
            flags = b"" if entry.mailbox is not None else b"\\Noselect"
        elif stops_short and entry.subscribed_below:
            flags = b"\\Noselect"
        else:
            continue
        session.say(b'* LSUB (%b) "/" %b\r\n' % (flags, format_name(session, entry.name)))
    return "LSUB done"


async def _gather(session: Session) -> list[Entry]:
    """Every name, INBOX first, then by name."""
    entries = gather(session, await list_positions(session))
    return sorted(entries.values(), key=lambda entry: (entry.name != "INBOX", entry.name.split("/")))
