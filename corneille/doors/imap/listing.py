"""Every name that there is to show, and how LIST shows it (RFC 9051 §7.3.1): read by LIST, LSUB and NOTIFY."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import Place, list_shared_mailboxes
from corneille.doors.imap.session import Session
from corneille.mail import mailbox as mailboxes
from corneille.mail.names import list_parents
from corneille.mail.open_position import PositionMail
from corneille.mail.values import Mailbox


@dataclass(slots=True)
class Entry:
    """One name: a mailbox, or only a level above some, or a subscription whose mailbox has gone."""

    name: str
    mailbox: Mailbox | None = None
    place: Place | None = None
    is_subscribed: bool = False
    has_children: bool = False
    subscribed_below: list[str] = field(default_factory=list)


def gather(session: Session, positions: Sequence[PositionMail]) -> dict[str, Entry]:
    """Every name, those of these positions among them."""
    own = Place(session.opened, "")
    entries = {each.name: Entry(each.name, each, own) for each in mailboxes.list_mailboxes(session.opened)}
    for position in positions:
        place = Place(position.mail, "", position)
        for each in list_shared_mailboxes(position, mailboxes.list_mailboxes(position.mail)):
            entries[each.name] = Entry(each.name, each, place)
    subscribed = mailboxes.list_subscribed_names(session.opened)
    for name in subscribed:
        entries.setdefault(name, Entry(name)).is_subscribed = True
    for name in [name for name, entry in entries.items() if entry.mailbox is not None]:
        for above in list_parents(name):
            entries.setdefault(above, Entry(above)).has_children = True
    for name in subscribed:
        for above in list_parents(name):
            entries.setdefault(above, Entry(above)).subscribed_below.append(name)
    return entries


def format_entry(
    session: Session, entry: Entry, *, tells_subscribed: bool, is_extended: bool, more: bytes = b"", data: bytes = b""
) -> bytes:
    """The LIST response; `more` are attributes and `data` extended data items, each with a space before it."""
    attributes = []
    if entry.mailbox is None:
        # \NonExistent implies \Noselect (RFC 5258 §3), which is all that older clients know.
        attributes += ["\\NonExistent"] if is_extended else ["\\NonExistent", "\\Noselect"]
    attributes.append("\\HasChildren" if entry.has_children else "\\HasNoChildren")
    if entry.is_subscribed and tells_subscribed:
        attributes.append("\\Subscribed")
    if entry.mailbox is not None and entry.mailbox.special_use is not None:
        attributes.append(entry.mailbox.special_use.value)
    told = " ".join(attributes).encode()
    return b'* LIST (%b%b) "/" %b%b\r\n' % (told, more, format_name(session, entry.name), data)
