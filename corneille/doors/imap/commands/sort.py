"""SORT (RFC 5256 §3); RETURN's MIN and MAX are the first and the last of the order (RFC 5267 §3)."""

from corneille.doors.imap.extended_reply import answer, find, saving
from corneille.doors.imap.news import check_tag, keep_up_to_date
from corneille.doors.imap.session import Session
from corneille.mail import sort as mail
from corneille.wire.imap.commands.sort import Sort
from corneille.wire.imap.parse import Command


async def sort(session: Session, command: Command) -> str:
    asked: Sort = command.value
    check_tag(session, command, asked.search)
    async with saving(session, asked.search):
        found = await find(session, asked.search.key)
        selected = session.mailbox
        ordered = list[int](await session.finish(mail.sort(selected.account, selected.mailbox, found, asked.by)))
    keep_up_to_date(session, command, asked.search, ordered, asked.by)
    return await answer(session, command, asked.search, ordered)
