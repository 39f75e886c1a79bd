"""A message in its place: whose, where, since when, with which flags."""

from dataclasses import dataclass
from datetime import datetime

from corneille.run.demonstration.letter import Correspondent


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the demonstration who gets mail; `number` is the place in the list of people."""

    number: int
    type: str
    correspondent: Correspondent
    domain_address: str  # a second address of the same person, where there is one


@dataclass(frozen=True, slots=True)
class Posted:
    """One message and where it lies."""

    reader: int
    mailbox: str
    content: bytes
    at: datetime
    flags: frozenset[str]
