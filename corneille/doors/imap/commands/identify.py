"""ID (RFC 2971): what the program says of itself is shown to its owner beside each sign-in."""

from corneille.access.familiar import note_inner_caller
from corneille.access.inner import parse_statement
from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.wire.imap.parse import Command

_TOLD = ("name", "version", "os", "vendor")
_INNER = "x-corneille-person"
"""An inner caller's proved statement: `access/inner`."""


async def identify(session: Session, command: Command) -> str:
    fields = dict(command.value.fields)
    if session.account is None and _INNER in fields:  # a proxy of ours: whose sign-in follows
        session.person_address = parse_statement(fields[_INNER], clock.now())
        if session.person_address is not None:
            note_inner_caller(session.connection.address)
    session.program = " ".join(fields[name] for name in _TOLD if fields.get(name))[:200]
    session.say(b'* ID ("name" "Corneille")\r\n')
    return "ID done"
