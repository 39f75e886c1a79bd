"""What a client listens for (RFC 5465): of the selected mailbox, and of names and mailboxes beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corneille.doors.imap.shared_name import is_shared_name
from corneille.mail.names import INBOX, list_parents, normalise_name
from corneille.mail.values import SpecialUse
from corneille.wire.imap.commands.fetch import Item
from corneille.wire.imap.commands.notify import MESSAGE_EVENTS, OF_SELECTED, Event, Group, Scope

if TYPE_CHECKING:
    from corneille.doors.imap.listing import Entry


@dataclass(frozen=True, slots=True)
class Interest:
    """`selected` and `items` are about the selected mailbox, `groups` about all others and about names.

    at_once       what was expunged in the selected mailbox is told without waiting for a command (§6.1)
    names_shared  a group names mail of positions, whose gate is then asked
    """

    selected: frozenset[Event] = frozenset()
    items: tuple[Item, ...] = ()
    at_once: bool = False
    groups: tuple[Group, ...] = ()
    names_shared: bool = False

    @property
    def wants_messages(self) -> bool:
        """Whether messages that come and go in the selected mailbox are told: both or none (§5)."""
        return Event.MESSAGE_NEW in self.selected

    @property
    def wants_flags(self) -> bool:
        return Event.FLAG_CHANGE in self.selected

    def wants(self, event: Event) -> bool:
        """Whether any group asks for it, of whichever mailbox."""
        return any(event in group.events for group in self.groups)

    def wants_subscribed(self) -> bool:
        """Whether a group follows what the person subscribes to."""
        return any(group.scope is Scope.SUBSCRIBED for group in self.groups)

    def find_events(self, entry: "Entry") -> frozenset[Event]:
        """What is told of this name; several groups may be about it (§6)."""
        return frozenset[Event]().union(*(group.events for group in self.groups if _is_about(group, entry)))


UNASKED = Interest(selected=MESSAGE_EVENTS)
"""Before the first NOTIFY: all of the selected mailbox, while commands run, and nothing else (§3.1)."""


def make_interest(groups: Iterable[Group]) -> Interest:
    """What these groups ask for; without one about the selected mailbox nothing is told of its messages (§3.1)."""
    asked = [group for group in groups if group.events]
    beside = tuple(
        replace(group, names=frozenset(normalise_name(name.removesuffix("/")) for name in group.names))
        for group in asked if group.scope not in OF_SELECTED
    )  # fmt: skip
    made = Interest(groups=beside, names_shared=any(is_shared_name(name) for group in beside for name in group.names))
    for group in asked:
        if group.scope in OF_SELECTED:
            return replace(made, selected=group.events, items=group.items, at_once=group.scope is Scope.SELECTED)
    return made


def _is_about(group: Group, entry: "Entry") -> bool:
    match group.scope:
        case Scope.PERSONAL:
            return not is_shared_name(entry.name)
        case Scope.INBOXES:  # where delivery files mail (§6.3)
            return entry.name == INBOX or (entry.mailbox is not None and entry.mailbox.special_use is SpecialUse.JUNK)
        case Scope.SUBSCRIBED:
            return entry.is_subscribed
        case Scope.MAILBOXES:
            return entry.name in group.names
        case Scope.SUBTREE:
            return not group.names.isdisjoint([entry.name, *list_parents(entry.name)])
        case Scope.SELECTED | Scope.SELECTED_DELAYED:
            return False
