"""NOTIFY (RFC 5465 §8)."""

from dataclasses import dataclass
from enum import StrEnum

from corneille.wire.imap.commands.fetch import Item, parse_item_list
from corneille.wire.imap.cursor import Cursor
from corneille.wire.imap.syntax import SyntaxRefused


class Event(StrEnum):
    """What a client may listen for here; AnnotationChange is read like any other name that is not known."""

    MESSAGE_NEW = "MessageNew"
    MESSAGE_EXPUNGE = "MessageExpunge"
    FLAG_CHANGE = "FlagChange"
    MAILBOX_NAME = "MailboxName"
    SUBSCRIPTION_CHANGE = "SubscriptionChange"
    MAILBOX_METADATA_CHANGE = "MailboxMetadataChange"
    SERVER_METADATA_CHANGE = "ServerMetadataChange"


class Scope(StrEnum):
    """The mailboxes that a group is about (§6)."""

    SELECTED = "SELECTED"
    SELECTED_DELAYED = "SELECTED-DELAYED"
    INBOXES = "INBOXES"
    PERSONAL = "PERSONAL"
    SUBSCRIBED = "SUBSCRIBED"
    SUBTREE = "SUBTREE"
    MAILBOXES = "MAILBOXES"


MESSAGE_EVENTS = frozenset({Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.FLAG_CHANGE})
OF_SELECTED = frozenset({Scope.SELECTED, Scope.SELECTED_DELAYED})
_EVENTS = {event.upper(): event for event in Event}


@dataclass(frozen=True, slots=True)
class Group:
    """Some mailboxes and what is to be told of them; no event: NONE. `items` are those of each new message."""

    scope: Scope
    events: frozenset[Event] = frozenset()
    names: frozenset[str] = frozenset()
    items: tuple[Item, ...] = ()
    asks_unknown: bool = False  # an event that is none of ours


@dataclass(frozen=True, slots=True)
class Notify:
    """No group: NOTIFY NONE."""

    groups: tuple[Group, ...] = ()
    tells_status: bool = False


def parse(cursor: Cursor) -> Notify:
    cursor.space()
    word = cursor.word()
    if word == "NONE":
        return Notify()
    if word != "SET":
        raise SyntaxRefused("NOTIFY takes SET or NONE")
    cursor.space()
    tells_status = cursor.take_word(b"STATUS")
    if tells_status:
        cursor.space()
    groups = [_parse_group(cursor)]
    while cursor.take(b" "):
        groups.append(_parse_group(cursor))
    if sum(group.scope in OF_SELECTED for group in groups) > 1:
        raise SyntaxRefused("NOTIFY takes SELECTED or SELECTED-DELAYED, once")
    return Notify(tuple(groups), tells_status)


def _parse_group(cursor: Cursor) -> Group:
    cursor.expect(b"(", "a group of mailboxes and events")
    word = cursor.word()
    if word not in Scope.__members__.values():
        raise SyntaxRefused("NOTIFY does not know these mailboxes")
    scope, names = Scope(word), frozenset[str]()
    cursor.space()
    if scope in {Scope.SUBTREE, Scope.MAILBOXES}:
        names = _parse_names(cursor)
        cursor.space()
    events, items, asks_unknown = _parse_events(cursor)
    cursor.expect(b")")
    _check(scope, events)
    if items and scope not in OF_SELECTED:
        raise SyntaxRefused("MessageNew takes items with SELECTED and SELECTED-DELAYED alone")
    return Group(scope, events, names, items, asks_unknown)


def _parse_names(cursor: Cursor) -> frozenset[str]:
    """A mailbox, or several in parentheses; `*` and `%` are letters like others (§6.6)."""
    if not cursor.take(b"("):
        return frozenset({cursor.mailbox()})
    names = {cursor.mailbox()}
    while not cursor.take(b")"):
        cursor.space()
        names.add(cursor.mailbox())
    return frozenset(names)


def _parse_events(cursor: Cursor) -> tuple[frozenset[Event], tuple[Item, ...], bool]:
    if cursor.take_word(b"NONE"):
        return frozenset(), (), False
    cursor.expect(b"(", "events or NONE")
    events: set[Event] = set()
    items: tuple[Item, ...] = ()
    asks_unknown = False
    while True:
        event = _EVENTS.get(cursor.word())
        if event is None:
            asks_unknown = True
        else:
            events.add(event)
        if event is Event.MESSAGE_NEW and cursor.take(b" ("):
            items = parse_item_list(cursor)
        if cursor.take(b")"):
            return frozenset(events), items, asks_unknown
        cursor.space()


def _check(scope: Scope, events: frozenset[Event]) -> None:
    """Which events go together (§5), and which a selected mailbox has (§6.1)."""
    if (Event.MESSAGE_NEW in events) != (Event.MESSAGE_EXPUNGE in events):
        raise SyntaxRefused("MessageNew and MessageExpunge are asked for together")
    if Event.FLAG_CHANGE in events and Event.MESSAGE_NEW not in events:
        raise SyntaxRefused("FlagChange is asked for with MessageNew and MessageExpunge")
    if scope in OF_SELECTED and events - MESSAGE_EVENTS:
        raise SyntaxRefused("Of the selected mailbox only messages are told")
