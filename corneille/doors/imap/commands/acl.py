"""ACL (RFC 4314): rights follow assignments, so programs read them here and nobody changes them from there."""

from datetime import date

from corneille.doors.imap.mailbox_reply import format_name
from corneille.doors.imap.place import Place, require_mailbox
from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.kernel.today import today
from corneille.people.find import find_person
from corneille.people.position import list_holders
from corneille.people.position_right import PositionRight
from corneille.wire.imap.commands.acl import Acl
from corneille.wire.imap.parse import Command
from corneille.wire.imap.string import format_astring

READER = b"lrs"
"""Looking up, reading, and \\Seen, which each reader has for themselves (RFC 4314 §4)."""
WRITER = b"lrswitekx"
"""No `a`: the administration gives and takes, and not here."""


async def tell_my_rights(session: Session, command: Command) -> str:
    asked: Acl = command.value
    found = await require_mailbox(session, asked.mailbox)
    session.say(format_my_rights(session, found.mailbox.name, found.place))
    return "MYRIGHTS done"


def format_my_rights(session: Session, name: str, place: Place) -> bytes:
    """The MYRIGHTS response, also for LIST … RETURN (MYRIGHTS) (RFC 8440)."""
    return b"* MYRIGHTS %b %b\r\n" % (format_name(session, name), find_rights(place))


def find_rights(place: Place) -> bytes:
    """What the person may do there, in RFC 4314's letters."""
    return WRITER if place.position is None or place.position.may(PositionRight.WRITE) else READER


async def get_acl(session: Session, command: Command) -> str:
    """Departs from RFC 4314 §4: asks for no `a`. Who reads along is told to all who have the position."""
    asked: Acl = command.value
    found = await require_mailbox(session, asked.mailbox)
    assert session.account is not None
    position = None if found.place.position is None else found.place.position.position.account
    told = await session.shared.bridge.run(_list_rights, session.account, position, today(clock.now()))
    pairs = b"".join(b" %b %b" % (format_astring(who.encode()), rights) for who, rights in told)
    session.say(b"* ACL %b%b\r\n" % (format_name(session, found.mailbox.name), pairs))
    return "GETACL done"


async def refuse(session: Session, command: Command) -> str:
    asked: Acl = command.value
    await require_mailbox(session, asked.mailbox)
    raise No("Rights follow assignments; the administration says which function has which", "NOPERM")


def _list_rights(own: AccountId, position: AccountId | None, on: date) -> list[tuple[str, bytes]]:
    """Blocking: runs in the bridge."""
    if position is None:
        person = find_person(own)
        return [] if person is None else [(person.identifier, WRITER)]
    holders = [each for each in list_holders(position, on) if each.decision.may(PositionRight.READ)]
    return [(each.identifier, WRITER if each.decision.may(PositionRight.WRITE) else READER) for each in holders]
