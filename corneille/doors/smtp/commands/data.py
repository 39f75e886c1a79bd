"""DATA (RFC 5321 §4.1.1.4): the content, read to its end whatever becomes of it; 250 is said after the
commit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corneille.access.familiar import servers
from corneille.access.network import format_network
from corneille.desk.cause import Cause
from corneille.doors.frame.memory import Held
from corneille.doors.smtp import replies
from corneille.doors.smtp.door import Kind
from corneille.kernel import clock
from corneille.kernel.refusal import Refusal
from corneille.transport.accept import accept, find_content_limit, keep_for_later, note_refused
from corneille.transport.submit import submit
from corneille.transport.values import Accepted, Arrival, Envelope
from corneille.wire.smtp.data import Data, DataDecoder, DataFault
from corneille.wire.smtp.reply import Reply, reply

if TYPE_CHECKING:
    from corneille.doors.smtp.session import Session


async def data(session: "Session") -> Sequence[Reply]:
    """Reads a content and hands it over; LMTP answers for each recipient (RFC 2033 §4.2)."""
    if session.mail is None:
        return (replies.BAD_SEQUENCE_MAIL,)
    if not session.recipients:
        return (replies.BAD_SEQUENCE_RCPT,)
    envelope = _make_envelope(session)
    await session.say(reply(354, None, "send the message, end with <CRLF>.<CRLF>"))
    read = await _read_content(session)
    session.forget_message()
    session.message_count += 1
    is_lmtp = session.door.kind is Kind.LMTP
    if isinstance(read, Reply):
        return (read,) * (len(envelope.recipients) if is_lmtp else 1)
    try:
        accepted = await _hand_over(session, envelope, read.content)
        if any(accepted.refusals):
            await session.door.bridge.run(note_refused, envelope, accepted, clock.now())
        if is_lmtp:
            return tuple(_answer(accepted, refusal) for refusal in accepted.refusals)
        if accepted.is_for_nobody:
            return (_answer(accepted, accepted.refusals[0]),)
        if any(accepted.refusals):
            await session.door.bridge.run(keep_for_later, envelope, read.content, accepted, clock.now())
    except Refusal as refusal:
        return (replies.reply_to_refusal(refusal),) * (len(envelope.recipients) if is_lmtp else 1)
    if session.door.kind is Kind.RECEPTION:
        servers.note_granted(format_network(session.connection.network_address))
        session.door.guests.leave(session.connection)
    return (_answer(accepted, None),)


async def _hand_over(session: "Session", envelope: Envelope, content: bytes) -> Accepted:
    bridge = session.door.bridge
    if session.account is not None:
        return await bridge.run_and_settle(submit, session.account, envelope, content, clock.now())
    return await bridge.run_and_settle(accept, envelope, content, clock.now())


async def _read_content(session: "Session") -> Data | Reply:
    """The content, or the reply that refuses it; in both cases the next byte is the next command's."""
    decoder = DataDecoder(find_content_limit())
    held = Held(session.door.memory)
    is_crowded = False
    chunk = session.lines.take_rest()
    try:
        while (found := decoder.feed(chunk)) is None:
            chunk = await session.read()
            if not held.take(len(chunk), session.account):
                is_crowded = True
                decoder.discard()
        session.lines.feed(decoder.rest)
    finally:
        held.let_go()
    if found.fault is DataFault.BARE_LINE_END:
        return replies.BARE_LINE_END
    if is_crowded:
        return replies.NO_MEMORY
    return replies.TOO_LARGE if found.fault is DataFault.TOO_LARGE else found


def _make_envelope(session: "Session") -> Envelope:
    assert session.mail is not None
    greeting = session.greeting
    if session.door.kind is Kind.LMTP:
        protocol = "LMTP"
    else:
        protocol = "SMTP" if greeting is not None and greeting.word == "HELO" else "ESMTP"
    if session.mail.parameters.is_utf8:
        protocol = "UTF8" + protocol.removeprefix("E")  # RFC 6531 §4.3
    protocol += ("S" if session.is_tls else "") + ("A" if session.account is not None else "")
    return Envelope(
        reverse_path=session.mail.reverse_path.address if session.mail.reverse_path else "",
        recipients=tuple(dict.fromkeys(session.recipients))
        if session.door.kind is not Kind.LMTP
        else tuple(session.recipients),
        arrival=Arrival(
            protocol,
            greeting.name if greeting else "",
            # Departs from RFC 5321 §4.4: where one of our people writes from is nobody's business.
            None if session.account is not None else session.connection.network_address,
        ),
        is_utf8=session.mail.parameters.is_utf8,
    )


def _answer(accepted: Accepted, refusal: Refusal | None) -> Reply:
    if refusal is not None:
        return replies.reply_to_refusal(refusal)
    if accepted.is_held:
        told = f"accepted, {accepted.reference}; it waits, your sending is held until you repair the account"
        return replies.explain(250, "2.0.0", told, Cause.SENDING_HELD)
    return reply(250, "2.0.0", f"accepted, {accepted.reference}")
