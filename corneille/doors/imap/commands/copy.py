"""COPY (RFC 9051 §6.4.7)."""

import asyncio

from corneille.doors.frame.bridge import settle
from corneille.doors.frame.memory import Held
from corneille.doors.imap.place import Found, require_mailbox
from corneille.doors.imap.replies import refuse_crowded
from corneille.doors.imap.room import alert_room
from corneille.doors.imap.session import Session
from corneille.kernel.ids import ModSeq, Uid
from corneille.mail import move as mail
from corneille.mail.carry import carry, choose_carried
from corneille.mail.values import Moved
from corneille.people.position_right import PositionRight
from corneille.wire.imap.parse import Command
from corneille.wire.imap.sequence_set import format_set


async def copy(session: Session, command: Command) -> str:
    selected = session.mailbox
    uids = list(selected.iterate(session.spans(command.value.numbers, is_uid=command.is_uid)))
    target = await require_mailbox(session, command.value.mailbox, PositionRight.WRITE, is_target=True)
    if not uids:
        return "No message to copy"
    copied = await copy_to(session, uids, target, leaves=False)
    session.note_filed(target, copied.uids, copied.modseq)
    alert_room(session)
    return f"{format_copied(copied)}COPY done"


async def copy_to(session: Session, uids: list[Uid], target: Found, *, leaves: bool) -> Moved:
    """Copies within a mail account, or files anew in another one; with `leaves` the messages are then only there.

    Ten thousand are half a second's work on their way to another: away from the loop, and counted as what comes in is.
    What has begun goes on when the client leaves, and counts until its end.
    """
    selected, shared, account = session.mailbox, session.shared, session.account
    source, there = selected.account, target.place.account
    if source.id == there.id:
        work = mail.move if leaves else mail.copy
        return await settle(work(source, selected.mailbox, uids, target.mailbox.id))

    async def carry_all() -> Moved:
        rows = await shared.bridge.run(choose_carried, source, selected.mailbox, uids)
        held = Held(shared.memory)
        if not held.take(sum(row.size_bytes for row in rows), account):
            raise refuse_crowded()
        try:
            filed = await shared.bridge.run_and_settle(
                carry, source, rows, there, target.mailbox.id, leaves=selected.mailbox if leaves else None
            )
        finally:
            held.let_go()
        modseq = max((each.modseq for each in filed), default=ModSeq(0))
        carried, came = tuple(row.uid for row in rows), tuple(each.uid for each in filed)
        return Moved(target.mailbox.id, target.mailbox.uid_validity, carried, came, modseq)

    await shared.carried.acquire()
    carrying = session.connection.loop.create_task(carry_all())
    carrying.add_done_callback(lambda _done: shared.carried.release())
    return await asyncio.shield(carrying)


def format_copied(moved: Moved) -> str:
    """The COPYUID code and a space; nothing when every message had gone (RFC 4315 §3)."""
    if not moved.uids:
        return ""
    source, target = format_set(moved.source_uids).decode(), format_set(moved.uids).decode()
    return f"[COPYUID {moved.uid_validity} {source} {target}] "
