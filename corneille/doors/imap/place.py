"""Where a mailbox's name leads: into one's own mail, or under « Partagé/ » into that of a position that one has now.

A position is lost by a date alone, so its gate is asked at each command that names its mail or has it selected.
"""

from dataclasses import dataclass, replace

from corneille.doors.imap.replies import No
from corneille.doors.imap.session import Session
from corneille.doors.imap.shared_name import SHARED, is_shared_name
from corneille.kernel import clock
from corneille.kernel.refusal import Gone
from corneille.mail.mailbox import find_mailbox
from corneille.mail.names import normalise_name
from corneille.mail.open_position import PositionMail, list_position_mail, note_opening, open_position
from corneille.mail.values import MailAccount, Mailbox
from corneille.people.position_right import PositionRight

DOOR = "imap"


@dataclass(frozen=True, slots=True)
class Place:
    """A name within a mail account; `position` None: one's own."""

    account: MailAccount
    name: str
    position: PositionMail | None = None

    def check(self, right: PositionRight) -> None:
        """Raises No where the position does not give this."""
        check_right(self.position, right)


@dataclass(frozen=True, slots=True)
class Found:
    """A mailbox, called as this client calls it, and its place."""

    mailbox: Mailbox
    place: Place


def name_root(position: PositionMail) -> str:
    """The level below which a position's mailboxes stand."""
    return f"{SHARED}/{position.position.label}"


def list_shared_mailboxes(position: PositionMail, mailboxes: list[Mailbox]) -> list[Mailbox]:
    """A position's mailboxes as clients see them: no special uses, lest a program files what one sends into them."""
    root = name_root(position)
    return [replace(each, name=f"{root}/{each.name}", special_use=None, is_subscribed=False) for each in mailboxes]


async def list_positions(session: Session) -> list[PositionMail]:
    """Those of who is signed in, now."""
    assert session.account is not None
    return await session.shared.bridge.run(list_position_mail, session.account, clock.now())


async def find_place(session: Session, name: str) -> Place:
    """Where a name leads, whether there is such a mailbox or not."""
    if is_shared_name(name):
        spelled = normalise_name(name)
        for each in await list_positions(session):
            root = f"{name_root(each)}/"
            if spelled.startswith(root):
                return Place(each.mail, spelled.removeprefix(root), each)
    return Place(session.opened, name)


async def find_new_place(session: Session, name: str) -> Place:
    """Where a mailbox of this name is to be made. Raises No: nothing of one's own stands among the shared names."""
    place = await find_place(session, name)
    if place.position is None and is_shared_name(name):
        raise No("Names below this one are those of shared mail", "CANNOT")
    place.check(PositionRight.WRITE)
    return place


async def require_mailbox(
    session: Session, name: str, right: PositionRight = PositionRight.READ, *, is_target: bool = False
) -> Found:
    """The mailbox of this name. Raises No: TRYCREATE for a target of APPEND, COPY or MOVE (RFC 9051 §6.3.12); NOPERM."""
    place = await find_place(session, name)
    found = find_mailbox(place.account, place.name)
    if found is None:
        raise No("There is no such mailbox", "TRYCREATE" if is_target else "NONEXISTENT")
    place.check(right)
    if place.position is not None:
        (found,) = list_shared_mailboxes(place.position, [found])
    return Found(found, place)


async def enter(session: Session, place: Place) -> None:
    """Leaves the line in the position's register that its mail was opened."""
    if place.position is not None and session.account is not None:
        await session.shared.bridge.run(note_opening, place.position, session.account, DOOR, clock.now())


async def check_selected(session: Session) -> bool:
    """Asks the gate again for the selected mailbox of a position; False: it is this person's no more, and left."""
    selected = session.selected
    if selected is None or selected.position is None or session.account is None:
        return True
    try:
        selected.position = await session.shared.bridge.run(
            open_position, session.account, selected.position.position.account, clock.now()
        )
    except Gone:
        if session.selected is selected:
            session.leave_mailbox()
            session.say(b"* OK [CLOSED] The mail of this position is no longer yours to read\r\n")
        return False
    return True


def check_right(position: PositionMail | None, right: PositionRight) -> None:
    """Raises No where a position does not give a right."""
    if position is not None and not position.may(right):
        raise No("Your function does not give this right to the mail of the position", "NOPERM")
