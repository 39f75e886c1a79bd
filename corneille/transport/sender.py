"""Under whose address a message may leave: the reverse-path, From and Sender judged together."""

from dataclasses import dataclass
from datetime import datetime

from corneille.kernel import journal
from corneille.kernel.ids import AccountId
from corneille.people.send_as import find_position_of, may_send_as, may_send_on_behalf
from corneille.transport.header_block import is_header_bounded, list_fields
from corneille.transport.values import Envelope, MessageRefused, OnBehalfOnly, SenderRefused
from corneille.wire.mime.address import parse_addresses


@dataclass(frozen=True, slots=True)
class Signed:
    """The addresses in From; where there are `senders`, these write on behalf of those."""

    addresses: tuple[str, ...]
    senders: tuple[str, ...]


def check_reverse_path(account: AccountId, reverse_path: str) -> None:
    """Says at MAIL whether the person may send from there. Raises SenderRefused."""
    if not may_send_as(account, reverse_path):
        raise _refuse(account, reverse_path, "envelope")


def check_sender(account: AccountId, envelope: Envelope, content: bytes) -> Signed:
    """Whether this person may sign the message as it is signed. Raises SenderRefused, MessageRefused."""
    if envelope.reverse_path:  # the null path is for receipts (RFC 8098 §3); From is checked all the same
        check_reverse_path(account, envelope.reverse_path)
    if not is_header_bounded(content):
        raise MessageRefused(why="long-header")
    named = {
        name: [field.value for field in list_fields(content) if field.name == name]
        for name in (b"from", b"sender")
    }
    if len(named[b"from"]) != 1 or len(named[b"sender"]) > 1:
        # RFC 5322 §3.6: exactly one From; two would be shown differently by different programs.
        raise MessageRefused(why="bad-from" if named[b"from"] else "no-from")
    signed = Signed(_read(named[b"from"]), _read(named[b"sender"]))
    for address in signed.senders:
        if not may_send_as(account, address):
            raise SenderRefused(address=address, where="from")
    for address in signed.addresses:
        # Who writes on behalf of a position says so: an address of their own stands in Sender (RFC 5322 §3.6.2).
        if not may_send_as(account, address) and not (signed.senders and may_send_on_behalf(account, address)):
            raise _refuse(account, address, "from")
    return signed


def note_positions(account: AccountId, signed: Signed, now: datetime) -> AccountId | None:
    """A line in the register of each position under whose address this goes: its people see who wrote. Gives the first."""
    first: AccountId | None = None
    way = "on-behalf" if signed.senders else "send-as"
    for address in dict.fromkeys(signed.addresses):
        position = find_position_of(account, address)
        if position is not None:
            first = first or position
            journal.append("position-wrote", actor=journal.name_actor(account), subject=position, data={"way": way}, now=now)
    return first


def _refuse(account: AccountId, address: str, where: str) -> SenderRefused:
    kind = OnBehalfOnly if may_send_on_behalf(account, address) else SenderRefused
    return kind(address=address, where=where)


def _read(values: list[bytes]) -> tuple[str, ...]:
    found: list[str] = []
    for value in values:
        addresses = [each.address for each in parse_addresses(value)]
        if not addresses:
            raise MessageRefused(why="bad-from")
        found += addresses
    return tuple(found)
