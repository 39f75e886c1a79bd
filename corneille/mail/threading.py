"""Conversations as trees, by RFC 5256's two algorithms. Pure: messages in, trees out.

Unlike a message's own thread (`store/thread`), which is chosen once and kept, these are made anew of whatever messages
are asked about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corneille.mail.slices import Slice, Work

WALK = 1000
"""Levels that are looked up for a loop before a link is given up: no enemy's references take longer."""


@dataclass(frozen=True, slots=True)
class Threaded:
    """What threads are made of. `base_subject` as `collate` gives it; `references` the oldest first."""

    uid: int
    sent_s: int
    base_subject: str
    is_answer: bool
    message_id: str | None = None
    references: Sequence[str] = ()


@dataclass(slots=True, eq=False)
class Node:
    """A message and what answers it; without a message, one that is not here but holds others together."""

    message: Threaded | None = None
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    @property
    def first(self) -> Threaded:
        """The message, or for want of one the oldest below: only the top of a tree may lack one."""
        return self.message or min((child.first for child in self.children), key=_tell_age)


def _tell_age(message: Threaded) -> tuple[int, int]:
    return message.sent_s, message.uid


def thread_by_subject(messages: Iterable[Threaded], slice: Slice) -> Work[list[Node]]:
    """ORDEREDSUBJECT: the oldest of a subject first, all others answering it (RFC 5256 §3)."""
    tops: dict[str, Node] = {}
    nodes: list[Node] = []
    for each in messages:
        nodes.append(Node(each))
        yield from slice.pause()
    for node in (yield from _order(nodes, slice)):
        top = tops.setdefault(node.first.base_subject, node)
        if top is not node:
            top.children.append(node)
        yield from slice.pause()
    return list(tops.values())


def thread_by_references(messages: Iterable[Threaded], slice: Slice) -> Work[list[Node]]:
    """REFERENCES (RFC 5256 §3, its six steps)."""
    by_id: dict[str, Node] = {}
    nodes: list[Node] = []
    for each in messages:
        nodes.append(_place(by_id, each))
        yield from slice.pause()
    every = dict.fromkeys([*by_id.values(), *nodes])
    for node in every:
        node.children = [child for child in dict.fromkeys(node.children) if child.parent is node]
        yield from slice.pause()
    tops = yield from _prune([node for node in every if node.parent is None], slice)
    tops = yield from _join_subjects((yield from _order(tops, slice)), slice)
    for node in (yield from _walk(tops, slice)):
        if len(node.children) > 1:
            node.children = yield from _order(node.children, slice)
        yield from slice.pause()
    return (yield from _order(tops, slice))


def _place(by_id: dict[str, Node], message: Threaded) -> Node:
    """Step 1: the message at its id, each reference below the one before it, the message below the last."""
    own = message.message_id
    node = by_id.setdefault(own, Node()) if own is not None else Node()
    if node.message is not None:
        node = Node()  # another message of this id: it stands for itself
    node.message = message
    above: Node | None = None
    for reference in message.references:
        found = by_id.setdefault(reference, Node())
        if above is not None and found.parent is None:
            _link(above, found)
        above = found
    node.parent = None  # what other messages said of it: this one knows better. Its old place is cleared at the end
    if above is not None:
        _link(above, node)
    return node


def _link(above: Node, below: Node) -> None:
    """Puts one below another, unless that would make a loop."""
    if above is below:
        return
    if below.children:  # what has none is above nobody
        at: Node | None = above
        for _ in range(WALK):
            at = at.parent if at is not None else None
            if at is None:
                break
            if at is below:
                return
        else:
            return
    below.parent = above
    above.children.append(below)


def _prune(tops: list[Node], slice: Slice) -> Work[list[Node]]:
    """Step 3: what is not here gives its place to its children, but holds several together at the top."""
    for node in reversed((yield from _walk(tops, slice))):  # the lowest first
        kept: list[Node] = []
        for child in node.children:
            kept += [child] if child.message is not None else child.children
        node.children = kept
        yield from slice.pause()
    kept = []
    for top in tops:
        if top.message is not None or len(top.children) > 1:
            kept.append(top)
        else:
            kept += top.children
    return kept


def _walk(tops: Iterable[Node], slice: Slice) -> Work[list[Node]]:
    """All nodes, each before those below it."""
    found, stack = list[Node](), [*tops]
    while stack:
        node = stack.pop()
        found.append(node)
        stack += node.children
        yield from slice.pause()
    return found


def _order(nodes: Sequence[Node], slice: Slice) -> Work[list[Node]]:
    """The oldest first. Keys are made in slices; what is left to sort is numbers, ten thousand in a few milliseconds."""
    keys: list[tuple[int, int, int]] = []
    for place, node in enumerate(nodes):
        keys.append((*_tell_age(node.first), place))
        yield from slice.pause()
    keys.sort()
    return [nodes[place] for _, _, place in keys]


def _join_subjects(tops: list[Node], slice: Slice) -> Work[list[Node]]:
    """Step 5: trees of one subject become one."""
    best: dict[str, Node] = {}
    for top in tops:
        yield from slice.pause()
        subject = top.first.base_subject
        present = best.get(subject)
        if not subject:
            continue
        if present is None or (
            (top.message is None and present.message is not None)
            or (present.message is not None and present.message.is_answer and not top.first.is_answer)
        ):
            best[subject] = top
    joined: dict[Node, None] = dict.fromkeys(tops)
    for top in tops:
        yield from slice.pause()
        present = best.get(top.first.base_subject)
        if present is None or present is top:
            continue
        del joined[top]
        if present.message is None:
            present.children += top.children if top.message is None else [top]
        elif top.message is not None and top.message.is_answer and not present.message.is_answer:
            present.children.append(top)
        else:
            # Both stand side by side: the tree that stays becomes the one that holds them together.
            aside = Node(present.message, None, present.children)
            present.message, present.children = None, [aside, top]
    return list(joined)
