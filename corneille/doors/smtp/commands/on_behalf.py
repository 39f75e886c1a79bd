"""XCORNEILLE-PERSON, our own extension: whose sign-in follows, said by an inner caller and proved by a key (`access/inner`).

It stands to submission as the field `x-corneille-person` of ID stands to IMAP: a webmail on another machine is then no
single place for everybody. Offered on the submission ports alone, before the sign-in.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.access.familiar import note_inner_caller
from corneille.access.inner import parse_statement
from corneille.doors.smtp.door import Kind
from corneille.kernel import clock
from corneille.wire.smtp.command import OnBehalf
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session

WORD = "XCORNEILLE-PERSON"


async def speak_for(session: "Session", command: OnBehalf) -> Sequence[Reply]:
    """Takes the person's address from a proved statement; anything else is refused and counts as nothing."""
    if session.door.kind is not Kind.SUBMISSION:
        return (reply(502, "5.5.1", f"{WORD} is for the submission ports"),)
    if session.greeting is None or session.account is not None:
        return (reply(503, "5.5.1", f"{WORD} comes after EHLO and before AUTH"),)
    address = parse_statement(command.statement, clock.now())
    if address is None:
        return (reply(501, "5.7.1", f"{WORD} address;seconds since 1970;proof, a minute old at most"),)
    note_inner_caller(session.connection.network_address)
    session.person_address = address
    return (reply(250, "2.0.0", "noted"),)
