"""« De »: as whom one may write, one's own addresses first, then the positions that give it, alone or with one's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _now

from corneille.kernel.ids import AccountId
from corneille.people.find import Person
from corneille.people.position import list_held
from corneille.people.position_right import PositionRight
from corneille.transport.compose import Correspondent
from corneille.wire.mime.address import parse_addresses
from corneille.wire.mime.header import Headers

BEHALF = "pour:"
"""Before the position's address in the form's value: on its behalf."""


@dataclass(frozen=True, slots=True)
class Sender:
    """One choice of the field; `transmitter` is who writes on behalf of the position."""

    value: str
    label: str
    sender: Correspondent
    transmitter: Correspondent | None = None
    position: AccountId | None = None


def list_senders(person: Person, now: datetime) -> list[Sender]:
    """Every choice; the first is the person's principal address."""
    senders = [Sender(each, each, Correspondent(person.display_name, each)) for each in person.addresses]
    own = Correspondent(person.display_name, person.principal_address)
    for held in list_held(person.id, now):
        position = held.position
        shown = Correspondent(position.label, position.address)
        if not position.address:
            continue
        if held.may(PositionRight.SEND_AS):
            label = f"{position.label} <{position.address}>"
            senders.append(Sender(position.address, label, shown, None, position.account))
        if held.may(PositionRight.ON_BEHALF):
            told = _now("%(person)s, on behalf of %(position)s")
            label = told % {"person": person.display_name, "position": position.label}
            senders.append(Sender(BEHALF + position.address, label, shown, own, position.account))
    return senders


def choose_sender(senders: Sequence[Sender], value: str) -> Sender | None:
    """The choice that the form names; None: none of theirs (any more)."""
    return next((each for each in senders if each.value == value), None)


def choose_for_position(senders: Sequence[Sender], position: AccountId | None) -> Sender | None:
    """What one begins with for a position: as it where that is given, else on its behalf; None: neither is."""
    return next((each for each in senders if position is not None and each.position == position), None)


def find_sender(senders: Sequence[Sender], headers: Headers) -> Sender | None:
    """As whom a draft was written; None: as nobody that one may be now."""
    written = [each.address.lower() for each in parse_addresses(headers.get("from") or b"")]
    is_on_behalf = headers.get("sender") is not None
    return next(
        (
            each for each in senders
            if each.sender.address.lower() in written and (each.transmitter is not None) == is_on_behalf
        ),
        None,
    )  # fmt: skip
