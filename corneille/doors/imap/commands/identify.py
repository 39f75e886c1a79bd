"""ID (RFC 2971): what the program says of itself is shown to its owner beside each sign-in."""

from corneille.doors.imap.session import Session
from corneille.wire.imap.parse import Command

_TOLD = ("name", "version", "os", "vendor")


async def identify(session: Session, command: Command) -> str:
    fields = dict(command.value.fields)
    session.program = " ".join(fields[name] for name in _TOLD if fields.get(name))[:200]
    session.say(b'* ID ("name" "Corneille")\r\n')
    return "ID done"
