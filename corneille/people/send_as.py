"""Under which addresses somebody may write: their own, those of roles that they hold, and those of positions."""

from corneille.kernel import clock
from corneille.kernel.ids import AccountId
from corneille.people.address import resolve_address
from corneille.people.position import find_held
from corneille.people.position_right import PositionRight


def may_send_as(account: AccountId, address: str) -> bool:
    """Tells whether the account may write under the address alone: its own, of a role, or of a position that gives it."""
    owner = resolve_address(address) if "@" in address else None
    return owner is not None and (owner == account or _gives(account, owner, PositionRight.SEND_AS))


def may_send_on_behalf(account: AccountId, address: str) -> bool:
    """Tells whether the account may write under the position's address with one of its own beside it (RFC 5322 §3.6.2)."""
    owner = resolve_address(address) if "@" in address else None
    return owner is not None and _gives(account, owner, PositionRight.ON_BEHALF)


def find_position_of(account: AccountId, address: str) -> AccountId | None:
    """The position whose address this is, for somebody who has it today; None: no position of theirs."""
    owner = resolve_address(address) if "@" in address else None
    return owner if owner is not None and find_held(account, owner, clock.now()) is not None else None


def _gives(account: AccountId, position: AccountId, right: PositionRight) -> bool:
    held = find_held(account, position, clock.now())
    return held is not None and held.may(right)
