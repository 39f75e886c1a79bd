"""Where a request over HTTP comes from. Nothing that the asker wrote is believed, but from a declared proxy."""

from collections.abc import Collection
from datetime import datetime

from corneille.access.familiar import note_inner_caller
from corneille.access.inner import parse_statement
from corneille.access.network import format_address

INNER_HEADER = "Corneille-Person"
"""An inner caller's proved statement of whose request this is: `access/inner`."""


def choose_address(peer: str, inner: str | None, forwarded: str, trusted: Collection[str], now: datetime) -> str:
    """The address of the person's machine, as text: told by an inner caller that proves itself, or else seen.

    inner      what stands under INNER_HEADER
    forwarded  X-Forwarded-For. Behind a declared proxy: its last entry that no declared proxy has, since each appends
               the address it saw and what stands before was written by strangers
    """
    if inner is not None and (proved := parse_statement(inner, now)) is not None:
        note_inner_caller(peer)
        return proved
    if format_address(peer) in trusted:
        for each in reversed(forwarded.split(",")):
            address = each.strip()
            if address and address not in trusted:
                return address
    return peer
