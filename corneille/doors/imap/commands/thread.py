"""THREAD (RFC 5256 §3)."""

from collections.abc import Callable, Iterator
from itertools import chain

from corneille.doors.imap.extended_reply import find, say_long
from corneille.doors.imap.session import Session
from corneille.mail import thread as mail
from corneille.mail.threading import Node
from corneille.wire.imap.commands.thread import Thread
from corneille.wire.imap.parse import Command


async def thread(session: Session, command: Command) -> str:
    asked: Thread = command.value
    selected = session.mailbox
    found = await find(session, asked.search.key)
    by_references = asked.algorithm == "REFERENCES"
    work = mail.thread(selected.account, selected.mailbox, found, by_references=by_references)
    tops = await session.finish(work)
    number = (lambda uid: uid) if command.is_uid else selected.number
    await say_long(session, chain([b"* THREAD", b" " if tops else b""], _make_pieces(tops, number)))
    return "THREAD done"


def _make_pieces(tops: list[Node], number: Callable[[int], int]) -> Iterator[bytes]:
    """Thread-lists, piece by piece (RFC 5256 §4): a line of answers runs on, several stand in brackets. No recursion:
    conversations may be deeper than Python's stack.
    """
    stack: list[Node | bytes] = []
    for top in reversed(tops):
        stack += [b")", top, b"("]
    while stack:
        node = stack.pop()
        if isinstance(node, bytes):
            yield node
            continue
        if node.message is not None:
            yield b"%d%b" % (number(node.message.uid), b" " if node.children else b"")
        if len(node.children) == 1:
            stack.append(node.children[0])
        else:
            for child in reversed(node.children):
                stack += [b")", child, b"("]
