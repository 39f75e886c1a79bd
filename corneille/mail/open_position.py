"""The gate to the mail of positions: asked at each page and each command, for a position is lost by a date alone."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.kernel.refusal import Gone, Refusal
from corneille.kernel.settings import Ground, of
from corneille.kernel.today import today
from corneille.mail import queries
from corneille.mail.values import MailAccount
from corneille.people.position import HeldPosition, Position, find_held, list_held
from corneille.people.position_right import PositionRight


class PositionRightMissing(Refusal):
    """The position is this person's, and what is asked for is more than it gives them; data["right"], data["label"]."""

    code = "position-right-missing"


@dataclass(frozen=True, slots=True)
class PositionMail:
    """The mail of a position as one of those who have it opens it."""

    held: HeldPosition
    mail: MailAccount

    @property
    def position(self) -> Position:
        return self.held.position

    def may(self, right: PositionRight) -> bool:
        """Whether its reader may do this."""
        return self.held.may(right)

    def check(self, right: PositionRight) -> None:
        """Raises PositionRightMissing."""
        if not self.may(right):
            raise PositionRightMissing(right=right.value, label=self.position.label)


def open_position(person: AccountId, position: AccountId, now: datetime) -> PositionMail:
    """The mail of a position that this person reads today. Raises Gone: not theirs, or none such."""
    held = find_held(person, position, now)
    opened = None if held is None else _open(held, person)
    if opened is None:
        raise Gone(account=position)
    return opened


def list_position_mail(person: AccountId, now: datetime) -> list[PositionMail]:
    """The mail of every position that this person reads today, by establishment and name."""
    return [opened for held in list_held(person, now) if (opened := _open(held, person)) is not None]


def note_opening(opened: PositionMail, person: AccountId, door: str, now: datetime) -> None:
    """Leaves a line in the position's register: once a day for each person and door."""
    position, actor = opened.position.account, journal.name_actor(person)
    midnight = datetime.combine(today(now), time(), ZoneInfo(of(Ground).time_zone))
    if not journal.has_line("position-opened", actor=actor, subject=position, data={"door": door}, since=midnight):
        journal.append("position-opened", actor=actor, subject=position, data={"door": door}, now=now)


def _open(held: HeldPosition, person: AccountId) -> PositionMail | None:
    found = queries.find_mail_account(held.position.account) if held.may(PositionRight.READ) else None
    return None if found is None else PositionMail(held, replace(found, reader=person))
