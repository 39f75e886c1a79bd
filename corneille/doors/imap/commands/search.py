"""SEARCH (RFC 9051 §6.4.4)."""

from corneille.doors.imap.extended_reply import answer, find, saving
from corneille.doors.imap.news import check_tag, keep_up_to_date
from corneille.doors.imap.session import Session
from corneille.wire.imap.commands.search import Search
from corneille.wire.imap.parse import Command


async def search(session: Session, command: Command) -> str:
    asked: Search = command.value
    check_tag(session, command, asked)
    async with saving(session, asked):
        found = await find(session, asked.key)
    keep_up_to_date(session, command, asked, found)
    return await answer(session, command, asked, found)
