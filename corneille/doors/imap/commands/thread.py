"""THREAD (RFC 5256 §3)."""

from collections.abc import Callable

from corneille.doors.imap.extended_reply import find
from corneille.doors.imap.session import Session
from corneille.mail import thread as mail
from corneille.mail.threading import Node
from corneille.wire.imap.commands.thread import Thread
from corneille.wire.imap.parse import Command


async def thread(session: Session, command: Command) -> str:
    asked: Thread = command.value
    selected = session.mailbox
    found = await find(session, asked.search.key)
    tops: list[Node] = []
    is_by_references = asked.algorithm == "REFERENCES"
    for slice in mail.thread(session.mailbox.account, selected.mailbox, found, by_references=is_by_references):
        tops += slice
        await session.breathe()
    number = (lambda uid: uid) if command.is_uid else (lambda uid: selected.find(uid) + 1)
    told = b"".join(b"(%b)" % _format(top, number) for top in tops)
    session.say(b"* THREAD%b%b\r\n" % (b" " if told else b"", told))
    return "THREAD done"


def _format(top: Node, number: Callable[[int], int]) -> bytes:
    """One thread-list without its brackets (RFC 5256 §4): a line of answers runs on, several stand in brackets. No
    recursion: conversations may be deeper than Python's stack.
    """
    out: list[bytes] = []
    stack: list[Node | bytes] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, bytes):
            out.append(node)
            continue
        if node.message is not None:
            out.append(b"%d" % number(node.message.uid) + (b" " if node.children else b""))
        if len(node.children) == 1:
            stack.append(node.children[0])
        else:
            for child in reversed(node.children):
                stack += [b")", child, b"("]
    return b"".join(out)
