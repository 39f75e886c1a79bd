"""What the client was told, after NOTIFY, of names and of mailboxes beside the selected one; told again when it changed.

All of it is a comparison of how things stood at the last look and how they stand: a wake-up that is lost, a client that
does not read, many changes between two looks cost nothing but time (RFC 5465 §5).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from corneille.doors.imap.interest import Interest
from corneille.doors.imap.listing import Entry, format_entry, gather
from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import list_positions
from corneille.doors.imap.session import Session
from corneille.doors.imap.shared_name import is_shared_name
from corneille.doors.imap.status_reply import format_status
from corneille.kernel.ids import MailAccountId, MailboxId, ModSeq, Uid
from corneille.mail.mailbox import list_subscribed_names
from corneille.mail.metadata import list_noted
from corneille.mail.names import is_within, list_parents, normalise_name
from corneille.mail.open_position import PositionMail
from corneille.mail.values import MailAccount, Mailbox
from corneille.wire.imap.commands.notify import MESSAGE_EVENTS, Event
from corneille.wire.imap.string import format_astring

WATCHED = 1000
"""Mailboxes of one client: a look at these takes some ten milliseconds."""

Key = tuple[MailAccountId, MailboxId]
Notes = dict[Key, tuple[str, dict[str, ModSeq]]]
"""By mailbox: what it is called, and when each entry was written."""


class Overflow(Exception):
    """The client listens for more mailboxes than can be watched for it (§5.8)."""


@dataclass(slots=True)
class Own:
    """What this client did itself since the last look, of which it is not told (§5)."""

    names: set[str] = field(default_factory=set)  # made, deleted
    trees: set[str] = field(default_factory=set)  # renamed to this, with all below
    subscriptions: set[str] = field(default_factory=set)
    notes: set[tuple[str, str]] = field(default_factory=set)  # mailbox, entry
    filed: dict[Key, tuple[int, ModSeq]] = field(default_factory=dict)  # how many messages, and when

    def add_name(self, name: str) -> None:
        """A mailbox made, and the levels above that were missing; or one deleted."""
        spelled = normalise_name(name)
        self.names.update([spelled, *list_parents(spelled)])

    def add_tree(self, new_name: str) -> None:
        """A mailbox renamed."""
        self.add_name(new_name)
        self.trees.add(normalise_name(new_name))

    def __bool__(self) -> bool:
        return bool(self.names or self.trees or self.subscriptions or self.notes or self.filed)


class Elsewhere:
    """One NOTIFY SET, until the next."""

    __slots__ = ("_entries", "_lost", "_notes", "_positions", "_told", "_validities", "interest", "own")

    def __init__(self, session: Session, interest: Interest, positions: Sequence[PositionMail]) -> None:
        """Takes how things stand for what the client knows. Raises Overflow."""
        self.interest, self._positions = interest, positions
        self.own = Own()
        self._lost: set[str] = set()
        self._entries = self._gather(session)
        self._told = {key: mailbox for key, mailbox, _ in _list_mailboxes(self._entries.values())}
        self._validities = {  # by name, also of mailboxes that have gone
            entry.name: mailbox.uid_validity for _, mailbox, entry in _list_mailboxes(self._entries.values())
        }
        self._notes = self._read_notes(session)

    @property
    def accounts(self) -> list[MailAccount]:
        """Whose mail is watched beside the person's own."""
        return [position.mail for position in self._positions]

    def tell_status(self, session: Session) -> None:
        """The STATUS of each mailbox whose messages are listened for (§3.1)."""
        for key, mailbox, entry in _list_mailboxes(self._entries.values()):
            events = self.interest.find_events(entry)
            if entry.place is None or key == _find_selected(session) or not events & MESSAGE_EVENTS:
                continue
            items = ["MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN"]
            items += ["HIGHESTMODSEQ"] if Event.FLAG_CHANGE in events else []
            session.say(format_status(session, entry.place.account, mailbox, items))

    def look(self, session: Session, positions: Sequence[PositionMail]) -> None:
        """Tells what is no longer as the client knows it. Raises Overflow."""
        before, self._positions = self._entries, positions
        self._entries = self._gather(session)
        self._tell_names(session, before)
        self._tell_messages(session)
        self._tell_notes(session)
        self.own = Own()

    def _gather(self, session: Session) -> dict[str, Entry]:
        entries = gather(session, self._positions)
        watched = sum(entry.mailbox is not None and bool(self.interest.find_events(entry)) for entry in entries.values())
        if watched > WATCHED:
            raise Overflow
        return entries

    def _tell_names(self, session: Session, before: dict[str, Entry]) -> None:
        """A LIST for each name that was made, renamed, deleted, gained or lost, subscribed to or no more (§5.4, §5.5)."""
        old_names = self._find_named(before)
        for name in self._entries.keys() | before.keys() if self.interest.wants(Event.SUBSCRIPTION_CHANGE) else ():
            was, now = before.get(name, Entry(name)), self._entries.get(name, Entry(name))
            if was.is_subscribed != now.is_subscribed and name not in self.own.subscriptions:
                events = self.interest.find_events(was) | self.interest.find_events(now)
                if Event.SUBSCRIPTION_CHANGE in events:
                    old_names.setdefault(name, "")
        for name, old_name in old_names.items():
            data = b' ("OLDNAME" (%b))' % format_name(session, old_name) if old_name else b""
            more = b" \\NoAccess" if name in self._lost else b""
            entry = self._entries.get(name, Entry(name))
            session.say(format_entry(session, entry, tells_subscribed=True, is_extended=True, more=more, data=data))

    def _find_named(self, before: dict[str, Entry]) -> dict[str, str]:
        """Names to be told of, and what each was called."""
        had = {key: entry for key, _, entry in _list_mailboxes(before.values())}
        has = {key: entry for key, _, entry in _list_mailboxes(self._entries.values())}
        came = [entry for key, entry in has.items() if key not in had]
        left = [entry for key, entry in had.items() if key not in has]
        found: dict[str, str] = {}
        for entry in came:
            if self._tells_name(entry) or (entry.name in self._lost and self.interest.find_events(entry)):
                found[entry.name] = ""
            self._lost.discard(entry.name)
        for entry in left:
            if self._is_lost(entry):
                self._lost.add(entry.name)
            if entry.name in self._lost or self._tells_name(entry):
                found.setdefault(entry.name, "")
        for above in [parents[-1] for entry in (*came, *left) if (parents := list_parents(entry.name))]:
            if self._tells_name(self._entries.get(above, Entry(above))):  # it may have its first child, or none any more
                found.setdefault(above, "")
        return found | self._find_renamed(had, has)

    def _find_renamed(self, had: dict[Key, Entry], has: dict[Key, Entry]) -> dict[str, str]:
        """Mailboxes that are called otherwise; what stands below goes without saying, where the level above is told."""
        renamed: dict[str, str] = {}
        for key, entry in has.items():
            was = had.get(key, entry)
            if was.name == entry.name or any(is_within(entry.name, tree) for tree in self.own.trees):
                continue
            if Event.MAILBOX_NAME in self.interest.find_events(entry) | self.interest.find_events(was):
                renamed[entry.name] = was.name
        return {
            name: old for name, old in renamed.items()
            if all(renamed.get(above, "") + name.removeprefix(above) != old for above in list_parents(name))
        }  # fmt: skip

    def _tells_name(self, entry: Entry) -> bool:
        """Whether that a name came, went or gained or lost a child is told (§5.4)."""
        return Event.MAILBOX_NAME in self.interest.find_events(entry) and entry.name not in self.own.names

    def _is_lost(self, entry: Entry) -> bool:
        """Whether it was heard of and is no more because a position is no longer this person's (§5.9)."""
        place = entry.place
        if place is None or place.position is None or not self.interest.find_events(entry):
            return False
        return all(place.account.id != account.id for account in self.accounts)

    def _tell_messages(self, session: Session) -> None:
        """A STATUS for each mailbox in which messages came, went or changed (§5.1 to §5.3)."""
        told, self._told = self._told, {}
        for key, now, entry in _list_mailboxes(self._entries.values()):
            was = told.get(key)
            self._told[key] = now
            is_anew = self._validities.setdefault(entry.name, now.uid_validity) != now.uid_validity
            self._validities[entry.name] = now.uid_validity
            if session.selected is not None and key == _find_selected(session):
                if was is not None and (session.selected.told_modseq != now.highest_modseq or session.selected.has_gone):
                    self._told[key] = was  # if it is left with something untold, that is told then
                continue
            events = self.interest.find_events(entry) & MESSAGE_EVENTS
            if not events or entry.place is None or _is_own(self.own.filed.get(key), was, now):
                continue
            items = _choose_items(was, now, events, is_condstore=session.is_condstore, is_anew=is_anew)
            if items:
                session.say(format_status(session, entry.place.account, now, items))

    def _tell_notes(self, session: Session) -> None:
        """METADATA, without values, for entries that were written or taken away (§5.6, §5.7)."""
        had, self._notes = self._notes, self._read_notes(session)
        for key, (name, written) in self._notes.items():
            _, known = had.get(key, (name, dict[str, ModSeq]()))
            entries = [
                format_astring(entry.encode()) for entry in sorted(known.keys() | written.keys())
                if known.get(entry) != written.get(entry) and (name, entry) not in self.own.notes
            ]  # fmt: skip
            if entries:
                session.say(b"* METADATA %b %b\r\n" % (format_name(session, name) if name else b'""', b" ".join(entries)))

    def _read_notes(self, session: Session) -> Notes:
        """The entries that are listened for; those of the server are the mailbox 0's, called ""."""
        found: Notes = {}
        if self.interest.wants(Event.SERVER_METADATA_CHANGE):
            found[session.opened.id, MailboxId(0)] = "", {}
        if self.interest.wants(Event.MAILBOX_METADATA_CHANGE):
            for key, _, entry in _list_mailboxes(self._entries.values()):
                if Event.MAILBOX_METADATA_CHANGE in self.interest.find_events(entry):
                    found[key] = entry.name, {}
        for account in (session.opened, *self.accounts) if found else ():
            for (mailbox, entry_name), modseq in list_noted(account).items():
                if (key := (account.id, MailboxId(mailbox))) in found:
                    found[key][1][entry_name] = modseq
        return found


async def ask_positions(session: Session, interest: Interest) -> Sequence[PositionMail]:
    """The positions whose mail the client listens for: their gate is asked at each look, unless no group reaches them."""
    is_reached = interest.names_shared or (
        interest.wants_subscribed() and any(is_shared_name(name) for name in list_subscribed_names(session.opened))
    )
    return await list_positions(session) if is_reached else ()


def _list_mailboxes(entries: Iterable[Entry]) -> list[tuple[Key, Mailbox, Entry]]:
    return [
        ((entry.place.account.id, entry.mailbox.id), entry.mailbox, entry)
        for entry in entries if entry.mailbox is not None and entry.place is not None
    ]  # fmt: skip


def _find_selected(session: Session) -> Key | None:
    selected = session.selected
    return None if selected is None else (selected.account.id, selected.mailbox)


def _is_own(filed: tuple[int, ModSeq] | None, was: Mailbox | None, now: Mailbox) -> bool:
    """Whether nothing happened in the mailbox but what this client filed there."""
    if filed is None or was is None:
        return False
    count, modseq = filed
    came, more = now.uid_next - was.uid_next, now.message_count - was.message_count
    return came == more == count and now.highest_modseq == modseq


def _choose_items(
    was: Mailbox | None, now: Mailbox, events: frozenset[Event], *, is_condstore: bool, is_anew: bool
) -> list[str]:
    """What of the mailbox's state the client must be told; nothing when it knows all that it listens for.

    is_anew  another mailbox had this name: the UIDs that the client knows are no longer valid (§5.1)
    """
    if is_anew:
        return ["MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN"] + (["HIGHESTMODSEQ"] if is_condstore else [])
    if was is None:
        was = replace(now, uid_next=Uid(1), message_count=0, unseen_count=0)
    items = ["MESSAGES", "UIDNEXT"] if (now.uid_next, now.message_count) != (was.uid_next, was.message_count) else []
    if not items and Event.FLAG_CHANGE not in events:
        return []
    if now.unseen_count != was.unseen_count:
        items.append("UNSEEN")
    if is_condstore and (items or now.highest_modseq != was.highest_modseq):
        items += ["UIDVALIDITY", "HIGHESTMODSEQ"]
    return items
