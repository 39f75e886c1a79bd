"""What each word does: one file each, and the table that finds it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, assert_never

from corneille.doors.smtp.commands.auth import auth
from corneille.doors.smtp.commands.data import data
from corneille.doors.smtp.commands.expn import expn
from corneille.doors.smtp.commands.greet import greet
from corneille.doors.smtp.commands.help import show_help
from corneille.doors.smtp.commands.mail import mail
from corneille.doors.smtp.commands.noop import noop
from corneille.doors.smtp.commands.on_behalf import speak_for
from corneille.doors.smtp.commands.quit import leave
from corneille.doors.smtp.commands.rcpt import rcpt
from corneille.doors.smtp.commands.rset import rset
from corneille.doors.smtp.commands.starttls import starttls
from corneille.doors.smtp.commands.vrfy import vrfy
from corneille.wire.smtp.command import (
    Auth,
    Command,
    Greeting,
    Mail,
    Malformed,
    OnBehalf,
    Plain,
    Rcpt,
    Unknown,
)
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session

_PLAIN: dict[str, Callable[["Session"], Awaitable[Sequence[Reply]]]] = {
    "DATA": data,
    "RSET": rset,
    "NOOP": noop,
    "QUIT": leave,
    "HELP": show_help,
    "STARTTLS": starttls,
    "VRFY": vrfy,
    "EXPN": expn,
}


async def execute(session: "Session", command: Command) -> Sequence[Reply]:
    """Does what was asked and gives the replies: one, or one for each recipient after LMTP's DATA."""
    match command:
        case Greeting():
            return await greet(session, command)
        case Mail():
            return await mail(session, command)
        case Rcpt():
            return await rcpt(session, command)
        case Auth():
            return await auth(session, command)
        case OnBehalf():
            return await speak_for(session, command)
        case Plain(word):
            return await _PLAIN[word](session)
        case Unknown(word):
            return (reply(500, "5.5.1", f"{word or 'an empty line'} is not a command"),)
        case Malformed(code, enhanced, why):
            return (reply(code, enhanced, why),)
        case _:
            assert_never(command)
